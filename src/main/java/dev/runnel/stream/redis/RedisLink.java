package dev.runnel.stream.redis;

import java.time.Duration;

import dev.runnel.web.ProblemException;
import dev.runnel.web.Reason;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.handler.flush.FlushConsolidationHandler;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The connections to Redis: one for writing batches, one for everything else, and one for
 * channels. Commands of all streams share them. Commands fail at once while Redis is
 * away, and after two seconds if it does not answer, so that nothing piles up.
 */
final class RedisLink implements AutoCloseable {

	/** After this time without a result a command has failed. */
	static final Duration TIMEOUT = Duration.ofSeconds(2);

	/**
	 * The longest time that a question waits for Redis. After it the answer goes on
	 * without Redis.
	 */
	static final Duration MAX_WAIT = Duration.ofMillis(500);

	/** The pause between two attempts to connect again. */
	private static final Duration RECONNECT = Duration.ofMillis(250);

	private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

	private final ClientResources resources;

	private final RedisClient client;

	private final StatefulRedisConnection<String, byte[]> commands;

	private final StatefulRedisConnection<String, byte[]> batches;

	private final StatefulRedisPubSubConnection<String, byte[]> channels;

	private RedisLink(ClientResources resources, RedisClient client) {
		this.resources = resources;
		this.client = client;
		this.commands = client.connect(CODEC);
		this.batches = client.connect(CODEC);
		this.batches.setAutoFlushCommands(false);
		this.channels = client.connectPubSub(CODEC);
	}

	/**
	 * Connects to Redis.
	 * @param url the address
	 * @return the connections
	 * @throws IllegalArgumentException if Redis cannot be reached; a server that is meant
	 * to share its streams does not start alone
	 */
	static RedisLink open(String url) {
		RedisURI uri = uri(url);
		ClientResources resources = ClientResources.builder()
			.ioThreadPoolSize(2)
			.computationThreadPoolSize(2)
			.reconnectDelay(Delay.constant(RECONNECT))
			.nettyCustomizer(new FewerFlushes())
			.build();
		RedisClient client = RedisClient.create(resources, uri);
		client.setOptions(ClientOptions.builder()
			.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
			.timeoutOptions(TimeoutOptions.enabled(TIMEOUT))
			.socketOptions(SocketOptions.builder().connectTimeout(TIMEOUT).build())
			.build());
		try {
			return new RedisLink(resources, client);
		}
		catch (RuntimeException ex) {
			client.close();
			resources.shutdown();
			throw new IllegalArgumentException("RUNNEL_REDIS_URL names a Redis that cannot be reached", ex);
		}
	}

	/**
	 * The cause is left out, because it repeats the address, which may have a password.
	 */
	private static RedisURI uri(String url) {
		try {
			return RedisURI.create(url);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"runnel.redis.url is not a valid address; characters such as @ in a password have to be"
							+ " percent-encoded");
		}
	}

	/** The commands that are sent at once. */
	RedisAsyncCommands<String, byte[]> commands() {
		return this.commands.async();
	}

	/** The commands that are sent by {@link #sendBatches}. */
	RedisAsyncCommands<String, byte[]> batches() {
		return this.batches.async();
	}

	void sendBatches() {
		this.batches.flushCommands();
	}

	StatefulRedisPubSubConnection<String, byte[]> channels() {
		return this.channels;
	}

	/**
	 * The newest batch of a log.
	 * @param key the key of the log
	 * @return the batch; empty if there is none
	 */
	Mono<Batch> newest(String key) {
		return Mono.fromCompletionStage(() -> commands().xrevrange(key, Range.unbounded(), Limit.from(1)))
			.flatMap((found) -> Mono.justOrEmpty(found.stream().findFirst()))
			.map((message) -> Batch.of(message.getBody()));
	}

	/**
	 * The problem for a visitor while Redis is away.
	 * @param ex the cause; unused, because it may name the address
	 * @return a problem with the status 503
	 */
	static ProblemException unreachable(Throwable ex) {
		return ProblemException.unavailable(Reason.SERVERS_AWAY, TIMEOUT);
	}

	/** Closes on another thread than an event loop of the client itself. */
	@Override
	public void close() {
		Mono.fromRunnable(() -> {
			this.client.close();
			this.resources.shutdown();
		}).subscribeOn(Schedulers.boundedElastic()).subscribe((done) -> {
		}, (ex) -> {
			// The process ends anyway.
		});
	}

	/**
	 * Sends commands together that come while others wait to be sent, such as the reads
	 * after a packet of messages. Each flush is a system call here and another one in
	 * Redis.
	 */
	private static final class FewerFlushes implements NettyCustomizer {

		@Override
		public void afterChannelInitialized(Channel channel) {
			channel.pipeline()
				.addFirst(new FlushConsolidationHandler(FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES,
						true));
		}

	}

}
