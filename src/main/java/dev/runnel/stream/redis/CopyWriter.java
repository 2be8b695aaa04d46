package dev.runnel.stream.redis;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

import dev.runnel.stream.EndRequest;
import dev.runnel.stream.StreamId;
import dev.runnel.stream.StreamLog;
import dev.runnel.stream.StreamState;
import dev.runnel.stream.StreamSubject;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.api.async.RedisAsyncCommands;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Writes the new entries of all logs of this server to Redis. Entries of a few
 * milliseconds are sent together.
 */
final class CopyWriter implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(CopyWriter.class);

	/** The shortest time between two times when batches are sent, unless one waits. */
	private static final long COLLECT_NANOS = Duration.ofMillis(5).toNanos();

	/**
	 * How long the first entry after a pause waits for others, because events often come
	 * together.
	 */
	private static final long FIRST_NANOS = Duration.ofMillis(1).toNanos();

	/** A message that makes readers look for something new in any case. */
	private static final byte[] LOOK = new byte[0];

	/** What a Redis without the log has. */
	private static final Batch NOTHING = new Batch(0, List.of(), null);

	private final RedisLink redis;

	private final SharedKeys keys;

	private final LogFolder folder;

	private final FencedStreams fenced;

	/** Receives the number of servers that listen to a stream. */
	private final BiConsumer<StreamId, Long> readers;

	private final Scheduler thread = Schedulers.newSingle("redis-copy", true);

	private final Map<StreamId, LogCopy> copies = new ConcurrentHashMap<>();

	/** The streams whose copies were given up while Redis was away. */
	private final Set<StreamSubject> dropped = ConcurrentHashMap.newKeySet();

	private final Queue<LogCopy> changed = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean scheduled = new AtomicBoolean();

	/** When batches were last sent, by {@link System#nanoTime}. */
	private volatile long lastSent = System.nanoTime();

	CopyWriter(RedisLink redis, SharedKeys keys, FencedStreams fenced, BiConsumer<StreamId, Long> readers) {
		this.redis = redis;
		this.keys = keys;
		this.folder = new LogFolder(redis);
		this.fenced = fenced;
		this.readers = readers;
	}

	/**
	 * Copies a new log until its end.
	 * @param log the log
	 * @return completes when other servers find the stream; an error if Redis is away,
	 * which {@link #resume} makes good
	 */
	Mono<Void> add(StreamLog<?> log) {
		LogCopy copy = new LogCopy(log, this::changed);
		Runnable keep = () -> this.copies.put(copy.subject().id(), copy);
		return this.keys.announce(log.status()).doOnError((ex) -> keep.run()).doOnCancel(keep).doOnSuccess((done) -> {
			keep.run();
			copy.start(log.beginsAfter());
		});
	}

	private void changed(LogCopy copy) {
		this.changed.add(copy);
		if (this.scheduled.compareAndSet(false, true)) {
			long wait = COLLECT_NANOS - (System.nanoTime() - this.lastSent);
			this.thread.schedule(this::writeAll, Math.max(FIRST_NANOS, wait), TimeUnit.NANOSECONDS);
		}
	}

	private void writeAll() {
		this.lastSent = System.nanoTime();
		this.scheduled.set(false);
		for (LogCopy copy = this.changed.poll(); copy != null; copy = this.changed.poll()) {
			Batch batch = copy.take();
			if (batch != null) {
				write(copy, batch);
			}
		}
		this.redis.sendBatches();
	}

	/**
	 * Writes a batch and tells the readers of other servers, unless there were none. If
	 * one of both fails, the copy is compared with Redis and its readers are told again,
	 * because nothing else would tell them of the last batch.
	 */
	private void write(LogCopy copy, Batch batch) {
		RedisAsyncCommands<String, byte[]> commands = this.redis.batches();
		StreamId id = copy.subject().id();
		String key = Keys.log(id);
		RedisFuture<String> stored = commands.xadd(key, new XAddArgs().id(batch.id()), batch.fields());
		if (batch.after() == 0) {
			commands.pexpire(key, SharedKeys.MAX_AGE.toMillis());
		}
		long arrivals = copy.audience().arrivals();
		CompletionStage<Runnable> confirmed = copy.tellsOf(batch)
				? stored.thenCombine(commands.publish(key, message(batch)),
						(entry, servers) -> () -> told(copy, arrivals, servers))
				: stored.thenApply((entry) -> () -> keptQuiet(copy));
		confirmed.whenComplete((note, ex) -> {
			if (ex != null) {
				copy.pause();
			}
			else {
				written(copy, batch, note);
			}
		});
	}

	/**
	 * The message of a batch: the number of its last event, so that a reader that has it
	 * does not read again. A reader may be beyond the end, so it always looks for that.
	 */
	private static byte[] message(Batch batch) {
		return (batch.end() != null) ? LOOK : SharedKeys.bytes(Long.toString(batch.lastId()));
	}

	private void told(LogCopy copy, long arrivals, long servers) {
		if (copy.audience().told(arrivals, servers)) {
			this.readers.accept(copy.subject().id(), servers);
		}
	}

	private void keptQuiet(LogCopy copy) {
		if (copy.audience().keptQuiet()) {
			tellNow(copy);
		}
	}

	private void written(LogCopy copy, Batch batch, Runnable note) {
		copy.written(batch);
		if (batch.end() != null) {
			ended(copy);
			return;
		}
		note.run();
		if (copy.isFoldDue()) {
			this.folder.fold(copy.log(), batch.lastId()).subscribe((done) -> {
			}, (ex) -> logger.debug("Stream {} is not folded in Redis", copy.subject().id(), ex));
		}
	}

	private void ended(LogCopy copy) {
		StreamId id = copy.subject().id();
		this.copies.remove(id);
		this.keys.ended(id).subscribe((done) -> {
		}, (ex) -> logger.debug("Stream {} is not marked as ended in Redis", id, ex));
	}

	/**
	 * Continues the copies that Redis refused or lost, and tells other servers of batches
	 * that nobody was told of: a server may listen by now, and its news of that be lost.
	 * Then it sees to the streams that others have taken from this server.
	 * @return completes when all go on
	 */
	Mono<Void> resume() {
		return removeDropped()
			.thenMany(Flux.fromIterable(this.copies.values()).filter(LogCopy::isPaused).flatMap(this::resume))
			.thenMany(Flux.fromIterable(this.copies.values())
				.filter((copy) -> copy.audience().isUntold())
				.flatMap(this::tellAll))
			.then(Mono.defer(this.fenced::end));
	}

	/**
	 * Tells other servers of a stream, because one has begun to listen.
	 * @param id the stream
	 */
	void heard(StreamId id) {
		LogCopy copy = this.copies.get(id);
		if (copy != null) {
			tellNow(copy);
		}
	}

	private void tellNow(LogCopy copy) {
		tellAll(copy).subscribe((servers) -> {
		}, (ex) -> logger.debug("A reader of stream {} is told of it later", copy.subject().id(), ex));
	}

	private Mono<Long> tellAll(LogCopy copy) {
		return Mono.fromSupplier(copy.audience()::arrived)
			.flatMap((arrivals) -> tell(copy.subject().id()).doOnNext((servers) -> told(copy, arrivals, servers)))
			.doOnError((ex) -> copy.audience().keptQuiet());
	}

	private Mono<Void> resume(LogCopy copy) {
		StreamId id = copy.subject().id();
		return lastBatch(id).defaultIfEmpty(NOTHING)
			.delayUntil((last) -> tell(id))
			.flatMap((last) -> isOfOthers(copy, last) ? Mono.fromRunnable(() -> leave(copy, last)) : goOn(copy, last));
	}

	/** The message of the last batch may be lost. */
	private Mono<Long> tell(StreamId id) {
		return Mono.fromCompletionStage(() -> this.redis.commands().publish(Keys.log(id), LOOK));
	}

	private Mono<Void> goOn(LogCopy copy, Batch last) {
		long after = Math.max(last.lastId(), copy.log().beginsAfter());
		return this.keys.announce(copy.log().status()).doOnSuccess((done) -> {
			if (!this.dropped.contains(copy.subject())) {
				copy.start(after);
			}
		});
	}

	/** Whether another server has ended the stream, does so, or goes on with it. */
	private static boolean isOfOthers(LogCopy copy, Batch last) {
		return last.end() != null || last.isFence() || last.lastId() > copy.log().status().lastEventId();
	}

	/** A stream that another server has ended or taken over is not written any more. */
	private void leave(LogCopy copy, Batch last) {
		if (last.end() != null) {
			ended(copy);
		}
		else {
			this.fenced.add(copy.log());
			this.copies.remove(copy.subject().id());
		}
		if (copy.log().status().state() == StreamState.RUNNING) {
			logger.warn("Stream {} was ended or taken over by another server, because this one was silent",
					copy.subject().id());
			copy.log().requestEnd(EndRequest.SHUTDOWN).subscribe((done) -> {
			}, (ex) -> logger.error("Stream {} could not be ended", copy.subject().id(), ex));
		}
	}

	/**
	 * Uses the connection of the batches, so that Redis handles all earlier batches
	 * first.
	 */
	private Mono<Batch> lastBatch(StreamId id) {
		return Mono.fromCompletionStage(() -> {
			RedisFuture<List<StreamMessage<String, byte[]>>> found = this.redis.batches()
				.xrevrange(Keys.log(id), Range.unbounded(), Limit.from(1));
			this.redis.sendBatches();
			return found;
		}).flatMap((found) -> Mono.justOrEmpty(found.stream().findFirst())).map((last) -> Batch.of(last.getBody()));
	}

	/**
	 * Waits until everything is written.
	 * @param most the longest wait
	 * @return completes when all copies are complete or the time is over
	 */
	Mono<Void> finish(Duration most) {
		return Flux.interval(Duration.ZERO, Duration.ofMillis(20))
			.onBackpressureDrop()
			.takeUntil((tick) -> isDone())
			.takeUntilOther(Mono.delay(most))
			.then();
	}

	/** Whether everything is written. */
	boolean isDone() {
		return this.fenced.isEmpty() && this.copies.values().stream().allMatch(LogCopy::isHandedOver);
	}

	/** Whether another server has to go on with streams, when everything is written. */
	boolean handsOver() {
		return !this.copies.isEmpty();
	}

	/**
	 * Pauses every copy, so that it is compared with its log again: Redis may have lost
	 * entries.
	 */
	void pauseAll() {
		this.copies.values().forEach(LogCopy::pause);
	}

	/**
	 * Gives up the copies of ended streams while Redis is away, so that their logs take
	 * no memory. Other servers cannot read these streams any more.
	 */
	void dropEnded() {
		this.copies.values().removeIf((copy) -> {
			boolean dropped = copy.isPaused() && copy.log().status().state().hasEnded();
			if (dropped) {
				this.dropped.add(copy.subject());
			}
			return dropped;
		});
	}

	/** Readers on other servers are told, because no end comes. */
	private Mono<Void> removeDropped() {
		return Flux.fromIterable(this.dropped)
			.concatMap((subject) -> this.keys.remove(subject)
				.then(tell(subject.id()))
				.doOnSuccess((servers) -> this.dropped.remove(subject)))
			.then();
	}

	@Override
	public void close() {
		this.thread.dispose();
	}

}
