package dev.runnel.chat;

import java.util.List;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.Turn;
import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.UpstreamFailure;
import dev.runnel.upstream.Usage;
import org.jspecify.annotations.Nullable;

/**
 * How a turn ended.
 *
 * @param answer the answer at the end of the turn
 * @param pictures the pictures of the answer
 * @param failure why the turn failed; null if it did not fail
 * @param fallback why the mock took over; null if it did not
 * @param upstreamFailure what the model service did wrong at the end; null if it did not
 */
record Outcome(Answer answer, List<Attachment> pictures, @Nullable ChatFailure failure,
		@Nullable UpstreamFailure fallback, @Nullable UpstreamFailure upstreamFailure) {

	/**
	 * The response for a client that asked for the whole answer at once.
	 * @param turn the turn of the answer
	 * @param wantsHtml whether to render the answer
	 * @return the answer
	 * @throws dev.runnel.web.ProblemException if the turn failed
	 */
	ChatAnswer answerOrProblem(Turn turn, boolean wantsHtml) {
		if (this.failure != null) {
			throw this.failure.toProblem();
		}
		return ChatAnswer.of(turn, this.answer, this.pictures, wantsHtml);
	}

	/**
	 * One line for the server's log file, without any text of the answer.
	 */
	@Override
	public String toString() {
		Usage usage = this.answer.usage();
		return "ended %s: model=%s source=%s tokens=%s firstToken=%s total=%s reason=%s".formatted(
				this.answer.state().wireName(), this.answer.model(), this.answer.source().wireName(),
				(usage != null) ? usage.completionTokens() : null, this.answer.firstToken(), this.answer.total(),
				reason());
	}

	/**
	 * How the turn ended, in one word.
	 * @return the code of a failure, or the state of the answer
	 */
	String end() {
		return (this.failure != null) ? this.failure.code().code() : this.answer.state().wireName();
	}

	private @Nullable String reason() {
		if (this.failure != null) {
			return this.failure.code().code();
		}
		FinishReason finish = this.answer.finishReason();
		return (finish != null) ? finish.wireName() : null;
	}

}
