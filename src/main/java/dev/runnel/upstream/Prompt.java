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
 * @param continues true if an answer is to go on, which is then the last message but one
 * and followed by the request to go on
 */
public record Prompt(@Nullable String model, List<Message> messages, Sampling sampling, @Nullable String user,
		@Nullable String session, boolean continues) {

	/** What is asked, what was written of the answer, and that it should go on. */
	private static final int CONTINUED = 3;

	public Prompt {
		if (messages.isEmpty()) {
			throw new IllegalArgumentException("a prompt needs at least one message");
		}
		if (continues && messages.size() < CONTINUED) {
			throw new IllegalArgumentException("an answer that goes on follows a question");
		}
		messages = List.copyOf(messages);
	}

	/** A prompt for a new answer. */
	public Prompt(@Nullable String model, List<Message> messages, Sampling sampling, @Nullable String user,
			@Nullable String session) {
		this(model, messages, sampling, user, session, false);
	}

	/**
	 * What was asked last.
	 * @return the text of the question
	 */
	public String question() {
		return this.messages.get(this.messages.size() - (this.continues ? CONTINUED : 1)).content();
	}

	/**
	 * What is there already of the answer.
	 * @return the text; empty for a new answer
	 */
	public String written() {
		return this.continues ? this.messages.get(this.messages.size() - 2).content() : "";
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
	}

}
