package dev.runnel.upstream.openrouter;

import java.time.Duration;
import java.util.function.LongSupplier;

import dev.runnel.upstream.UpstreamFailure.Kind;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Ends an answer that was silent for too long. Data only sets a time stamp. The timer of
 * a phase runs once and, if data came meanwhile, again for the remaining time. So a chunk
 * needs no timer. Keep-alive comments are not reported to the watch and cannot hold an
 * answer open.
 * <p>
 * If a timer fires much too late, the process was paused (it was stopped, or its machine
 * slept). Data may then wait in the socket, so the watch waits a moment longer before it
 * gives up.
 */
final class SilenceWatch {

	/**
	 * A timer that is later than this shows that the process was paused. A busy process
	 * delays timers less.
	 */
	private static final long LATE_NANOS = Duration.ofSeconds(1).toNanos();

	/** The extra wait after a pause, enough to read the data that waits. */
	private static final long EXTRA_NANOS = Duration.ofSeconds(2).toNanos();

	private final OpenRouterSettings.Timeout timeout;

	private final Scheduler scheduler;

	private final LongSupplier nanos;

	private volatile long deadline;

	private final Sinks.Many<AnswerPhase> phases = Sinks.many().unicast().onBackpressureBuffer();

	private volatile long lastSign;

	/**
	 * Starts to wait for the first data.
	 * @param timeout the timeouts of each phase
	 * @param deadline the end of the total timeout, as {@link System#nanoTime()}
	 */
	SilenceWatch(OpenRouterSettings.Timeout timeout, long deadline) {
		this(timeout, deadline, Schedulers.parallel(), System::nanoTime);
	}

	SilenceWatch(OpenRouterSettings.Timeout timeout, long deadline, Scheduler scheduler, LongSupplier nanos) {
		this.timeout = timeout;
		this.deadline = deadline;
		this.scheduler = scheduler;
		this.nanos = nanos;
		enter(AnswerPhase.FIRST_DATA);
	}

	/** Notes that the answer has reached another phase. */
	void enter(AnswerPhase phase) {
		this.lastSign = this.nanos.getAsLong();
		this.phases.tryEmitNext(phase);
	}

	/** Notes that data came. */
	void data() {
		this.lastSign = this.nanos.getAsLong();
	}

	/**
	 * Waits until the silence is too long.
	 * @return the failure to report; a value and not an error, because it may come too
	 * late to matter
	 */
	Mono<Failure> expiry() {
		return this.phases.asFlux().switchMap(this::expiry).next();
	}

	private Mono<Failure> expiry(AnswerPhase phase) {
		return Mono.defer(() -> untilDue(phase))
			.repeat(() -> remaining(phase) > 0)
			.then(Mono.fromSupplier(() -> verdict(phase)));
	}

	private Mono<Long> untilDue(AnswerPhase phase) {
		long wait = remaining(phase);
		long due = this.nanos.getAsLong() + wait;
		return Mono.delay(Duration.ofNanos(wait), this.scheduler)
			.doOnNext((tick) -> extendAfterPause(phase, this.nanos.getAsLong() - due));
	}

	private void extendAfterPause(AnswerPhase phase, long late) {
		if (late < LATE_NANOS) {
			return;
		}
		this.deadline += late + EXTRA_NANOS;
		if (remaining(phase) < EXTRA_NANOS) {
			this.lastSign = this.nanos.getAsLong() + EXTRA_NANOS - phase.limit(this.timeout).toNanos();
		}
	}

	private long remaining(AnswerPhase phase) {
		long now = this.nanos.getAsLong();
		return Math.max(0, Math.min(this.lastSign + phase.limit(this.timeout).toNanos() - now, this.deadline - now));
	}

	private Failure verdict(AnswerPhase phase) {
		boolean overall = this.nanos.getAsLong() - this.deadline >= 0;
		Duration limit = overall ? this.timeout.total() : phase.limit(this.timeout);
		return Failure.of(Kind.TIMEOUT, "%s after %s".formatted(overall ? "not finished" : phase.lack(), limit));
	}

}
