package dev.runnel.chat;

import java.util.Locale;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.Turn;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.Usage;
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

	/**
	 * All that the log of the server should know, in one line: nothing of the text.
	 */
	@Override
	public String toString() {
		Usage usage = this.answer.usage();
		return "ended %s: model=%s source=%s tokens=%s firstToken=%s total=%s why=%s".formatted(
				this.answer.state().name().toLowerCase(Locale.ROOT), this.answer.model(),
				this.answer.source().wireName(), (usage != null) ? usage.completionTokens() : null,
				this.answer.firstToken(), this.answer.total(), why());
	}

	private @Nullable String why() {
		if (this.failure != null) {
			return this.failure.code();
		}
		FinishReason reason = this.answer.finishReason();
		return (reason != null) ? reason.wireName() : null;
	}

}
