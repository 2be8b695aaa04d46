package dev.runnel.export;

import java.math.BigDecimal;

import dev.runnel.upstream.Usage;
import org.jspecify.annotations.Nullable;

/**
 * The usage of an answer in a JSON file. Each number is read whatever its size, so that
 * an impossible number does not prevent the import of the conversation.
 *
 * @param promptTokens tokens read
 * @param completionTokens tokens written, reasoning included
 * @param reasoningTokens the part of {@code completionTokens} used for reasoning
 * @param cachedTokens the part of {@code promptTokens} read from a cache
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
	 * Drops values that cannot be true, such as negative or absurdly large numbers.
	 * @return the usage, with null for each dropped value
	 */
	public Usage toUsage() {
		return new Usage(tokens(this.promptTokens), tokens(this.completionTokens), tokens(this.reasoningTokens),
				tokens(this.cachedTokens), this.cost)
			.plausible();
	}

	/**
	 * Compares before it converts: a number such as 1e999999999 would fill the memory
	 * when written out.
	 */
	private static @Nullable Long tokens(@Nullable BigDecimal number) {
		return (number != null && isCount(number)) ? number.longValueExact() : null;
	}

	private static boolean isCount(BigDecimal number) {
		return number.signum() >= 0 && number.compareTo(Usage.MAX_TOKENS) <= 0
				&& number.stripTrailingZeros().scale() <= 0;
	}

}
