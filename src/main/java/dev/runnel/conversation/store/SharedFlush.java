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

/**
 * Flushes committed data. One flush serves all callers that wait for it; commits during a
 * flush share the next one.
 */
final class SharedFlush implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(SharedFlush.class);

	/** How long to retry when two threads emit at the same moment. */
	private static final Duration BUSY = Duration.ofSeconds(1);

	private final Mono<Void> flush;

	private final Sinks.Many<Boolean> commits = Sinks.many().multicast().directBestEffort();

	/** The callers that wait for the next flush. */
	private final Queue<Sinks.Empty<Void>> waiting = new ConcurrentLinkedQueue<>();

	private final Disposable flushing;

	/**
	 * Creates a flush that begins with the first caller.
	 * @param flush one flush
	 */
	SharedFlush(Mono<Void> flush) {
		this.flush = flush;
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
		return this.flush.doOnSuccess((done) -> served.forEach(Sinks.Empty::tryEmitEmpty)).onErrorResume((ex) -> {
			served.forEach((one) -> one.tryEmitError(ex));
			return Mono.empty();
		});
	}

	@Override
	public void close() {
		this.flushing.dispose();
	}

}
