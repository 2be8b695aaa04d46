package dev.runnel.stream.redis;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

import dev.runnel.stream.LogEntry;
import dev.runnel.stream.LostStreams;
import dev.runnel.stream.StreamEvent;
import dev.runnel.stream.StreamId;
import dev.runnel.stream.StreamState;
import dev.runnel.web.ProblemException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.SetArgs;
import io.lettuce.core.XAddArgs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Ends the streams of servers that are gone. For each of them, one server claims this
 * work. If it goes away as well, its claim expires and another server continues.
 */
final class LostNodes {

	private static final Logger log = LoggerFactory.getLogger(LostNodes.class);

	/** The time after which another server may claim the same work. */
	private static final Duration CLAIM = Duration.ofSeconds(5);

	private static final Batch NOTHING = new Batch(0, List.of(), null);

	/** The maximum number of streams that are ended at the same time. */
	private static final int AT_ONCE = 16;

	private final RedisLink redis;

	private final UUID node;

	private final SharedKeys keys;

	private final RemoteEntries entries;

	private final Supplier<LostStreams> streams;

	LostNodes(RedisLink redis, UUID node, SharedKeys keys, RemoteEntries entries, Supplier<LostStreams> streams) {
		this.redis = redis;
		this.node = node;
		this.keys = keys;
		this.entries = entries;
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
		return Mono.fromCompletionStage(
				() -> this.redis.commands().set(Keys.claim(lost), SharedKeys.bytes(this.node.toString()), once));
	}

	private Mono<Void> endAll(UUID lost) {
		return Mono.fromCompletionStage(() -> this.redis.commands().smembers(Keys.running(lost)))
			.doOnNext((streams) -> log.info("A server is gone; its {} running streams end", streams.size()))
			.flatMapIterable((streams) -> streams)
			.map((id) -> new StreamId(UUID.fromString(SharedKeys.text(id))))
			.flatMapDelayError((id) -> endOne(lost, id), AT_ONCE, AT_ONCE)
			.then(Mono.defer(() -> forget(lost)));
	}

	/**
	 * Ends a stream. One that ended just before may not be stored yet, so its text is
	 * stored as well.
	 */
	private Mono<Void> endOne(UUID lost, StreamId id) {
		return this.keys.find(id)
			.flatMap((head) -> this.streams.get().end(head.subject(), shown(id)))
			.flatMap((event) -> close(id, event))
			.then(Mono.defer(() -> this.keys.ended(lost, id)));
	}

	/**
	 * Returns the entries in Redis; none if Redis lacks the first ones. Then the text in
	 * the database stays.
	 */
	private Flux<LogEntry> shown(StreamId id) {
		return this.entries.stored(id).onErrorResume(ProblemException.class, (ex) -> Flux.empty());
	}

	/** Redis refuses a second end. */
	private Mono<Long> close(StreamId id, StreamEvent event) {
		return this.entries.newest(id)
			.defaultIfEmpty(NOTHING)
			.filter((newest) -> newest.end() == null)
			.map((newest) -> terminal(newest, event))
			.flatMap((end) -> Mono.fromCompletionStage(
					() -> this.redis.commands().xadd(Keys.log(id), new XAddArgs().id(end.id()), end.fields())))
			.onErrorResume(RedisCommandExecutionException.class, (ex) -> Mono.empty())
			.then(Mono.fromCompletionStage(() -> this.redis.commands().publish(Keys.log(id), new byte[0])));
	}

	private static Batch terminal(Batch newest, StreamEvent event) {
		return new Batch(newest.lastId(), List.of(new LogEntry(newest.lastId() + 1, event)), StreamState.FAILED);
	}

	private Mono<Void> forget(UUID lost) {
		return Mono.when(
				Mono.fromCompletionStage(
						() -> this.redis.commands().srem(Keys.NODES, SharedKeys.bytes(lost.toString()))),
				Mono.fromCompletionStage(() -> this.redis.commands().del(Keys.running(lost))));
	}

}
