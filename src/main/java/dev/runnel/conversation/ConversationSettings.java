package dev.runnel.conversation;

import dev.runnel.upstream.ReasoningEffort;
import org.jspecify.annotations.Nullable;

/**
 * The settings for the questions of a conversation. A request can override them. A null
 * component leaves the choice to the server.
 *
 * @param model the id of the model
 * @param system the system instructions
 * @param temperature the sampling temperature, 0 to 2
 * @param topP the share of the distribution to sample from, above 0 and at most 1
 * @param maxTokens the maximum number of tokens of an answer
 * @param reasoningEffort how much the model reasons
 * @param webSearch whether the model may search the web, if its service offers that
 */
public record ConversationSettings(@Nullable String model, @Nullable String system, @Nullable Double temperature,
		@Nullable Double topP, @Nullable Integer maxTokens, @Nullable ReasoningEffort reasoningEffort,
		@Nullable Boolean webSearch) {

	/** Settings that leave every choice to the server. */
	public static final ConversationSettings NONE = new ConversationSettings(null, null, null, null, null, null,
			null);

}
