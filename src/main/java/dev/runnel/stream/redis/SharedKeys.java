package dev.runnel.stream.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import dev.runnel.stream.StreamId;
import dev.runnel.stream.StreamSettings;
import dev.runnel.stream.StreamStatus;
import dev.runnel.stream.StreamSubject;
import dev.runnel.web.Visitor;
import io.lettuce.core.api.async.RedisAsyncCommands;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The keys of a stream besides its entries: its subject, its server, and the lists that
 * contain it. The keys of a stream expire by themselves.
 */
final class SharedKeys {

	private static final String VISITOR = "visitor";

	private static final String CONVERSATION = "conversation";

	private static final String MESSAGE = "message";

	private static final String ACCESS = "access";

	private static final String STARTED = "started";

	private static final String NODE = "node";

	/** The time after which a key expires even if nobody ends its stream. */
	static final Duration MAX_AGE = Duration.ofHours(6);

	private final RedisLink redis;

	private final UUID node;

	private final Duration retention;

	SharedKeys(RedisLink redis, UUID node, StreamSettings settings) {
		this.redis = redis;
		this.node = node;
		this.retention = settings.retention();
	}

	/**
	 * Tells other servers of a stream of this server.
	 * @param status the stream
	 * @return completes when they can find it
	 */
	Mono<Void> announce(StreamStatus status) {
		StreamSubject subject = status.subject();
		String id = subject.id().toString();
		Map<String, byte[]> head = new HashMap<>();
		head.put(VISITOR, bytes(subject.owner().id()));
		head.put(CONVERSATION, bytes(subject.conversationId().toString()));
		head.put(MESSAGE, bytes(subject.messageId().toString()));
		if (subject.access() != null) {
			head.put(ACCESS, bytes(subject.access().toString()));
		}
		head.put(STARTED, bytes(status.startedAt().toString()));
		head.put(NODE, bytes(this.node.toString()));
		return Mono.when(call((redis) -> redis.hset(Keys.head(subject.id()), head)),
				call((redis) -> redis.pexpire(Keys.head(subject.id()), MAX_AGE.toMillis())),
				call((redis) -> redis.sadd(Keys.running(this.node), bytes(id))), call((redis) -> redis
					.zadd(Keys.visitor(subject.owner()), status.startedAt().toEpochMilli(), bytes(id))),
				call((redis) -> redis.pexpire(Keys.visitor(subject.owner()), MAX_AGE.toMillis())));
	}

	/**
	 * Lets a stream of this server expire.
	 * @param id the stream
	 * @return completes when Redis knows
	 */
	Mono<Void> ended(StreamId id) {
		return ended(this.node, id);
	}

	/**
	 * Lets a stream expire.
	 * @param writer the server that wrote it
	 * @param id the stream
	 * @return completes when Redis knows
	 */
	Mono<Void> ended(UUID writer, StreamId id) {
		return Mono.when(call((redis) -> redis.pexpire(Keys.log(id), this.retention.toMillis())),
				call((redis) -> redis.pexpire(Keys.fold(id), this.retention.toMillis())),
				call((redis) -> redis.pexpire(Keys.head(id), this.retention.toMillis())),
				call((redis) -> redis.srem(Keys.running(writer), bytes(id.toString()))));
	}

	/**
	 * Takes a stream off the list of a server that is gone, because another one writes
	 * it.
	 * @param writer the server that wrote it
	 * @param id the stream
	 * @return completes when Redis knows
	 */
	Mono<Void> left(UUID writer, StreamId id) {
		return call((redis) -> redis.srem(Keys.running(writer), bytes(id.toString()))).then();
	}

	/**
	 * Removes a stream of this server.
	 * @param subject the stream
	 * @return completes when Redis has forgotten it
	 */
	Mono<Void> remove(StreamSubject subject) {
		byte[] id = bytes(subject.id().toString());
		return Mono.when(
				call((redis) -> redis.del(Keys.log(subject.id()), Keys.fold(subject.id()), Keys.head(subject.id()))),
				call((redis) -> redis.srem(Keys.running(this.node), id)),
				call((redis) -> redis.zrem(Keys.visitor(subject.owner()), id)));
	}

	/**
	 * Finds a stream.
	 * @param id the stream
	 * @return its subject and its server; empty if Redis has none
	 */
	Mono<Head> find(StreamId id) {
		return call((redis) -> redis.hgetall(Keys.head(id))).flatMap((head) -> Mono.justOrEmpty(head(id, head)));
	}

	private static @Nullable Head head(StreamId id, Map<String, byte[]> head) {
		byte[] visitor = head.get(VISITOR);
		if (visitor == null || !head.containsKey(NODE)) {
			return null;
		}
		StreamSubject subject = new StreamSubject(id, new Visitor(text(visitor)), uuid(head, CONVERSATION),
				uuid(head, MESSAGE), head.containsKey(ACCESS) ? uuid(head, ACCESS) : null);
		return new Head(subject, uuid(head, NODE), Instant.parse(text(head.getOrDefault(STARTED, new byte[0]))));
	}

	/**
	 * The streams of a visitor on all servers.
	 * @param visitor the visitor
	 * @return their ids, newest first
	 */
	Flux<StreamId> of(Visitor visitor) {
		return call((redis) -> redis.zrevrange(Keys.visitor(visitor), 0, -1)).flatMapIterable((ids) -> ids)
			.map((id) -> new StreamId(UUID.fromString(text(id))));
	}

	/**
	 * Counts the running streams of the other servers.
	 * @return how many there are; an error if Redis is away
	 */
	Mono<Long> countElsewhere() {
		return call((redis) -> redis.smembers(Keys.NODES)).flatMapIterable((nodes) -> nodes)
			.map((name) -> UUID.fromString(text(name)))
			.filter((other) -> !other.equals(this.node))
			.flatMap((other) -> call((redis) -> redis.scard(Keys.running(other))))
			.reduce(0L, Long::sum);
	}

	/**
	 * Removes a stream that has expired from the list of a visitor.
	 * @param visitor the visitor
	 * @param id the stream
	 * @return completes when it is removed
	 */
	Mono<Void> forget(Visitor visitor, StreamId id) {
		return call((redis) -> redis.zrem(Keys.visitor(visitor), bytes(id.toString()))).then();
	}

	private <T> Mono<T> call(Function<RedisAsyncCommands<String, byte[]>, CompletionStage<T>> command) {
		return Mono.fromCompletionStage(() -> command.apply(this.redis.commands()));
	}

	private static UUID uuid(Map<String, byte[]> head, String field) {
		return UUID.fromString(text(head.getOrDefault(field, new byte[0])));
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	/**
	 * A stream in Redis.
	 *
	 * @param subject its subject
	 * @param node the server that writes it
	 * @param startedAt when it was opened
	 */
	record Head(StreamSubject subject, UUID node, Instant startedAt) {
	}

}
