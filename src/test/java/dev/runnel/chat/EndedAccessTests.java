package dev.runnel.chat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.runnel.RunnelApplication;
import dev.runnel.conversation.TurnStore;
import dev.runnel.stream.EndRequest;
import dev.runnel.stream.StreamState;
import dev.runnel.web.AccessEnded;
import dev.runnel.web.Caller;
import dev.runnel.web.ClientAddress;
import dev.runnel.web.Standing;
import dev.runnel.web.Visitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An access may end while a question of it is being stored, before there is a stream.
 */
@Timeout(60)
class EndedAccessTests {

	private static final Visitor ANN = new Visitor("ann");

	private static final UUID ACCESS = UUID.randomUUID();

	private static final long LIMIT = 20;

	/** Opens when the question may be stored. */
	private final Sinks.Empty<Void> gate = Sinks.empty();

	/** Counted down when the question is about to be stored. */
	private final CountDownLatch asked = new CountDownLatch(1);

	private ConfigurableApplicationContext running;

	@BeforeEach
	void start() {
		this.running = new SpringApplicationBuilder(RunnelApplication.class)
			.initializers((context) -> context.getBeanFactory().addBeanPostProcessor(new Gates()))
			.run("--server.port=0", "--runnel.data-dir=mem", "--runnel.openrouter.api-key=",
					"--runnel.mock.slow-pace=1s", "--runnel.stream.shutdown-wait=0s");
	}

	@AfterEach
	void stop() {
		this.running.close();
	}

	/** Begins a turn, and lets the access end before its question is stored. */
	private RunningTurn begin(AccessEnded event) throws Exception {
		Caller caller = new Caller(ANN, true, new ClientAddress(InetAddress.getLoopbackAddress()), false, Standing.USER,
				ACCESS);
		ChatRequest request = new ChatRequest("/mock slow", null, null, null, null, null, null, null, null, null, null,
				null, null, null);
		CompletableFuture<RunningTurn> begun = this.running.getBean(ChatService.class)
			.begin(caller, request, AnswerTexts.plain())
			.toFuture();
		assertThat(this.asked.await(LIMIT, TimeUnit.SECONDS)).isTrue();
		this.running.publishEvent(event);
		this.gate.tryEmitEmpty();
		return begun.get(LIMIT, TimeUnit.SECONDS);
	}

	private static StreamState end(RunningTurn turn) throws Exception {
		turn.outcome().toFuture().get(LIMIT, TimeUnit.SECONDS);
		return turn.log().status().state();
	}

	/** The grace period of an answer without a reader is longer than the limit. */
	@Test
	void theAnswerOfASessionThatEndsMeanwhileIsNotWrittenForNobody() throws Exception {
		assertThat(end(begin(new AccessEnded(ANN, ACCESS)))).isEqualTo(StreamState.FAILED);
	}

	@Test
	void theAnswerOfSomebodyWhoIsLockedOutMeanwhileIsStopped() throws Exception {
		assertThat(end(begin(new AccessEnded(ANN, null)))).isEqualTo(StreamState.STOPPED);
	}

	@Test
	void theEndOfAnotherSessionLeavesTheAnswer() throws Exception {
		RunningTurn turn = begin(new AccessEnded(ANN, UUID.randomUUID()));
		assertThat(turn.log().status().state()).isEqualTo(StreamState.RUNNING);
		turn.log().requestEnd(EndRequest.STOP).toFuture().get(LIMIT, TimeUnit.SECONDS);
		assertThat(end(turn)).isEqualTo(StreamState.STOPPED);
	}

	/** Lets the storage of a question wait for the gate. */
	private final class Gates implements BeanPostProcessor {

		@Override
		public Object postProcessAfterInitialization(Object bean, String name) {
			return (bean instanceof TurnStore turns) ? Proxy.newProxyInstance(TurnStore.class.getClassLoader(),
					new Class<?>[] { TurnStore.class }, (proxy, method, arguments) -> call(turns, method, arguments))
					: bean;
		}

		private Object call(TurnStore turns, Method method, Object[] arguments) throws Throwable {
			Object result = invoke(turns, method, arguments);
			return method.getName().equals("begin") ? waiting((Mono<?>) result) : result;
		}

		private Mono<?> waiting(Mono<?> begun) {
			return begun.delaySubscription(EndedAccessTests.this.gate.asMono()
				.doOnSubscribe((subscription) -> EndedAccessTests.this.asked.countDown()));
		}

		private static Object invoke(TurnStore turns, Method method, Object[] arguments) throws Throwable {
			try {
				return method.invoke(turns, arguments);
			}
			catch (InvocationTargetException ex) {
				throw ex.getCause();
			}
		}

	}

}
