package dev.runnel.stream.redis;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;

import dev.runnel.stream.StreamBound;
import dev.runnel.stream.StreamSettings;
import dev.runnel.web.Caller;
import io.lettuce.core.Range;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.async.RedisAsyncCommands;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Counts the running streams of all servers. A place expires unless its server renews it,
 * so the places of a server that dies become free. While Redis is away, each server
 * counts only its own streams, and then brings Redis up to date.
 */
final class SharedPlaces {

	private static final Logger log = LoggerFactory.getLogger(SharedPlaces.class);

	private static final Duration LEASE = Duration.ofSeconds(30);

	private static final Duration CHECK = Duration.ofSeconds(1);

	/** The number of checks between two renewals, three in the time of a lease. */
	private static final long RENEWAL = LEASE.dividedBy(CHECK) / 3;

	private final RedisLink redis;

	private final String node;

	private final StreamSettings settings;

	private final Set<Place> taken = ConcurrentHashMap.newKeySet();

	/** When places were left that Redis may still have, by {@link System#nanoTime}. */
	private final Map<Place, Long> left = new ConcurrentHashMap<>();

	/** Whether Redis lacks something. */
	private volatile boolean behind;

	SharedPlaces(RedisLink redis, UUID node, StreamSettings settings) {
		this.redis = redis;
		this.node = Keys.places(node);
		this.settings = settings;
	}

	/**
	 * Renews all places of this server until it is disposed of. After a failure it tries
	 * again with the next check.
	 */
	Disposable start() {
		return Flux.interval(CHECK)
			.onBackpressureDrop()
			.filter((tick) -> this.behind || tick % RENEWAL == 0)
			.concatMap((tick) -> update(), 0)
			.subscribe((done) -> {
			}, (ex) -> log.error("The running streams are no longer counted in Redis", ex));
	}

	private Mono<Void> update() {
		return Mono.fromRunnable(() -> this.behind = false)
			.thenMany(Flux.fromIterable(this.taken).flatMap((place) -> renew(place), 16))
			.then(Mono.fromRunnable(this::forgetLapsed))
			.thenMany(Flux.fromIterable(this.left.keySet()).flatMap((place) -> free(place), 16))
			.then()
			.onErrorResume(RedisException.class, this::failed);
	}

	/**
	 * Redis has dropped a place whose lease has ended, so an outage keeps few of them.
	 */
	private void forgetLapsed() {
		long now = System.nanoTime();
		this.left.values().removeIf((since) -> now - since > LEASE.toNanos());
	}

	private Mono<Void> failed(Throwable ex) {
		return Mono.fromRunnable(() -> this.behind = true);
	}

	/**
	 * Takes a place. Two callers who take the last one at the same time may both be
	 * refused.
	 * @param caller the sender of the request
	 * @return the place; an error of {@link dev.runnel.web.ProblemException}
	 * ({@code rate_limited}) if a limit is reached
	 */
	Mono<Place> enter(Caller caller) {
		return Mono.defer(() -> {
			Place place = new Place(UUID.randomUUID(), StreamBound.of(caller, this.settings));
			this.taken.add(place);
			list(place);
			return Flux.fromIterable(place.bounds())
				.concatMap((bound) -> take(place, bound))
				.then()
				.timeout(RedisLink.MAX_WAIT)
				.onErrorResume(TimeoutException.class, this::failed)
				.onErrorResume(RedisException.class, this::failed)
				.then(Mono.just(place))
				.doOnError((ex) -> leave(place))
				.doOnCancel(() -> leave(place));
		});
	}

	/**
	 * A place that no limit counts.
	 * @return the place
	 */
	Place uncounted() {
		return new Place(UUID.randomUUID(), List.of());
	}

	/** Lets other servers free the place if this one dies. No reply is needed. */
	private void list(Place place) {
		RedisAsyncCommands<String, byte[]> commands = this.redis.commands();
		commands.sadd(this.node, place.line());
		commands.pexpire(this.node, LEASE.toMillis());
	}

	private Mono<Void> take(Place place, StreamBound bound) {
		return Mono.fromCompletionStage(() -> count(place, bound))
			.flatMap((count) -> (count > bound.most()) ? Mono.error(bound::reached) : Mono.empty());
	}

	/** Sends the commands together. Only the reply of the last one is needed. */
	private RedisFuture<Long> count(Place place, StreamBound bound) {
		RedisAsyncCommands<String, byte[]> commands = this.redis.commands();
		long now = System.currentTimeMillis();
		String key = Keys.places(bound.key());
		commands.zremrangebyscore(key, Range.create(0L, now));
		commands.zadd(key, now + LEASE.toMillis(), place.name());
		commands.pexpire(key, LEASE.toMillis());
		return commands.zcard(key);
	}

	/**
	 * Frees a place. Does nothing the second time.
	 * @param place the place
	 */
	void leave(Place place) {
		if (this.taken.remove(place)) {
			this.left.put(place, System.nanoTime());
			free(place).onErrorResume(RedisException.class, this::failed).subscribe((done) -> {
			}, (ex) -> log.error("A stream that has ended still counts for a while", ex));
		}
	}

	private Mono<Void> free(Place place) {
		return free(this.node, place.line()).then(Mono.fromRunnable(() -> this.left.remove(place)));
	}

	/**
	 * Frees the places of a server that is gone.
	 * @param lost the server
	 * @return completes when they are free
	 */
	Mono<Void> leaveAll(UUID lost) {
		String list = Keys.places(lost);
		return Mono.fromCompletionStage(() -> this.redis.commands().smembers(list))
			.flatMapIterable((places) -> places)
			.concatMap((line) -> free(list, line))
			.then();
	}

	private Mono<Void> free(String list, byte[] line) {
		String[] words = SharedKeys.text(line).split(" ");
		byte[] name = SharedKeys.bytes(words[0]);
		return Flux.fromArray(words)
			.skip(1)
			.flatMap((bound) -> Mono.fromCompletionStage(() -> this.redis.commands().zrem(Keys.places(bound), name)))
			.then(Mono.fromCompletionStage(() -> this.redis.commands().srem(list, line)))
			.then();
	}

	/**
	 * Renews a place, and adds it again if Redis has lost it. A place that is left
	 * meanwhile is freed once more.
	 */
	private Mono<Void> renew(Place place) {
		return Mono.fromRunnable(() -> list(place))
			.thenMany(Flux.fromIterable(place.bounds()).concatMap((bound) -> renew(place, bound)))
			.then(Mono.fromRunnable(() -> {
				if (!this.taken.contains(place)) {
					this.left.put(place, System.nanoTime());
					this.behind = true;
				}
			}));
	}

	private Mono<Boolean> renew(Place place, StreamBound bound) {
		String key = Keys.places(bound.key());
		return Mono.fromCompletionStage(() -> {
			RedisAsyncCommands<String, byte[]> commands = this.redis.commands();
			commands.zadd(key, System.currentTimeMillis() + LEASE.toMillis(), place.name());
			return commands.pexpire(key, LEASE.toMillis());
		});
	}

	/**
	 * A place for one stream.
	 *
	 * @param id its name in Redis
	 * @param bounds the limits that count it
	 */
	record Place(UUID id, List<StreamBound> bounds) {

		byte[] name() {
			return SharedKeys.bytes(this.id.toString());
		}

		/** The place and the keys of its limits, as its server lists it. */
		byte[] line() {
			return SharedKeys.bytes(this.bounds.stream()
				.map(StreamBound::key)
				.reduce(this.id.toString(), (line, key) -> line + ' ' + key));
		}

	}

}
