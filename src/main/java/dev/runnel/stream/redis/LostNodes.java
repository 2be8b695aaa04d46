package dev.runnel.stream.redis;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

import dev.runnel.stream.LogEntry;
import dev.runnel.stream.LostStreams;
import dev.runnel.stream.StreamEvent;
import dev.runnel.stream.StreamId;
import dev.runnel.stream.StreamSettings.TakeOver;
import dev.runnel.stream.StreamState;
import dev.runnel.stream.StreamSubject;
import dev.runnel.web.ProblemException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.SetArgs;
import io.lettuce.core.XAddArgs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Ends the streams of servers that are gone, or goes on with them. For each of them, one
 * server claims this work. If it goes away as well, its claim expires and another server
 * continues.
 */
final class LostNodes {

	private static final Logger log = LoggerFactory.getLogger(LostNodes.class);

	/** The time after which another server may claim the same work. */
	private static final Duration CLAIM = Duration.ofSeconds(5);

	/** How long a server alone may try to go on with a stream. */
	private static final Duration HEIR = Duration.ofSeconds(20);

	private static final Batch NOTHING = new Batch(0, List.of(), null);

	/** The maximum number of streams that are ended at the same time. */
	private static final int AT_ONCE = 16;

	private final RedisLink redis;

	private final UUID node;

	private final SharedKeys keys;

	private final RemoteEntries entries;

	private final TakeOver takeOver;

	private final Supplier<LostStreams> streams;

	LostNodes(RedisLink redis, UUID node, SharedKeys keys, RemoteEntries entries, TakeOver takeOver,
			Supplier<LostStreams> streams) {
		this.redis = redis;
		this.node = node;
		this.keys = keys;
		this.entries = entries;
		this.takeOver = takeOver;
		this.streams = streams;
	}

	/**
	 * Ends the streams of a server, unless another server does.
	 * @param lost the server that is gone
	 * @return completes when its streams have ended; an error if some have not
	 */
	Mono<Void> end(UUID lost) {
		return claim(lost).flatMap((claimed) -> endAll(lost)).then();
	}

	private Mono<String> claim(UUID lost) {
		SetArgs once = new SetArgs().nx().px(CLAIM.toMillis());
		return Mono.fromCompletionStage(() -> this.redis.commands().set(Keys.claim(lost), name(), once));
	}

	private byte[] name() {
		return SharedKeys.bytes(this.node.toString());
	}

	private Mono<Void> endAll(UUID lost) {
		return Mono.fromCompletionStage(() -> this.redis.commands().smembers(Keys.running(lost)))
			.doOnNext((streams) -> log.info("A server is gone; its {} running streams end or go on", streams.size()))
			.flatMapIterable((streams) -> streams)
			.map((id) -> new StreamId(UUID.fromString(SharedKeys.text(id))))
			.flatMapDelayError((id) -> endOne(lost, id), AT_ONCE, AT_ONCE)
			.then(Mono.defer(() -> forget(lost)));
	}

	private Mono<Void> endOne(UUID lost, StreamId id) {
		return this.keys.find(id)
			.filter((head) -> head.node().equals(lost))
			.map(SharedKeys.Head::subject)
			.flatMap((subject) -> (this.takeOver == TakeOver.CONTINUE) ? once(subject) : end(subject))
			.defaultIfEmpty(true)
			.flatMap((goesOn) -> goesOn ? this.keys.left(lost, id) : this.keys.ended(lost, id));
	}

	/**
	 * Ends a stream of this server that another one has taken from it, unless that one
	 * has ended it or goes on with it.
	 * @param subject the stream
	 * @return true if the stream has an end or another writer; false while another server
	 * tries to go on with it
	 */
	Mono<Boolean> endOwn(StreamSubject subject) {
		return this.keys.find(subject.id())
			.filter((head) -> head.node().equals(this.node))
			.flatMap((head) -> hasHeir(subject.id()))
			.flatMap((heir) -> heir ? Mono.just(false)
					: end(subject).then(this.keys.ended(this.node, subject.id())).thenReturn(true))
			.defaultIfEmpty(true);
	}

	private Mono<Boolean> hasHeir(StreamId id) {
		return Mono.fromCompletionStage(() -> this.redis.commands().exists(Keys.heir(id))).map((count) -> count > 0);
	}

