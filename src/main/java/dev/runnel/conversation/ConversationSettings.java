package dev.runnel.conversation;

import dev.runnel.upstream.ReasoningEffort;
import org.jspecify.annotations.Nullable;

/**
 * How the questions of a conversation are asked where a request says nothing else. A null
 * leaves the choice to the server.
 *
 * @param model the id of the model to ask
 * @param system the instructions to follow
 * @param temperature how freely to sample, 0 to 2
 * @param topP how much of the distribution to sample from, above 0, at most 1
 * @param maxTokens the most tokens to write
 * @param reasoningEffort how hard to think
 */
public record ConversationSettings(@Nullable String model, @Nullable String system, @Nullable Double temperature,
		@Nullable Double topP, @Nullable Integer maxTokens, @Nullable ReasoningEffort reasoningEffort) {

	/** Leaves every choice to the server. */
	public static final ConversationSettings NONE = new ConversationSettings(null, null, null, null, null, null);

}
