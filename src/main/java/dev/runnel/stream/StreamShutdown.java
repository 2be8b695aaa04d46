package dev.runnel.stream;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Waits for running streams when the server is told to stop. After the time limit it ends
 * the rest with an event that readers see.
 * <p>
 * It runs in the phase in which the web server stops accepting requests, and the server
 * waits for its last response. So every reader gets the end of its stream before its
 * connection closes.
 */
final class StreamShutdown implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(StreamShutdown.class);

	private static final Duration LOOK_EVERY = Duration.ofMillis(50);

	/**
	 * Enough time for a writer to append its last event and for the server to send it.
	 */
	private static final Duration LAST_WORDS = Duration.ofSeconds(2);

	private final StreamStore<?> store;

	private final Duration wait;

	private volatile boolean running;

	StreamShutdown(StreamStore<?> store, Duration wait) {
		this.store = store;
		this.wait = wait;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public void stop(Runnable callback) {
		Disposable ending = untilAllEnded(this.wait).then(endTheRest())
			.then(untilAllEnded(LAST_WORDS))
			.doFinally((signal) -> {
				stop();
				callback.run();
			})
			.subscribe((done) -> {
			}, (ex) -> log.error("Could not end the running streams", ex));
		log.debug("Ending the running streams: {}", ending);
	}

	private Mono<Void> untilAllEnded(Duration atMost) {
		return Flux.interval(Duration.ZERO, LOOK_EVERY)
			.concatMap((tick) -> this.store.running().hasElements())
			.takeUntil((some) -> !some)
			.takeUntilOther(Mono.delay(atMost))
			.then();
	}

	private Mono<Void> endTheRest() {
		return Flux.defer(this.store::running).flatMap((stream) -> stream.requestEnd(EndRequest.SHUTDOWN)).then();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
	}

}
