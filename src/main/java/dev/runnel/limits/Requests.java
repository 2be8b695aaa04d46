package dev.runnel.limits;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.runnel.web.ClientAddress;
import dev.runnel.web.Visitor;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import org.jspecify.annotations.Nullable;

/**
 * Counts requests in token buckets: one for each recent address, visitor and sign-in, and
 * one for all requests together.
 */
final class Requests {

	/**
	 * The most buckets of addresses and visitors, about 5 MB of heap. With more
	 * addresses, a client can get new buckets, but the shared buckets are never dropped.
	 */
	private static final int MAX_BUCKETS = 10_000;

	private static final Duration REFILL = Duration.ofMinutes(1);

	private final LimitsSettings settings;

	private final TimeMeter clock;

	private final Refusals refusals;

	private final Cache<Key, Bucket> own;

	private final Map<RequestKind, Bucket> inAll = new EnumMap<>(RequestKind.class);

	Requests(LimitsSettings settings, TimeMeter clock, Refusals refusals) {
		this.settings = settings;
		this.clock = clock;
		this.refusals = refusals;
		// A bucket is full again after this time without requests, so it can be dropped.
		this.own = Caffeine.newBuilder()
			.ticker(clock::currentTimeNanos)
			.executor(Runnable::run)
			.maximumSize(MAX_BUCKETS)
			.expireAfterAccess(REFILL)
			.build();
		for (RequestKind kind : RequestKind.values()) {
			this.inAll.put(kind, bucket(kind.inAll(settings)));
		}
	}

	/**
	 * Counts a request by its address.
	 * @param kind the kind of request
	 * @param network the network of the client, from {@link ClientAddress#network}
	 * @throws dev.runnel.web.ProblemException if the limit is exceeded
	 */
	void countByAddress(RequestKind kind, String network) {
		take(own(new Key(kind, network), kind.perAddress(this.settings)), kind, " from one address");
	}

	/**
	 * Counts a question by its visitor.
	 * @param visitor the visitor
	 * @throws dev.runnel.web.ProblemException if the limit is exceeded
	 */
	void countByVisitor(Visitor visitor) {
		take(own(new Key(null, visitor.id()), this.settings.questionsPerVisitor()), RequestKind.QUESTION,
				" from one visitor");
	}

	/**
	 * Counts a question by the session or the key that it came with.
	 * @param access the id of the session or of the key
	 * @throws dev.runnel.web.ProblemException if the limit is exceeded
	 */
	void countByAccess(UUID access) {
		take(own(new Key(null, "access " + access), this.settings.questionsPerSignIn()), RequestKind.QUESTION,
				" from one sign-in or with one key");
	}

	/**
	 * Counts an attempt to sign in by the name that was tried.
	 * @param name the name in the form in which names are compared
	 * @throws dev.runnel.web.ProblemException if the limit is exceeded
	 */
	void countByName(String name) {
		take(own(new Key(RequestKind.SIGN_IN, "name " + name), this.settings.signInsPerAccount()), RequestKind.SIGN_IN,
				" for one account");
	}

	/**
	 * Counts a request in the shared limit.
	 * @param kind the kind of request
	 * @throws dev.runnel.web.ProblemException if the limit is exceeded
	 */
	void countShared(RequestKind kind) {
		take(Objects.requireNonNull(this.inAll.get(kind)), kind, " from all together");
	}

	private Bucket own(Key key, int perMinute) {
		return this.own.get(key, (missing) -> bucket(perMinute));
	}

	private Bucket bucket(int perMinute) {
		return Bucket.builder()
			.withCustomTimePrecision(this.clock)
			.addLimit((limit) -> limit.capacity(perMinute).refillGreedy(perMinute, REFILL))
			.build();
	}

	private void take(Bucket bucket, RequestKind kind, String senders) {
		ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
		if (!probe.isConsumed()) {
			throw this.refusals.refuse(kind.reason(), kind.noun() + senders, probe.getNanosToWaitForRefill());
		}
	}

	/** The kind is null for visitors, because only their questions are counted. */
	private record Key(@Nullable RequestKind kind, String who) {
	}

}
