package dev.runnel.upstream.openrouter;

import java.time.Duration;
import java.util.function.LongSupplier;

import dev.runnel.upstream.UpstreamFailure.Kind;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Ends an answer that has become silent. Data is only noted with its time; the timer of a
 * phase runs once and, when data came meanwhile, once more for what is left. So a chunk
 * costs no timer, and keep-alive comments, of which the watch is not told, cannot hold an
 * answer open.
 * <p>
 * A timer that comes much too late tells that this process stood still (it was stopped,
 * or its machine slept). What came meanwhile waits in the socket, so the watch looks once
 * more before it gives up.
 */
final class SilenceWatch {

	/** A busy process has late timers too, but not so late. */
	private static final long LATE_NANOS = Duration.ofSeconds(1).toNanos();

	/** Enough to read what waits. */
	private static final long LOOK_NANOS = Duration.ofSeconds(2).toNanos();

	private final OpenRouterSettings.Timeout timeout;

	private final Scheduler scheduler;

	private final LongSupplier nanos;

	private volatile long deadline;

	private final Sinks.Many<Phase> phases = Sinks.many().unicast().onBackpressureBuffer();

	private volatile long lastSign;

	/**
	 * Starts to wait for the head of an answer.
	 * @param timeout how long to wait in each phase
	 * @param deadline when all must be over, as {@link System#nanoTime()}
	 */
	SilenceWatch(OpenRouterSettings.Timeout timeout, long deadline) {
		this(timeout, deadline, Schedulers.parallel(), System::nanoTime);
	}

	SilenceWatch(OpenRouterSettings.Timeout timeout, long deadline, Scheduler scheduler, LongSupplier nanos) {
		this.timeout = timeout;
		this.deadline = deadline;
		this.scheduler = scheduler;
		this.nanos = nanos;
		enter(Phase.HEAD);
	}

	/** Notes that the answer has come to another phase. */
	void enter(Phase phase) {
		this.lastSign = this.nanos.getAsLong();
		this.phases.tryEmitNext(phase);
	}

	/** Notes that data came. */
	void data() {
		this.lastSign = this.nanos.getAsLong();
	}

	/**
	 * Waits for a silence that is too long.
	 * @return what is to be said of it; a value and no error, as one that comes too late
	 * is of no interest
	 */
	Mono<Failure> expiry() {
		return this.phases.asFlux().switchMap(this::expiry).next();
	}

	private Mono<Failure> expiry(Phase phase) {
		return Mono.defer(() -> untilDue(phase))
			.repeat(() -> remaining(phase) > 0)
			.then(Mono.fromSupplier(() -> verdict(phase)));
	}

	private Mono<Long> untilDue(Phase phase) {
		long wait = remaining(phase);
		long due = this.nanos.getAsLong() + wait;
		return Mono.delay(Duration.ofNanos(wait), this.scheduler)
			.doOnNext((tick) -> lookAgain(phase, this.nanos.getAsLong() - due));
	}

	private void lookAgain(Phase phase, long late) {
		if (late < LATE_NANOS) {
			return;
		}
		this.deadline += late + LOOK_NANOS;
		if (remaining(phase) < LOOK_NANOS) {
			this.lastSign = this.nanos.getAsLong() + LOOK_NANOS - phase.limit(this.timeout).toNanos();
		}
	}

	private long remaining(Phase phase) {
		long now = this.nanos.getAsLong();
		return Math.max(0, Math.min(this.lastSign + phase.limit(this.timeout).toNanos() - now, this.deadline - now));
	}

	private Failure verdict(Phase phase) {
		boolean overall = this.nanos.getAsLong() - this.deadline >= 0;
		Duration limit = overall ? this.timeout.total() : phase.limit(this.timeout);
		return Failure.of(Kind.TIMEOUT, "%s after %s".formatted(overall ? "not finished" : phase.lack, limit));
	}

	/**
	 * Where an answer is.
	 */
	enum Phase {

		/** Until the status and the headers are here. */
		HEAD("no response head"),

		/** Until the first data. */
		FIRST_DATA("no data"),

		/** Until the next data. */
		BETWEEN_DATA("no further data"),

		/** The model has stopped; what the answer took may follow. */
		FINISHING("no usage"),

		/** All is said; the end of the body lets the connection be used again. */
		ENDING("no end of the body");

		private final String lack;

		Phase(String lack) {
			this.lack = lack;
		}

		Duration limit(OpenRouterSettings.Timeout timeout) {
			return switch (this) {
				case HEAD -> timeout.responseHead();
				case FIRST_DATA -> timeout.firstData();
				case BETWEEN_DATA -> timeout.betweenData();
				case FINISHING -> shorter(timeout.betweenData(), Duration.ofSeconds(5));
				case ENDING -> shorter(timeout.betweenData(), Duration.ofMillis(250));
			};
		}

		private static Duration shorter(Duration one, Duration other) {
			return (one.compareTo(other) < 0) ? one : other;
		}

	}

}
