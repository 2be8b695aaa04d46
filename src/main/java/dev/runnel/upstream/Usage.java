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
}
