package dev.runnel.stream.redis;

import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;

import dev.runnel.process.AwaitedStop;
import dev.runnel.stream.EndRequest;
import dev.runnel.stream.LostStreams;
import dev.runnel.stream.StreamEvent;
import dev.runnel.stream.StreamId;
import dev.runnel.stream.StreamLog;
import dev.runnel.stream.StreamSettings;
import dev.runnel.stream.StreamSettings.TakeOver;
import dev.runnel.stream.StreamSharing;
import dev.runnel.stream.StreamStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

/**
 * This server among those that share a Redis.
 * <p>
 * It stops after the streams, so that their ends are written.
 */
final class RedisNode extends AwaitedStop implements StreamSharing, SmartInitializingSingleton, AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(RedisNode.class);

	/** The longest wait for the last batches. */
	private static final Duration LAST_BATCHES = Duration.ofSeconds(2);

	/** The longest wait for answers that another server goes on with to be stored. */
	private static final Duration LAST_ANSWERS = Duration.ofSeconds(1);

	private static final Duration POLL = Duration.ofMillis(20);

	private final UUID id = UUID.randomUUID();

	private final RedisLink redis;

	private final TakeOver takeOver;

	private final SharedKeys keys;

	private final NodeRequests requests;

	private final RemoteReaders readers = new RemoteReaders();

	private final SharedPlaces places;

	private final CopyWriter writer;

	private final RemoteEntries entries;

	private final Heartbeat heartbeat;

	private final Channels channels;

	private final Disposable.Composite work = Disposables.composite();

	/**
	 * Creates a server that gives no sign of life yet.
	 * @param redis the connections
	 * @param timeout the time after which a server without a sign of life is gone
	 * @param settings how long streams live, and how many may run
	 * @param lost ends the streams of servers that are gone, or goes on with them
	 */
	RedisNode(RedisLink redis, Duration timeout, StreamSettings settings, Supplier<LostStreams> lost) {
		this.redis = redis;
		this.takeOver = settings.takeOver();
		this.keys = new SharedKeys(redis, this.id, settings);
		this.requests = new NodeRequests(redis);
		this.places = new SharedPlaces(redis, this.id, settings);
		this.channels = new Channels(redis);
		this.entries = new RemoteEntries(redis, this.channels);
		LostNodes others = new LostNodes(redis, this.id, this.keys, this.entries, this.takeOver, lost);
		this.writer = new CopyWriter(redis, this.keys, new FencedStreams(others::endOwn), this.readers::update);
		this.heartbeat = new Heartbeat(redis, this.id, timeout, this.writer,
				(other) -> this.places.leaveAll(other).then(others.end(other)));
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.work.add(this.heartbeat.start());
		this.work.add(this.places.start());
		this.work.add(this.channels.listen(Keys.requests(this.id))
			.subscribe((message) -> NodeRequests.handle(message, this::end, this::readElsewhere),
					(ex) -> log.error("This server hears no requests of other servers", ex)));
	}

	private void readElsewhere(StreamId stream, long servers) {
		// First, so that an older reply of Redis does not take the new reader away.
		this.writer.heard(stream);
		this.readers.update(stream, servers);
	}

	private void end(StreamId stream, EndRequest request) {
		StreamLog<?> running = this.readers.log(stream);
		if (running != null) {
			running.requestEnd(request).subscribe((done) -> {
			}, (ex) -> log.error("Stream {} could not be ended", stream, ex));
		}
	}

	@Override
	public <E extends StreamEvent> StreamStore<E> share(StreamStore<E> own) {
		return new SharedStore<>(own, this);
	}

	UUID id() {
		return this.id;
	}

	RedisLink redis() {
		return this.redis;
	}

	Channels channels() {
		return this.channels;
	}

	SharedKeys keys() {
		return this.keys;
	}

	NodeRequests requests() {
		return this.requests;
	}

	SharedPlaces places() {
		return this.places;
	}

	RemoteReaders readers() {
		return this.readers;
	}

	CopyWriter writer() {
		return this.writer;
	}

	RemoteEntries entries() {
		return this.entries;
	}

	Heartbeat heartbeat() {
		return this.heartbeat;
	}

	/**
	 * Whether another server can go on with the streams of this one. A server that stops
	 * has more time than one that answers.
	 * @return false also if that is not certain, because Redis does not answer
	 */
	Mono<Boolean> hasHeir() {
		return (this.takeOver == TakeOver.CONTINUE)
				? this.heartbeat.hasHeirs().timeout(RedisLink.TIMEOUT).onErrorReturn(false) : Mono.just(false);
	}

	/**
	 * Tells other servers that this one stops. So servers that stop together do not go on
	 * with the streams of each other.
	 */
	Mono<Void> stopping() {
		return (this.takeOver == TakeOver.CONTINUE) ? this.heartbeat.stopping() : Mono.empty();
	}

	/**
	 * Lets other servers go on with the streams that were handed over, if there are any.
	 */
	Mono<Void> handOver() {
		return (this.takeOver == TakeOver.CONTINUE)
				? whenWritten(() -> this.writer.handsOver() ? fallSilent() : Mono.empty()) : Mono.empty();
	}

	/**
	 * Leaves the list of servers if everything is written. Otherwise other servers end
	 * the rest of its streams when its sign of life expires. A server whose streams go on
	 * stays in the list, where others find them.
	 */
	@Override
	protected Mono<Void> finish() {
		return whenWritten(() -> this.writer.handsOver() ? fallSilent() : this.heartbeat.leave());
	}

	private Mono<Void> whenWritten(Supplier<Mono<Void>> next) {
		return this.writer.finish(LAST_BATCHES)
			.then(Mono.defer(() -> this.writer.isDone() ? next.get() : Mono.empty()))
			.timeout(LAST_BATCHES.multipliedBy(2), Mono.empty());
	}

	/** A stream has a writer until the end of its answer is stored. */
	private Mono<Void> fallSilent() {
		return until(Mono.fromSupplier(this.readers::isEmpty), POLL, LAST_ANSWERS)
			.then(Mono.defer(this.heartbeat::fallSilent));
	}

	@Override
	public int getPhase() {
		return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE;
	}

	@Override
	public void close() {
		this.work.dispose();
		this.writer.close();
		this.redis.close();
	}

}
