package dev.runnel.upstream;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * What an answer took. Each part is null where the model did not tell it.
 *
 * @param promptTokens tokens read
 * @param completionTokens tokens written, reasoning included
 * @param reasoningTokens tokens of reasoning among those written
 * @param cachedTokens tokens among those read that came from a cache
 * @param cost the price in US dollars
 */
public record Usage(@Nullable Long promptTokens, @Nullable Long completionTokens, @Nullable Long reasoningTokens,
		@Nullable Long cachedTokens, @Nullable BigDecimal cost) {

	/** More than any answer can take. */
	public static final BigDecimal MOST_TOKENS = BigDecimal.valueOf(1_000_000_000_000L);

	private static final BigDecimal MOST_COST = BigDecimal.valueOf(1_000_000);

	private static final int MOST_DIGITS = 40;

	/**
	 * What can be true of it: who sends numbers may send any.
	 * @return the same, with null for what is negative or absurdly large, or a price of
	 * absurdly many digits
	 */
	public Usage possible() {
		return new Usage(possible(this.promptTokens), possible(this.completionTokens), possible(this.reasoningTokens),
				possible(this.cachedTokens), possible(this.cost));
	}

	private static @Nullable Long possible(@Nullable Long tokens) {
		return (tokens != null && tokens >= 0 && tokens <= MOST_TOKENS.longValue()) ? tokens : null;
	}

	/** Written out, a number such as 1e-999999999 would fill the memory. */
	private static @Nullable BigDecimal possible(@Nullable BigDecimal cost) {
		boolean possible = cost != null && cost.signum() >= 0 && cost.compareTo(MOST_COST) <= 0
				&& Math.abs(cost.scale()) <= MOST_DIGITS && cost.precision() <= MOST_DIGITS;
		return possible ? cost : null;
	}

	/**
	 * What two exchanges took together. A part that neither told stays null.
	 * @param other the other one
	 * @return the sums
	 */
	public Usage plus(Usage other) {
		return new Usage(sum(this.promptTokens, other.promptTokens), sum(this.completionTokens, other.completionTokens),
				sum(this.reasoningTokens, other.reasoningTokens), sum(this.cachedTokens, other.cachedTokens),
				sum(this.cost, other.cost));
	}

	private static @Nullable Long sum(@Nullable Long a, @Nullable Long b) {
		return (a != null && b != null) ? Long.valueOf(a + b) : (a != null) ? a : b;
	}

	private static @Nullable BigDecimal sum(@Nullable BigDecimal a, @Nullable BigDecimal b) {
		return (a != null && b != null) ? a.add(b) : (a != null) ? a : b;
	}

}
