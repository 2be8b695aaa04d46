package dev.runnel.stream;

import java.time.Duration;

import dev.runnel.process.AwaitedStop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.web.server.context.WebServerApplicationContext;

/**
 * Waits for running streams when the server is told to stop. After the time limit it ends
 * the rest with an event that readers see, or leaves it to another server.
 * <p>
 * It runs in the phase in which the web server stops accepting requests, and the server
 * waits for its last response. So every reader gets the end of its stream before its
 * connection closes. Another server goes on at once, because the last response may take
 * longer.
 */
final class StreamShutdown extends AwaitedStop {

	private static final Logger log = LoggerFactory.getLogger(StreamShutdown.class);

	private static final Duration POLL = Duration.ofMillis(50);

	/**
	 * Enough time for a writer to append its last event and for the server to send it.
	 */
	private static final Duration LAST_EVENTS = Duration.ofSeconds(2);

	private final StreamStore<?> store;

	private final Duration wait;

	StreamShutdown(StreamStore<?> store, Duration wait) {
		this.store = store;
		this.wait = wait;
	}

	@Override
	protected Mono<Void> finish() {
		endLateOnes();
		return untilAllEnded(this.wait).then(endTheRest())
			.then(untilAllEnded(LAST_EVENTS))
			.then(Mono.defer(this.store::handOver));
	}

	/**
	 * Ends the streams that begin when no other one runs any more. Their requests came
	 * before the stop, so the web server waits for their responses.
	 */
	private void endLateOnes() {
		Mono.delay(this.wait).then(endTheRest()).subscribe((done) -> {
		}, (ex) -> log.error("The streams that began last could not be ended", ex));
	}

	private Mono<Void> untilAllEnded(Duration most) {
		return until(Flux.defer(this.store::running).hasElements().map((some) -> !some), POLL, most);
	}

	private Mono<Void> endTheRest() {
		return this.store.lastRequest()
			.flatMapMany((request) -> this.store.running().flatMap((stream) -> stream.requestEnd(request)))
			.then();
	}

	@Override
	public int getPhase() {
		return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
	}

}
