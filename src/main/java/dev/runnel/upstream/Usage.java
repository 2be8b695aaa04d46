package dev.runnel.upstream;

import java.math.BigDecimal;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The tokens and the cost of an answer. A part is null if the model did not report it.
 *
 * @param promptTokens tokens read
 * @param completionTokens tokens written, reasoning included
 * @param reasoningTokens tokens of reasoning among those written
 * @param cachedTokens tokens among those read that came from a cache
 * @param cost the price in US dollars
 */
public record Usage(@Nullable Long promptTokens, @Nullable Long completionTokens, @Nullable Long reasoningTokens,
		@Nullable Long cachedTokens, @Nullable BigDecimal cost) {

	/** The largest token count that can be true. */
	public static final BigDecimal MAX_TOKENS = BigDecimal.valueOf(1_000_000_000_000L);

	private static final BigDecimal MAX_COST = BigDecimal.valueOf(1_000_000);

	private static final int MAX_DIGITS = 40;

	/**
	 * Drops values that cannot be true (negative, absurdly large): upstream may send
	 * anything.
	 * @return the same usage, with null for each negative or absurdly large number and
	 * for a price with absurdly many digits
	 */
	public Usage plausible() {
		return new Usage(possible(this.promptTokens), possible(this.completionTokens), possible(this.reasoningTokens),
				possible(this.cachedTokens), possible(this.cost));
	}

	private static @Nullable Long possible(@Nullable Long tokens) {
		return Optional.ofNullable(tokens).filter((n) -> n >= 0 && n <= MAX_TOKENS.longValue()).orElse(null);
	}

	/**
	 * Checks the digits too: a number such as 1e-999999999, written out, would fill the
	 * memory.
	 */
	private static @Nullable BigDecimal possible(@Nullable BigDecimal cost) {
		return Optional.ofNullable(cost)
			.filter((money) -> Math.max(Math.abs(money.scale()), money.precision()) <= MAX_DIGITS)
			.filter((money) -> money.signum() >= 0 && money.compareTo(MAX_COST) <= 0)
			.orElse(null);
	}

	/**
	 * Returns whether it says anything about what an exchange costs.
	 * @return true if so
	 */
	public boolean isKnown() {
		return this.promptTokens != null || this.completionTokens != null || this.cost != null;
	}

	/**
	 * Adds the usage of two exchanges. A part that neither reported stays null.
	 * @param other the usage to add
	 * @return the sums
	 */
	public Usage plus(Usage other) {
		return new Usage(sum(this.promptTokens, other.promptTokens), sum(this.completionTokens, other.completionTokens),
				sum(this.reasoningTokens, other.reasoningTokens), sum(this.cachedTokens, other.cachedTokens),
				sum(this.cost, other.cost));
	}

	private static @Nullable Long sum(@Nullable Long a, @Nullable Long b) {
		if (a == null) {
			return b;
		}
		return (b != null) ? Long.valueOf(a + b) : a;
	}

	private static @Nullable BigDecimal sum(@Nullable BigDecimal a, @Nullable BigDecimal b) {
		if (a == null) {
			return b;
		}
		return (b != null) ? a.add(b) : a;
	}

}
