package dev.runnel.limits;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.runnel.web.ClientAddress;
import dev.runnel.web.Visitor;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import org.jspecify.annotations.Nullable;

/**
 * Counts requests in token buckets: one for each address and visitor that asked lately,
 * and one for all together.
 */
final class Requests {

	/**
	 * About 5 MB of heap. Whoever has more addresses than this meets the limits of all
	 * together, which are never forgotten.
	 */
	private static final int MOST = 10_000;

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
		// Nobody who asked nothing for so long has an emptier bucket than a new one.
		this.own = Caffeine.newBuilder()
			.ticker(clock::currentTimeNanos)
			.executor(Runnable::run)
			.maximumSize(MOST)
			.expireAfterAccess(REFILL)
			.build();
		for (RequestKind kind : RequestKind.values()) {
			this.inAll.put(kind, bucket(kind.inAll(settings)));
		}
	}

	/**
	 * Counts a request by where it comes from.
	 * @param kind what it is
	 * @param address where it comes from
	 * @throws dev.runnel.web.ProblemException if it is one too many
	 */
	void countByAddress(RequestKind kind, ClientAddress address) {
		take(own(new Key(kind, address.network()), kind.perAddress(this.settings)), kind.noun() + " from one address");
	}

	/**
	 * Counts a question by who asks.
	 * @param visitor who asks
	 * @throws dev.runnel.web.ProblemException if it is one too many
	 */
	void countByVisitor(Visitor visitor) {
		RequestKind question = RequestKind.QUESTION;
		take(own(new Key(null, visitor.id()), this.settings.questionsPerVisitor()),
				question.noun() + " from one visitor");
	}

	/**
	 * Counts a request together with all others.
	 * @param kind what it is
	 * @throws dev.runnel.web.ProblemException if it is one too many
	 */
	void countInAll(RequestKind kind) {
		take(Objects.requireNonNull(this.inAll.get(kind)), kind.noun() + " from all together");
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

	private void take(Bucket bucket, String limit) {
		ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
		if (!probe.isConsumed()) {
			throw this.refusals.refuse(limit, probe.getNanosToWaitForRefill());
		}
	}

	/** The kind is null for visitors, of whom questions only are counted. */
	private record Key(@Nullable RequestKind kind, String who) {
	}

}
