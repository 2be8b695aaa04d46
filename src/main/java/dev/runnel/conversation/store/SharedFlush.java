package dev.runnel.conversation.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Flushes committed data. One flush serves all callers that wait for it. Commits during a
 * flush share the next one. If a flush has served several callers, the next one waits,
 * the longer the more callers there were, because a flush costs about the same for one
 * commit as for many. A single caller does not wait.
 */
final class SharedFlush implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(SharedFlush.class);

	/** How long to retry when two threads emit at the same moment. */
	private static final Duration BUSY = Duration.ofSeconds(1);

	/**
	 * The time from the beginning of a shared flush to the next one, for each caller that
	 * it has served.
	 */
	private static final Duration PAUSE = Duration.ofMillis(5);

	/** This many callers count for the pause. */
	private static final int MAX_COUNTED = 8;

	private final Mono<Void> flush;

	private final Scheduler timer;

	private final Sinks.Many<Boolean> commits = Sinks.many().multicast().directBestEffort();

	/** The callers that wait for the next flush. */
	private final Queue<Sinks.Empty<Void>> waiting = new ConcurrentLinkedQueue<>();

	private final Disposable flushing;

	/**
	 * Creates a flush that begins with the first caller.
	 * @param flush one flush
	 * @param timer times the pauses
	 */
	SharedFlush(Mono<Void> flush, Scheduler timer) {
		this.flush = flush;
		this.timer = timer;
		this.flushing = this.commits.asFlux()
			.onBackpressureLatest()
			.concatMap((commit) -> flushAll(), 0)
			.subscribe((done) -> {
			}, (ex) -> log.error("Flushing has stopped: commits reach the file up to half a second late", ex));
	}

	/**
	 * Asks for the next flush.
	 * @return completes when the flush is done; an error if it failed
	 */
	Mono<Void> next() {
		Sinks.Empty<Void> flushed = Sinks.empty();
		this.waiting.add(flushed);
		this.commits.emitNext(true, Sinks.EmitFailureHandler.busyLooping(BUSY));
		return flushed.asMono();
	}

	private Mono<Void> flushAll() {
		List<Sinks.Empty<Void>> served = new ArrayList<>();
		for (Sinks.Empty<Void> one = this.waiting.poll(); one != null; one = this.waiting.poll()) {
			served.add(one);
		}
		Mono<Void> flushed = this.flush.doOnSuccess((done) -> served.forEach(Sinks.Empty::tryEmitEmpty))
			.onErrorResume((ex) -> {
				served.forEach((one) -> one.tryEmitError(ex));
				return Mono.empty();
			});
		return (served.size() > 1) ? Mono.when(flushed, pause(served.size())) : flushed;
	}

	private Mono<Long> pause(int served) {
		return Mono.delay(PAUSE.multipliedBy(Math.min(served, MAX_COUNTED)), this.timer);
	}

	@Override
	public void close() {
		this.flushing.dispose();
	}

}
