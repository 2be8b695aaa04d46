package dev.runnel.limits;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.runnel.web.ClientAddress;
import dev.runnel.web.Sha256;
import dev.runnel.web.Visitor;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import reactor.core.publisher.Mono;

/**
 * Counts requests in token buckets: one for each recent address, visitor and sign-in, and
 * one for all requests together.
 */
final class Requests {

	/**
	 * The most buckets of addresses and visitors, about 5 MB of heap. With more
	 * addresses, a client can get new buckets, but those in Redis and those for all are
	 * never dropped.
	 */
	private static final int MAX_BUCKETS = 10_000;

	private static final Duration REFILL = Duration.ofMinutes(1);

	private final LimitsSettings settings;

	private final Rates rates;

	private final Refusals refusals;

	private final Cache<String, RateBucket> own;

	private final Map<RequestKind, RateBucket> inAll = new EnumMap<>(RequestKind.class);

	Requests(LimitsSettings settings, Rates rates, TimeMeter clock, Refusals refusals) {
		this.settings = settings;
		this.rates = rates;
		this.refusals = refusals;
		// A bucket is full again after this time without requests, so it can be dropped.
		this.own = Caffeine.newBuilder()
			.ticker(clock::currentTimeNanos)
			.executor(Runnable::run)
			.maximumSize(MAX_BUCKETS)
			.expireAfterAccess(REFILL)
			.build();
		for (RequestKind kind : RequestKind.values()) {
			this.inAll.put(kind, bucket(kind + ":all", kind.inAll(settings)));
		}
	}

	/**
	 * Counts a request by its address.
	 * @param kind the kind of request
	 * @param network the network of the client, from {@link ClientAddress#network}
	 * @return completes when it is counted; an error of
	 * {@link dev.runnel.web.ProblemException} if the limit is exceeded
	 */
	Mono<Void> countByAddress(RequestKind kind, String network) {
		return take(own(kind + ":address:" + network, kind.perAddress(this.settings)), kind, " from one address");
	}

	/**
	 * Counts a question by its visitor.
	 * @param visitor the visitor
	 * @return completes when it is counted; an error of
	 * {@link dev.runnel.web.ProblemException} if the limit is exceeded
	 */
	Mono<Void> countByVisitor(Visitor visitor) {
		return take(own(RequestKind.QUESTION + ":visitor:" + visitor.id(), this.settings.questionsPerVisitor()),
				RequestKind.QUESTION, " from one visitor");
	}

	/**
	 * Counts a question by the session or the key that it came with.
	 * @param access the id of the session or of the key
	 * @return completes when it is counted; an error of
	 * {@link dev.runnel.web.ProblemException} if the limit is exceeded
	 */
	Mono<Void> countByAccess(UUID access) {
		return take(own(RequestKind.QUESTION + ":access:" + access, this.settings.questionsPerSignIn()),
				RequestKind.QUESTION, " from one sign-in or with one key");
	}

	/**
	 * Counts an attempt to sign in by the name that was tried. The bucket has its hash,
	 * because people type passwords into the field for the name.
	 * @param name the name in the form in which names are compared
	 * @return completes when it is counted; an error of
	 * {@link dev.runnel.web.ProblemException} if the limit is exceeded
	 */
	Mono<Void> countByName(String name) {
		String hash = HexFormat.of().formatHex(Sha256.of(name));
		return take(own(RequestKind.SIGN_IN + ":name:" + hash, this.settings.signInsPerAccount()), RequestKind.SIGN_IN,
				" for one account");
	}

	/**
	 * Counts a request in the shared limit.
	 * @param kind the kind of request
	 * @return completes when it is counted; an error of
	 * {@link dev.runnel.web.ProblemException} if the limit is exceeded
	 */
	Mono<Void> countShared(RequestKind kind) {
		return take(Objects.requireNonNull(this.inAll.get(kind)), kind, " from all together");
	}

	private RateBucket own(String name, int perMinute) {
		return this.own.get(name, (missing) -> bucket(name, perMinute));
	}

	private RateBucket bucket(String name, int perMinute) {
		return this.rates.bucket(name + ':' + perMinute,
				BucketConfiguration.builder()
					.addLimit((limit) -> limit.capacity(perMinute).refillGreedy(perMinute, REFILL))
					.build());
	}

	private Mono<Void> take(RateBucket bucket, RequestKind kind, String senders) {
		return bucket.take(1)
			.map(RateBucket.Taken::probe)
			.filter((probe) -> !probe.isConsumed())
			.flatMap((probe) -> Mono.error(
					() -> this.refusals.refuse(kind.reason(), kind.noun() + senders, probe.getNanosToWaitForRefill())));
	}

}
