package dev.runnel.stream.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import dev.runnel.stream.LogEntry;
import dev.runnel.stream.StreamId;
import dev.runnel.web.ProblemException;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/**
 * Reads the entries of streams from Redis.
 */
final class RemoteEntries {

	/** The number of batches in a page. */
	private static final int PAGE = 16;

	/** The time in which a server notices that Redis is back and writes its streams. */
	private static final Duration REWRITTEN = Duration.ofSeconds(3);

	/** Repeats a read while Redis does not answer. */
	private static final Retry AGAIN = Retry.fixedDelay(Long.MAX_VALUE, Duration.ofMillis(500))
		.filter((ex) -> ex instanceof RedisException);

	private final RedisLink redis;

	private final Channels channels;

	private final Sinks.Empty<Void> left = Sinks.empty();

	RemoteEntries(RedisLink redis, Channels channels) {
		this.redis = redis;
		this.channels = channels;
	}

	/**
	 * Reads a stream and follows it to its end. It reads once when the subscription
	 * begins, and again after each message of the channel. Several messages during a read
	 * cause one more read.
	 * @param id the stream
	 * @param after the number of the last event that the reader has
	 * @param joined runs when the channel has this listener
	 * @return the entries; completes after the terminal one, or when this server stops
	 */
	Flux<LogEntry> follow(StreamId id, long after, Runnable joined) {
		return Flux.defer(() -> {
			Position position = new Position(after);
			return this.channels.listen(Keys.log(id)).index().doOnNext((message) -> {
				if (message.getT1() == 0) {
					joined.run();
				}
				position.tell(message.getT2());
			})
				.onBackpressureLatest()
				.concatMap((message) -> newPages(id, position), 1)
				.takeUntil((page) -> position.ended)
				.takeUntilOther(this.left.asMono())
				.concatMapIterable((page) -> page, 1);
		});
	}

	/**
	 * Ends all readers before the last event of their streams, so that they connect to
	 * another server.
	 */
	void endReaders() {
		this.left.tryEmitEmpty();
	}

	/**
	 * Reads what Redis has of a stream.
	 * @param id the stream
	 * @return the entries from the first one; an error if Redis does not answer
	 */
	Flux<LogEntry> stored(StreamId id) {
		return Flux.defer(() -> pages(id, new Position(0))).concatMapIterable((page) -> page);
	}

	/**
	 * The newest batch of a stream.
	 * @param id the stream
	 * @return the batch; empty if there is none
	 */
	Mono<Batch> newest(StreamId id) {
		return this.redis.newest(Keys.log(id));
	}

	/**
	 * Reads what messages tell of, unless the reader has it. A read that fails is
	 * repeated, because no later message may come.
	 */
	private Flux<List<LogEntry>> newPages(StreamId id, Position position) {
		return position.lacksWhatItWasTold() ? newPagesOf(id, position) : Flux.empty();
	}

	private Flux<List<LogEntry>> newPagesOf(StreamId id, Position position) {
		return pages(id, position).retryWhen(AGAIN).switchIfEmpty(present(id));
	}

	/** Reads pages until one is not full. An error means that Redis does not answer. */
	private Flux<List<LogEntry>> pages(StreamId id, Position position) {
		return Flux.defer(() -> page(id, position)).repeat(() -> position.full && !position.ended);
	}

	/** Reads the next page; empty if it has no batch. */
	private Mono<List<LogEntry>> page(StreamId id, Position position) {
		return range(Keys.log(id), position).filter((page) -> position.mayGoOn(page.size()))
			.flatMap((page) -> position.fits(page.get(0)) ? Mono.just(position.take(page)) : folded(id, position));
	}

	/** Reads events that are no longer in the log itself. */
	private Mono<List<LogEntry>> folded(StreamId id, Position position) {
		return range(Keys.fold(id), position).filter((page) -> !page.isEmpty())
			.switchIfEmpty(Mono.error(() -> ProblemException.notFound("stream")))
			.map(position::takeFolded);
	}

	private Mono<List<Batch>> range(String key, Position position) {
		return Mono
			.fromCompletionStage(
					() -> this.redis.commands().xrange(key, Range.create(position.nextId(), "+"), Limit.from(PAGE)))
			.map((page) -> page.stream().map((message) -> Batch.of(message.getBody())).toList());
	}

	/**
	 * Ends a reader whose stream is gone. It waits a moment first, because after a
	 * restart of Redis the server of the stream writes it again.
	 */
	private Mono<List<LogEntry>> present(StreamId id) {
		return exists(id).filter((exists) -> !exists)
			.delayElement(REWRITTEN)
			.flatMap((missing) -> exists(id))
			.onErrorResume(RedisException.class, (ex) -> Mono.empty())
			.flatMap((exists) -> exists ? Mono.empty() : Mono.error(() -> ProblemException.notFound("stream")));
	}

	private Mono<Boolean> exists(StreamId id) {
		return Mono.fromCompletionStage(() -> this.redis.commands().exists(Keys.head(id))).map((count) -> count > 0);
	}

	/**
	 * How far a reader has read. Used by one thread at a time, except {@link #tell}.
	 */
	private static final class Position {

		/** The newest event of which messages have told since the last read began. */
		private final AtomicLong told = new AtomicLong();

		private long lastId;

		private boolean full;

		private boolean ended;

		/**
		 * The last batch of a stream has the largest id, so a reader is always before it.
		 */
		Position(long lastId) {
			this.lastId = Math.min(lastId, Long.MAX_VALUE - 1);
		}

		/**
		 * Notes what a message tells of: the number of the newest event, or without one,
		 * that there may be something new. Messages may be dropped after this.
		 */
		void tell(byte[] message) {
			this.told.accumulateAndGet(newest(SharedKeys.text(message)), Math::max);
		}

		private static long newest(String message) {
			try {
				return Long.parseLong(message);
			}
			catch (NumberFormatException ex) {
				return Long.MAX_VALUE;
			}
		}

		boolean lacksWhatItWasTold() {
			return this.told.getAndSet(0) > this.lastId;
		}

		/** The smallest id in Redis behind the batch that ends at the position. */
		String nextId() {
			return this.lastId + "-1";
		}

		/** Whether a page of this size has anything. */
		boolean mayGoOn(int size) {
			this.full = size == PAGE;
			return size > 0;
		}

		/** Whether the log itself still has the next event. */
		boolean fits(Batch oldest) {
			return oldest.after() <= this.lastId || (oldest.end() != null && this.lastId > oldest.lastId());
		}

		List<LogEntry> take(List<Batch> page) {
			return page.stream().flatMap((batch) -> take(batch).stream()).toList();
		}

		/** The log itself goes on behind the folded events. */
		List<LogEntry> takeFolded(List<Batch> page) {
			this.full = true;
			return take(page);
		}

		private List<LogEntry> take(Batch batch) {
			List<LogEntry> behind = batch.behind(this.lastId);
			this.ended = batch.end() != null;
			this.lastId = behind.isEmpty() ? this.lastId : behind.get(behind.size() - 1).id();
			return behind;
		}

	}

}
