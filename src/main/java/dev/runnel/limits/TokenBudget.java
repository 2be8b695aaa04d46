package dev.runnel.limits;

import java.time.Duration;
import java.util.stream.LongStream;

import dev.runnel.web.Reason;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.LocalBucketBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that the server may use per minute and per day. An estimate is taken before
 * the model is asked, and corrected when the real number is known.
 */
final class TokenBudget {

	private final Refusals refusals;

	/** Null if the number of tokens is unlimited. */
	private final @Nullable Bucket bucket;

	/** The capacity of the smaller limit. A larger estimate could never be satisfied. */
	private final long most;

	TokenBudget(LimitsSettings settings, TimeMeter clock, Refusals refusals) {
		this.refusals = refusals;
		LocalBucketBuilder builder = Bucket.builder().withCustomTimePrecision(clock);
		long minute = settings.tokensPerMinute();
		if (minute > 0) {
			builder.addLimit((limit) -> limit.capacity(minute).refillGreedy(minute, Duration.ofMinutes(1)));
		}
		long day = settings.tokensPerDay();
		if (day > 0) {
			builder.addLimit((limit) -> limit.capacity(day).refillIntervally(day, Duration.ofDays(1)));
		}
		this.most = LongStream.of(minute, day).filter((limit) -> limit > 0).min().orElse(0);
		this.bucket = (this.most > 0) ? builder.build() : null;
	}

	/**
	 * Takes tokens.
	 * @param estimate how many tokens may be needed
	 * @return the number of tokens taken
	 * @throws dev.runnel.web.ProblemException if too few tokens are left
	 */
	long take(long estimate) {
		long tokens = Math.min(estimate, this.most);
		if (this.bucket != null && tokens > 0) {
			take(this.bucket, tokens);
		}
		return tokens;
	}

	private void take(Bucket bucket, long tokens) {
		ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(tokens);
		if (!probe.isConsumed()) {
			throw this.refusals.refuse(Reason.TOO_MANY_TOKENS, "tokens from all together",
					probe.getNanosToWaitForRefill());
		}
	}

	/**
	 * Corrects an estimate.
	 * @param taken the number of tokens taken
	 * @param tokens the real number of tokens
	 */
	void settle(long taken, long tokens) {
		if (this.bucket != null) {
			consume(this.bucket, tokens - taken);
		}
	}

	private static void consume(Bucket bucket, long more) {
		if (more > 0) {
			bucket.consumeIgnoringRateLimits(more);
		}
		else if (more < 0) {
			bucket.addTokens(-more);
		}
	}

}
