package dev.runnel.stream;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;

/**
 * Creates the response for a reader of a log: its entries, and a keep-alive comment after
 * a period of silence, so that no proxy closes the connection. A reader for whom there is
 * nothing new gets a comment soon, because the headers come with the first bytes.
 */
public final class ServerSentEvents implements MeterBinder {

	/** How many checks for silence are made within the keep-alive time. */
	private static final int CHECKS = 5;

	/** How long a reader waits for the headers at most. */
	private static final Duration FIRST_CHECK = Duration.ofMillis(100);

	private static final ServerSentEvent<LogEntry> COMMENT = ServerSentEvent.<LogEntry>builder()
		.comment("keep-alive")
		.build();

	private final Duration keepAlive;

	private final Duration checkEvery;

	private final Duration firstCheck;

	private final AtomicInteger readers = new AtomicInteger();

	ServerSentEvents(Duration keepAlive) {
		this.keepAlive = keepAlive;
		this.checkEvery = keepAlive.dividedBy(CHECKS);
		this.firstCheck = (this.checkEvery.compareTo(FIRST_CHECK) < 0) ? this.checkEvery : FIRST_CHECK;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("runnel.readers", this.readers, AtomicInteger::get)
			.description("Responses that receive a stream")
			.register(registry);
	}

	/**
	 * Creates the response for a reader.
	 * @param entries the entries for the reader
	 * @return a response whose headers forbid caching and buffering
	 */
	public ResponseEntity<Flux<ServerSentEvent<LogEntry>>> response(Flux<LogEntry> entries) {
		return ResponseEntity.ok()
			.cacheControl(CacheControl.noCache().noTransform())
			.header("X-Accel-Buffering", "no")
			.body(withComments(entries));
	}

	private Flux<ServerSentEvent<LogEntry>> withComments(Flux<LogEntry> entries) {
		return Flux.defer(() -> {
			this.readers.incrementAndGet();
			Silence silence = new Silence(this.keepAlive);
			Sinks.Empty<Void> end = Sinks.empty();
			Flux<ServerSentEvent<LogEntry>> events = entries.map((entry) -> {
				silence.broken();
				return ServerSentEvent.builder(entry).build();
			}).doOnTerminate(end::tryEmitEmpty);
			Flux<ServerSentEvent<LogEntry>> comments = Flux.interval(this.firstCheck, this.checkEvery)
				.onBackpressureDrop()
				.filter((tick) -> silence.tooLong())
				.map((tick) -> COMMENT)
				.takeUntilOther(end.asMono());
			return Flux.merge(events, comments).doFinally((signal) -> this.readers.decrementAndGet());
		});
	}

	/** How long nothing was sent to a reader. */
	private static final class Silence {

		private final long limit;

		private volatile long since;

		/** At first nothing was ever sent, which is too long. */
		Silence(Duration limit) {
			this.limit = limit.toNanos();
			this.since = System.nanoTime() - this.limit;
		}

		void broken() {
			this.since = System.nanoTime();
		}

		/**
		 * Checks the silence and restarts it if it is too long, because the comment that
		 * follows ends it.
		 */
		boolean tooLong() {
			if (System.nanoTime() - this.since < this.limit) {
				return false;
			}
			broken();
			return true;
		}

	}

}
