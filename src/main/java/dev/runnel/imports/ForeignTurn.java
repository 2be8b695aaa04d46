package dev.runnel.imports;

import java.time.Instant;
import java.util.List;

import dev.runnel.conversation.AnswerState;
import dev.runnel.upstream.Citation;
import dev.runnel.upstream.FinishReason;
import org.jspecify.annotations.Nullable;

/**
 * The part of a foreign message that was visible in the other program.
 *
 * @param isUser whether the reader wrote the message
 * @param text Markdown, cleaned for storage; empty if there is only reasoning
 * @param reasoning the reasoning of the model, cleaned for storage
 * @param createdAt the start time; null if unknown
 * @param model the model that answered; null if unknown
 * @param state how an answer ended
 * @param finishReason why an answer ended; null if unknown
 * @param citations the pages that an answer cites
 */
record ForeignTurn(boolean isUser, String text, String reasoning, @Nullable Instant createdAt, @Nullable String model,
		AnswerState state, @Nullable FinishReason finishReason, List<Citation> citations) {

	/**
	 * Returns the length of text and reasoning together.
	 * @return the length, in UTF-16 units
	 */
	long length() {
		return (long) this.text.length() + this.reasoning.length();
	}

}
