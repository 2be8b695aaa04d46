package dev.runnel.imports;

import dev.runnel.conversation.AnswerState;
import dev.runnel.upstream.FinishReason;
import org.jspecify.annotations.Nullable;

/**
 * What a message of ChatGPT's said to the person who looked at the conversation.
 *
 * @param isUser whether that person wrote it
 * @param text Markdown, harmless; empty where there are thoughts only
 * @param reasoning what a model thought, harmless
 * @param createTime seconds since the epoch; null if unknown
 * @param model who answered; null if unknown
 * @param state how an answer ended
 * @param finishReason why it ended; null if unknown
 */
record ChatGptTurn(boolean isUser, String text, String reasoning, @Nullable Double createTime, @Nullable String model,
		AnswerState state, @Nullable FinishReason finishReason) {

	/**
	 * How long it is.
	 * @return UTF-16 units
	 */
	long length() {
		return (long) this.text.length() + this.reasoning.length();
	}

}
