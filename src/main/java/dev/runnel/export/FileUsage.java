package dev.runnel.export;

import java.math.BigDecimal;

import dev.runnel.upstream.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What an answer took, as a JSON file says it. Any number can be read, so that one that
 * cannot be true does not cost the conversation.
 *
 * @param promptTokens tokens read
 * @param completionTokens tokens written, reasoning included
 * @param reasoningTokens tokens of reasoning among those written
 * @param cachedTokens tokens among those read that came from a cache
 * @param cost the price in US dollars
 */
public record FileUsage(@Nullable BigDecimal promptTokens, @Nullable BigDecimal completionTokens,
		@Nullable BigDecimal reasoningTokens, @Nullable BigDecimal cachedTokens, @Nullable BigDecimal cost) {

	static @Nullable FileUsage of(@Nullable Usage usage) {
		return (usage != null) ? new FileUsage(number(usage.promptTokens()), number(usage.completionTokens()),
				number(usage.reasoningTokens()), number(usage.cachedTokens()), usage.cost()) : null;
	}

	private static @Nullable BigDecimal number(@Nullable Long tokens) {
		return (tokens != null) ? BigDecimal.valueOf(tokens) : null;
	}

	/**
	 * What can be true of it.
	 * @return the usage, with null for what cannot be
	 */
	public Usage toUsage() {
		return new Usage(tokens(this.promptTokens), tokens(this.completionTokens), tokens(this.reasoningTokens),
				tokens(this.cachedTokens), this.cost)
			.possible();
	}

	/**
	 * Compared first: written out, a number such as 1e999999999 would fill the memory.
	 */
	private static @Nullable Long tokens(@Nullable BigDecimal number) {
		if (number == null || number.signum() < 0 || number.compareTo(Usage.MOST_TOKENS) > 0) {
			return null;
		}
		BigDecimal plain = number.stripTrailingZeros();
		return (plain.scale() <= 0) ? plain.longValueExact() : null;
	}

}
