package dev.runnel.chat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import dev.runnel.upstream.ModelEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The pauses of a model after text that was held back. A timer that is due looks whether
 * more text came meanwhile, and then goes on for the rest of the time, so most events
 * start no timer.
 */
final class Pauses {

	private final Sinks.Many<Duration> timers = Sinks.many().unicast().onBackpressureBuffer();

	private final LongSupplier nanos;

	private final Scheduler timer;

	private boolean running;

	/** When the next pause follows, by the clock. */
	private long due;

	/** When the running timer looks, by the clock. */
	private long looksAt;

	Pauses() {
		this(System::nanoTime, Schedulers.parallel());
	}

	Pauses(LongSupplier nanos, Scheduler timer) {
		this.nanos = nanos;
		this.timer = timer;
	}

	/**
	 * Notes that text was held back. A pause follows after the given time, unless more
	 * text comes first.
	 */
	void heldBack(Duration longest) {
		if (mustStart(longest.toNanos())) {
			this.timers.tryEmitNext(longest);
		}
	}

	private synchronized boolean mustStart(long longest) {
		this.due = this.nanos.getAsLong() + longest;
		boolean must = !this.running || this.due - this.looksAt < 0;
		if (must) {
			this.running = true;
			this.looksAt = this.due;
		}
		return must;
	}

	/** Returns the rest of the time until the pause; zero or less if it is due. */
	private synchronized long rest() {
		long rest = this.due - this.nanos.getAsLong();
		this.running = rest > 0;
		this.looksAt = this.due;
		return rest;
	}

	private Mono<ModelEvent> pauseAfter(Duration time) {
		AtomicLong wait = new AtomicLong(time.toNanos());
		return Mono.defer(() -> Mono.delay(Duration.ofNanos(wait.get()), this.timer)).repeat(() -> {
			long rest = rest();
			wait.set(rest);
			return rest > 0;
		}).then(Mono.just(ModelEvent.PAUSE));
	}

	/**
	 * Adds the pauses to the events of a model. A failure of the model comes after all
	 * its events.
	 * @param model the events of the model
	 * @return the events and the pauses
	 */
	Flux<ModelEvent> within(Flux<ModelEvent> model) {
		Sinks.Empty<Void> over = Sinks.empty();
		Flux<ModelEvent> pauses = this.timers.asFlux().switchMap(this::pauseAfter).takeUntilOther(over.asMono());
		return Flux.mergeDelayError(TurnRun.PREFETCH, model.doOnTerminate(over::tryEmitEmpty), pauses);
	}

}
