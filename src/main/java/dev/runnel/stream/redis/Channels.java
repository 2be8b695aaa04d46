package dev.runnel.stream.redis;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.lettuce.core.RedisException;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/**
 * The channels that this server listens to, all on one connection. A message in the
 * channel of a stream names its last event, or nothing; the listener then reads the
 * entries that it lacks. So a lost message loses no entry: after a reconnection each
 * listener reads once more.
 */
final class Channels extends RedisPubSubAdapter<String, byte[]> {

	private static final Logger log = LoggerFactory.getLogger(Channels.class);

	private static final byte[] SUBSCRIBED = new byte[0];

	/** Repeats a subscription while somebody waits for it. */
	private static final Retry AGAIN = Retry.fixedDelay(Long.MAX_VALUE, Duration.ofMillis(500))
		.filter((ex) -> ex instanceof RedisException);

	private final RedisLink redis;

	private final Map<String, Channel> open = new ConcurrentHashMap<>();

	Channels(RedisLink redis) {
		this.redis = redis;
		redis.channels().addListener(this);
	}

	/**
	 * Listens to a channel.
	 * @param name its name
	 * @return its messages; a slow listener gets at least the newest one. An empty
	 * message comes each time the subscription begins
	 */
	Flux<byte[]> listen(String name) {
		// The messages are merged first, so that the listener is there when Redis
		// confirms the subscription.
		return Flux
			.defer(() -> Flux.merge(this.open.compute(name, (key, channel) -> opened(channel)).messages.asFlux(),
					subscribe(name)))
			.doFinally((signal) -> this.open.computeIfPresent(name, this::left));
	}

	private static Channel opened(@Nullable Channel channel) {
		Channel used = (channel != null) ? channel : new Channel();
		used.listeners++;
		return used;
	}

	/**
	 * Subscribes even if the channel is open already: the confirmation starts the new
	 * listener. A subscription that Redis does not take is repeated, because the client
	 * renews only those that Redis has confirmed.
	 */
	private Mono<byte[]> subscribe(String name) {
		return Mono.fromFuture(() -> this.redis.channels().async().subscribe(name).toCompletableFuture(), true)
			.doOnError((ex) -> log.debug("Redis did not take the subscription to {}", name, ex))
			.retryWhen(AGAIN)
			.then(Mono.empty());
	}

	private @Nullable Channel left(String name, Channel channel) {
		channel.listeners--;
		if (channel.listeners > 0) {
			return channel;
		}
		this.redis.channels().async().unsubscribe(name);
		return null;
	}

	@Override
	public void message(String name, byte[] message) {
		emit(name, message);
	}

	@Override
	public void subscribed(String name, long count) {
		emit(name, SUBSCRIBED);
	}

	private void emit(String name, byte[] message) {
		Channel channel = this.open.get(name);
		if (channel != null) {
			channel.messages.emitNext(message, Sinks.EmitFailureHandler.busyLooping(RedisLink.TIMEOUT));
		}
	}

	/** A channel and the number of its listeners. */
	private static final class Channel {

		private final Sinks.Many<byte[]> messages = Sinks.many().multicast().directBestEffort();

		private int listeners;

	}

}
