package dev.runnel.upstream;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One question to a language model, with all that it needs to know.
 *
 * @param model the id of the model to ask; null for the configured default
 * @param messages the conversation so far, oldest first, ending with the question
 * @param sampling how to sample
 * @param user a hash that stands for the visitor, stable and not to be traced back
 * @param session an id that keeps a conversation with one provider
 */
public record Prompt(@Nullable String model, List<Message> messages, Sampling sampling, @Nullable String user,
		@Nullable String session) {

	public Prompt {
		if (messages.isEmpty()) {
			throw new IllegalArgumentException("a prompt needs at least one message");
		}
		messages = List.copyOf(messages);
	}

	/**
	 * What was asked last.
	 * @return the text of the last message
	 */
	public String question() {
		return this.messages.get(this.messages.size() - 1).content();
	}

	/**
	 * One message of the conversation.
	 *
	 * @param role who speaks
	 * @param content Markdown
	 */
	public record Message(Role role, String content) {
	}

	/**
	 * How to sample. A null leaves the choice to the model.
	 *
	 * @param temperature 0 to 2
	 * @param topP above 0, at most 1
	 * @param maxTokens the most tokens to write
	 * @param reasoningEffort how hard to think
	 */
	public record Sampling(@Nullable Double temperature, @Nullable Double topP, @Nullable Integer maxTokens,
			@Nullable ReasoningEffort reasoningEffort) {

		/** Leaves every choice to the model. */
		public static final Sampling DEFAULT = new Sampling(null, null, null, null);

	}

}
