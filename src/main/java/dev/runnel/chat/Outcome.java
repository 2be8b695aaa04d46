package dev.runnel.chat;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.Turn;
import org.jspecify.annotations.Nullable;

/**
 * How a turn ended.
 *
 * @param answer all that is known of the answer
 * @param failure why it ended badly; null if it did not
 */
record Outcome(Answer answer, @Nullable ChatFailure failure) {

	/**
	 * The answer as one who asked for the whole of it gets it.
	 * @param turn the turn it belongs to
	 * @param wantsHtml whether to render it
	 * @return the answer
	 * @throws dev.runnel.web.ProblemException if the turn ended badly
	 */
	ChatAnswer answerOrProblem(Turn turn, boolean wantsHtml) {
		if (this.failure != null) {
			throw this.failure.toProblem();
		}
		return ChatAnswer.of(turn, this.answer, wantsHtml);
	}

}
