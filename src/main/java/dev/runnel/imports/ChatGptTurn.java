package dev.runnel.imports;

import dev.runnel.conversation.AnswerState;
import dev.runnel.upstream.FinishReason;
import org.jspecify.annotations.Nullable;

/**
 * The part of a ChatGPT message that the reader of the conversation saw.
 *
 * @param isUser whether the reader wrote the message
 * @param text Markdown, cleaned for storage; empty if there is only reasoning
 * @param reasoning the reasoning of the model, cleaned for storage
 * @param createTime seconds since the epoch; null if unknown
 * @param model the model that answered; null if unknown
 * @param state how an answer ended
 * @param finishReason why an answer ended; null if unknown
 */
record ChatGptTurn(boolean isUser, String text, String reasoning, @Nullable Double createTime, @Nullable String model,
		AnswerState state, @Nullable FinishReason finishReason) {

	/**
	 * Returns the length of text and reasoning together.
	 * @return the length, in UTF-16 units
	 */
	long length() {
		return (long) this.text.length() + this.reasoning.length();
	}

}
