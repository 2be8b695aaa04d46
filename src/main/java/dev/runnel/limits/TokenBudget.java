package dev.runnel.limits;

import java.time.Duration;
import java.util.stream.LongStream;

import dev.runnel.web.Reason;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConfigurationBuilder;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The tokens that the servers may use per minute and per day. An estimate is taken before
 * the model is asked, and corrected when the real number is known.
 */
final class TokenBudget {

	private final Refusals refusals;

	/** Null if the number of tokens is unlimited. */
	private final @Nullable RateBucket bucket;

	/** The capacity of the smaller limit. A larger estimate could never be satisfied. */
	private final long most;

	TokenBudget(LimitsSettings settings, Rates rates, Refusals refusals) {
		this.refusals = refusals;
		ConfigurationBuilder limits = BucketConfiguration.builder();
		long minute = settings.tokensPerMinute();
		if (minute > 0) {
			limits.addLimit((limit) -> limit.capacity(minute).refillGreedy(minute, Duration.ofMinutes(1)));
		}
		long day = settings.tokensPerDay();
		if (day > 0) {
			limits.addLimit((limit) -> limit.capacity(day).refillIntervally(day, Duration.ofDays(1)));
		}
		this.most = LongStream.of(minute, day).filter((limit) -> limit > 0).min().orElse(0);
		this.bucket = (this.most > 0) ? rates.bucket("tokens:" + minute + ':' + day, limits.build()) : null;
	}

	/**
	 * Takes tokens.
	 * @param estimate how many tokens may be needed; 0 for an answer that costs nothing
	 * @return the tokens; an error of {@link dev.runnel.web.ProblemException} if too few
	 * are left
	 */
	Mono<Allowance> take(long estimate) {
		return (this.bucket != null && estimate > 0) ? take(this.bucket, Math.min(estimate, this.most))
				: Mono.just(new CountedAllowance(this, estimate, (more) -> {
				}));
	}

	private Mono<Allowance> take(RateBucket bucket, long tokens) {
		return bucket.take(tokens)
			.flatMap((taken) -> taken.probe().isConsumed()
					? Mono.just(new CountedAllowance(this, tokens, taken.correction()))
					: Mono.error(() -> this.refusals.refuse(Reason.TOO_MANY_TOKENS, "tokens from all together",
							taken.probe().getNanosToWaitForRefill())));
	}

}