	/** The claim of a server may lapse while it works, so each stream has its own. */
	private Mono<Boolean> once(StreamSubject subject) {
		String key = Keys.heir(subject.id());
		SetArgs once = new SetArgs().nx().px(HEIR.toMillis());
		return Mono.fromCompletionStage(() -> this.redis.commands().set(key, name(), once))
			.switchIfEmpty(Mono.error(() -> new IllegalStateException("another server goes on with a stream")))
			.flatMap((claimed) -> goOn(subject).timeout(HEIR.dividedBy(2))
				.onErrorResume(
						(ex) -> Mono.fromCompletionStage(() -> this.redis.commands().del(key)).then(Mono.error(ex))));
	}

	/**
	 * Goes on with a stream. After the mark Redis refuses everything of the lost server,
	 * so what readers have seen does not change any more.
	 * @return false if the stream ends instead
	 */
	private Mono<Boolean> goOn(StreamSubject subject) {
		return this.entries.newest(subject.id())
			.filter((newest) -> newest.end() == null)
			.map((newest) -> marked(newest, this.streams.get().mark()))
			.filterWhen((mark) -> add(subject.id(), mark))
			.flatMap((mark) -> store(subject).flatMap((event) -> this.streams.get()
				.goOn(subject, shown(subject.id()), mark.lastId())
				.flatMap((goesOn) -> goesOn ? Mono.just(true) : close(subject.id(), event).thenReturn(false))))
			.switchIfEmpty(Mono.defer(() -> end(subject)));
	}

	private static Batch marked(Batch newest, StreamEvent mark) {
		LogEntry entry = new LogEntry(newest.lastId() + Batch.UNKNOWN, mark);
		return new Batch(newest.lastId(), List.of(entry), null);
	}

	/**
	 * Ends a stream. The server that wrote it may only have been silent: after the fence
	 * Redis refuses its events, so that readers see no text that is not stored. Only a
	 * batch with the end of the stream still gets in.
	 */
	private Mono<Boolean> end(StreamSubject subject) {
		return this.entries.newest(subject.id())
			.filter((newest) -> newest.end() == null)
			.flatMap((newest) -> add(subject.id(), Batch.fence(newest)))
			.then(Mono.defer(() -> store(subject)))
			.flatMap((event) -> close(subject.id(), event))
			.thenReturn(false);
	}

	/**
	 * Stores what readers have seen. A stream that ended just before may not be stored
	 * yet either.
	 */
	private Mono<StreamEvent> store(StreamSubject subject) {
		return this.streams.get().end(subject, shown(subject.id()));
	}

	/**
	 * Returns the entries in Redis; none if Redis lacks the first ones. Then the text in
	 * the database stays.
	 */
	private Flux<LogEntry> shown(StreamId id) {
		return this.entries.stored(id).onErrorResume(ProblemException.class, (ex) -> Flux.empty());
	}

	private Mono<Long> close(StreamId id, StreamEvent event) {
		return this.entries.newest(id)
			.defaultIfEmpty(NOTHING)
			.filter((newest) -> newest.end() == null)
			.flatMap((newest) -> add(id, terminal(newest, event)))
			.then(Mono.fromCompletionStage(() -> this.redis.commands().publish(Keys.log(id), new byte[0])));
	}

	/**
	 * Returns false if the stream has an end already, after which Redis takes nothing.
	 */
	private Mono<Boolean> add(StreamId id, Batch batch) {
		return Mono
			.fromCompletionStage(
					() -> this.redis.commands().xadd(Keys.log(id), new XAddArgs().id(batch.id()), batch.fields()))
			.hasElement()
			.onErrorResume(RedisCommandExecutionException.class, (ex) -> Mono.just(false));
	}

	/** Its number is larger than that of any event that a reader may have. */
	private static Batch terminal(Batch newest, StreamEvent event) {
		LogEntry entry = new LogEntry(newest.lastId() + Batch.UNKNOWN, event);
		return new Batch(newest.lastId(), List.of(entry), StreamState.FAILED);
	}

	private Mono<Void> forget(UUID lost) {
		return Mono.when(
				Mono.fromCompletionStage(
						() -> this.redis.commands().srem(Keys.NODES, SharedKeys.bytes(lost.toString()))),
				Mono.fromCompletionStage(() -> this.redis.commands().del(Keys.running(lost))));
	}

}
