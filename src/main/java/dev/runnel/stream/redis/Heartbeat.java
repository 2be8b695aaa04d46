package dev.runnel.stream.redis;

import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

import io.lettuce.core.SetArgs;
import io.lettuce.core.api.async.RedisAsyncCommands;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Gives signs of life to the other servers, and finds servers that give none.
 * <p>
 * A server that could not reach Redis a moment ago ends no streams of other servers,
 * because they may not have reached it either.
 */
final class Heartbeat {

	private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);

	/** The number of signs of life within the time after which a server is gone. */
	private static final int WITHIN_TIMEOUT = 4;

	private static final byte[] ALIVE = { '1' };

	/** The sign of life of a server that stops and takes over no streams. */
	private static final byte[] STOPPING = { '0' };

	private final RedisLink redis;

	private final UUID node;

	private final Duration timeout;

	private final CopyWriter writer;

	private final Function<UUID, Mono<Void>> lost;

	/** A thread of its own, so that other work does not delay the signs of life. */
	private final Scheduler timer = Schedulers.newSingle("redis-heartbeat", true);

	private final Steadiness steadiness;

	private volatile boolean away;

	private volatile boolean stopping;

	private volatile boolean left;

	/**
	 * Creates a heartbeat.
	 * @param redis the connections
	 * @param node the id of this server
	 * @param timeout the time after which a server without a sign of life is gone
	 * @param writer continues what Redis could not take
	 * @param lost ends the streams of a server that is gone
	 */
	Heartbeat(RedisLink redis, UUID node, Duration timeout, CopyWriter writer, Function<UUID, Mono<Void>> lost) {
		this.redis = redis;
		this.node = node;
		this.timeout = timeout;
		this.writer = writer;
		this.lost = lost;
		this.steadiness = new Steadiness(timeout, System::nanoTime);
	}

	/**
	 * Begins. Signs of life and the other work run independently of each other.
	 * @return stops the heartbeat
	 */
	Disposable start() {
		return Disposables.composite(regularly(this::tick), regularly(this::care), this.timer);
	}

	private Disposable regularly(Supplier<Mono<Void>> work) {
		return Flux.interval(Duration.ZERO, this.timeout.dividedBy(WITHIN_TIMEOUT), this.timer)
			.onBackpressureDrop()
			.concatMap((tick) -> work.get(), 0)
			.subscribe((done) -> {
			}, (ex) -> log.error("The heartbeat of this server has stopped", ex));
	}

	/** Whether Redis does not answer. */
	boolean isAway() {
		return this.away;
	}

	/**
	 * Takes this server out of the list.
	 * @return completes when Redis knows
	 */
	Mono<Void> leave() {
		this.left = true;
		return Mono.when(reply(commands().srem(Keys.NODES, name())), reply(commands().del(Keys.alive(this.node))));
	}

	/**
	 * Tells other servers that this one stops, and takes over no more streams.
	 * @return completes when Redis knows or does not answer
	 */
	Mono<Void> stopping() {
		this.stopping = true;
		return Mono.defer(this::tick).subscribeOn(this.timer);
	}

	/**
	 * Lets other servers miss this one now, so that they go on with its streams. The
	 * thread of the signs of life deletes the last one, so none follows.
	 * @return completes when Redis knows
	 */
	Mono<Void> fallSilent() {
		this.left = true;
		return Mono.defer(() -> reply(commands().del(Keys.alive(this.node)))).then().subscribeOn(this.timer);
	}

	/**
	 * Whether another server can take over the streams of this one, which it can only
	 * before this one falls silent; an error if Redis does not answer.
	 */
	Mono<Boolean> hasHeirs() {
		return this.left ? Mono.just(false) : others().filterWhen(this::takesOver).hasElements();
	}

	private Mono<Boolean> takesOver(UUID other) {
		return Mono.fromCompletionStage(() -> commands().get(Keys.alive(other)))
			.map((sign) -> Arrays.equals(sign, ALIVE));
	}

	private Flux<UUID> others() {
		return Mono.fromCompletionStage(() -> commands().smembers(Keys.NODES))
			.flatMapIterable((nodes) -> nodes)
			.map((name) -> UUID.fromString(SharedKeys.text(name)))
			.filter((other) -> !other.equals(this.node));
	}

	private Mono<Void> tick() {
		return this.left ? Mono.empty() : beat().doOnNext(this::beaten).then().onErrorResume(this::failed);
	}

	/** Resumes paused copies, and ends the streams of servers that are gone. */
	private Mono<Void> care() {
		if (this.away || this.left) {
			return Mono.empty();
		}
		return this.writer.resume()
			.then(Mono.defer(() -> !this.stopping && this.steadiness.mayJudge() ? endLost() : Mono.empty()))
			.onErrorResume((ex) -> {
				log.debug("Redis does not have everything yet", ex);
				return Mono.empty();
			});
	}

	/** Returns whether Redis did not know this server. */
	private Mono<Boolean> beat() {
		SetArgs expiry = new SetArgs().px(this.timeout.toMillis());
		return Mono.defer(() -> reply(commands().set(Keys.alive(this.node), this.stopping ? STOPPING : ALIVE, expiry)))
			.then(Mono.defer(() -> reply(commands().sadd(Keys.NODES, name()))))
			.map((added) -> added > 0);
	}

	private void beaten(boolean unknown) {
		this.steadiness.beaten(unknown);
		if (this.away || unknown) {
			this.writer.pauseAll();
		}
		if (this.away) {
			this.away = false;
			log.info("Redis answers again; streams can be read on all servers");
		}
	}

	private Mono<Void> failed(Throwable ex) {
		this.steadiness.failed();
		this.writer.dropEnded();
		if (!this.away) {
			this.away = true;
			log.warn("Redis does not answer, so streams can be read only on their own servers: {}",
					String.valueOf(ex.getMessage()));
		}
		return Mono.empty();
	}

	private Mono<Void> endLost() {
		return others()
			.concatMap((other) -> isGone(other).filter((gone) -> gone && this.steadiness.mayJudge())
				.flatMap((gone) -> this.lost.apply(other).onErrorResume((ex) -> notEnded(other, ex))))
			.then();
	}

	/**
	 * The work for another server may take long, so each one is looked for just before.
	 */
	private Mono<Boolean> isGone(UUID other) {
		return Mono.fromCompletionStage(() -> commands().exists(Keys.alive(other))).map((count) -> count == 0);
	}

	private static Mono<Void> notEnded(UUID other, Throwable ex) {
		log.warn("The streams of server {} could not all be ended and will be tried again: {}", other,
				String.valueOf(ex.getMessage()));
		return Mono.empty();
	}

	private byte[] name() {
		return SharedKeys.bytes(this.node.toString());
	}

	private RedisAsyncCommands<String, byte[]> commands() {
		return this.redis.commands();
	}

	private static <T> Mono<T> reply(CompletionStage<T> reply) {
		return Mono.fromCompletionStage(reply);
	}

}
