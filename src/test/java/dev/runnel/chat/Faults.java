package dev.runnel.chat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.runnel.limits.Allowance;
import dev.runnel.models.Models;
import dev.runnel.stream.StreamLog;
import dev.runnel.stream.StreamStore.StreamPlace;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Makes one call of a turn's collaborators fail. It needs no method names: it records
 * each call through an interface, and each recorded call can be made to fail.
 */
final class Faults {

	/** Methods whose recursion depth depends on the nesting of an answer. */
	private static final List<String> RECURSIVE = List.of("AnswerText.", "StreamLog.append", "StreamLog.close");

	private final List<Call> calls = new ArrayList<>();

	private final Map<String, Integer> counts = new HashMap<>();

	private final AtomicBoolean fired = new AtomicBoolean();

	private final @Nullable Call broken;

	private final How how;

	private volatile boolean resting;

	private Faults(@Nullable Call broken, How how) {
		this.broken = broken;
		this.how = how;
	}

	/** Records every call and lets none fail. */
	static Faults none() {
		return new Faults(null, How.THROWS);
	}

	/** Lets one call fail, once. */
	static Faults at(Call call, How how) {
		return new Faults(call, how);
	}

	/** The calls so far. */
	synchronized List<Call> calls() {
		return List.copyOf(this.calls);
	}

	/** Whether a call should fail. */
	boolean breaks() {
		return this.broken != null;
	}

	/** Whether the call that should fail has come. */
	boolean fired() {
		return this.fired.get();
	}

	/**
	 * Wraps a collaborator of the turn, and also the collaborators that it returns.
	 */
	<T> T between(Class<T> type, T target) {
		InvocationHandler handler = (proxy, method, arguments) -> (method.getDeclaringClass() == Object.class)
				? invoke(target, method, arguments) : call(type, target, method, arguments);
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
	}

	/** Ends the recording: later calls work normally. */
	void stopRecording() {
		this.resting = true;
	}

	private Object call(Class<?> type, Object target, Method method, Object[] arguments) throws Throwable {
		if (this.resting) {
			return invoke(target, method, arguments);
		}
		if (!note(type, method).equals(this.broken)) {
			return given(invoke(target, method, arguments));
		}
		this.fired.set(true);
		return switch (this.how) {
			case THROWS -> throw new IllegalStateException("thrown at " + this.broken);
			case THROWS_AFTERWARDS -> {
				invoke(target, method, arguments);
				throw new IllegalStateException("thrown after " + this.broken);
			}
			case OVERFLOWS -> throw new StackOverflowError("thrown at " + this.broken);
			case FAILS -> error(method.getReturnType());
		};
	}

	private synchronized Call note(Class<?> type, Method method) {
		String name = type.getSimpleName() + "." + method.getName();
		Call call = new Call(name, this.counts.merge(name, 1, Integer::sum), method.getReturnType());
		this.calls.add(call);
		return call;
	}

	private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
		try {
			method.setAccessible(true);
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	private Object given(Object result) {
		if (result instanceof Mono<?> mono) {
			return mono.map(this::participant);
		}
		return participant(result);
	}

	private Object participant(Object element) {
		if (element instanceof StreamPlace<?> place) {
			return between(StreamPlace.class, place);
		}
		if (element instanceof Models models) {
			return between(Models.class, models);
		}
		if (element instanceof Allowance allowance) {
			return between(Allowance.class, allowance);
		}
		return (element instanceof StreamLog<?> log) ? between(StreamLog.class, log) : element;
	}

	private Object error(Class<?> type) {
		IllegalStateException error = new IllegalStateException("failed at " + this.broken);
		return (type == Mono.class) ? Mono.error(error) : Flux.error(error);
	}

	/**
	 * The way in which a call fails.
	 */
	enum How {

		/** It throws and does nothing. */
		THROWS,
		/** It does its work, and then throws. */
		THROWS_AFTERWARDS,
		/** It throws an error that Reactor does not pass to any handler. */
		OVERFLOWS,
		/** The publisher that it returns fails. */
		FAILS;

		boolean fits(Call call) {
			boolean publisher = call.returns() == Mono.class || call.returns() == Flux.class;
			return switch (this) {
				case THROWS, THROWS_AFTERWARDS -> true;
				case OVERFLOWS -> RECURSIVE.stream().anyMatch(call.name()::startsWith);
				case FAILS -> publisher;
			};
		}

	}

	/**
	 * A call.
	 *
	 * @param name the names of the interface and the method
	 * @param number the number of the call among those of the same method, from 1
	 * @param returns the return type of the method
	 */
	record Call(String name, int number, Class<?> returns) {

		@Override
		public String toString() {
			return this.name + " no. " + this.number;
		}

	}

}
