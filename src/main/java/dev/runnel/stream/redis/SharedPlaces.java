package dev.runnel.stream.redis;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

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
 * counts only its own streams.
 */
final class SharedPlaces {

	private static final Logger log = LoggerFactory.getLogger(SharedPlaces.class);

	private static final Duration LEASE = Duration.ofSeconds(30);

	/** The longest time that a question waits for the counts. */
	private static final Duration PATIENCE = Duration.ofMillis(500);

	private final RedisLink redis;

	private final StreamSettings settings;

	private final Set<Place> taken = ConcurrentHashMap.newKeySet();

	SharedPlaces(RedisLink redis, StreamSettings settings) {
		this.redis = redis;
		this.settings = settings;
	}

	/** Renews all places of this server until it is disposed of. */
	Disposable start() {
		return Flux.interval(LEASE.dividedBy(3))
			.onBackpressureDrop()
			.concatMap((tick) -> renewAll().onErrorResume(RedisException.class, (ex) -> Mono.empty()), 0)
			.subscribe((done) -> {
			}, (ex) -> log.error("The running streams are no longer counted in Redis", ex));
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
			return Flux.fromIterable(place.bounds())
				.concatMap((bound) -> take(place, bound))
				.then()
				.timeout(PATIENCE, Mono.empty())
				.onErrorResume(RedisException.class, (ex) -> Mono.empty())
				.then(Mono.just(place))
				.doOnError((ex) -> leave(place))
				.doOnCancel(() -> leave(place));
		});
	}

	private Mono<Void> take(Place place, StreamBound bound) {
		return Mono.fromCompletionStage(() -> count(place, bound))
			.flatMap((count) -> (count > bound.most()) ? Mono.error(bound::reached) : Mono.empty());
	}

	/** Sends three commands together; the last one counts. */
	private RedisFuture<Long> count(Place place, StreamBound bound) {
		RedisAsyncCommands<String, byte[]> commands = this.redis.commands();
		long now = System.currentTimeMillis();
		String key = Keys.places(bound);
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
			place.bounds().forEach((bound) -> this.redis.commands().zrem(Keys.places(bound), place.name()));
		}
	}

	private Mono<Void> renewAll() {
		return Flux.fromIterable(this.taken)
			.filter(this.taken::contains)
			.flatMap((place) -> Flux.fromIterable(place.bounds()).concatMap((bound) -> renew(place, bound)), 16)
			.then();
	}

	/** Renews a place, and adds it again if Redis has lost it. */
	private Mono<Boolean> renew(Place place, StreamBound bound) {
		String key = Keys.places(bound);
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

	}

}
