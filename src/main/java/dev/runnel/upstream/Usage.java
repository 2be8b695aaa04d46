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
