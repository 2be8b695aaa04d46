package dev.runnel.conversation;

import dev.runnel.upstream.Attachment;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Stores the turns of conversations while they are written.
 */
public interface TurnStore {

	/**
	 * Notes that a visitor is new, so that the size of its conversations need not be read
	 * before its first question.
	 * @param visitor a visitor whose id this server has just created
	 */
	void created(Visitor visitor);

	/**
	 * Stores a question and an empty answer, before any model is asked. The new answer
	 * becomes the end of the current branch.
	 * <p>
	 * If the parent of the question is itself a question, that question is asked again.
	 * The same text gets one more answer. Another text becomes a new version of the
	 * question.
	 * @param visitor the owner
	 * @param question the question, with its conversation and its parent
	 * @param planner decides the origin of the answer and the room for earlier messages
	 * @return the turn; an error of {@link dev.runnel.web.ProblemException} if the
	 * conversation or the parent does not belong to the visitor, if a limit is reached,
	 * or if the question cannot be stored now (status 503)
	 */
	Mono<Turn> begin(Visitor visitor, Question question, TurnPlanner planner);

	/**
	 * Continues an answer that was stopped, broke off or reached the length limit.
	 * @param visitor the owner
	 * @param answer the id of the answer
	 * @param planner decides the origin of the answer and the room for earlier messages
	 * @return the turn, with the answer so far; the errors of {@link #begin}, and a
	 * problem ({@code invalid_request}) if the answer cannot be continued
	 */
	Mono<Turn> resume(Visitor visitor, MessageId answer, TurnPlanner planner);

	/**
	 * Stores new text of an answer, and its origin if it has changed. If the database is
	 * unavailable, the text is held in memory within limits and stored later.
	 * @param turn the turn from {@link #begin} or {@link #resume}
	 * @param part the text since the last part
	 * @return completes when the part is stored; an error if the part is refused or will
	 * be stored later
	 */
	Mono<Void> append(Turn turn, AnswerDelta part);

	/**
	 * Adds a picture to an answer that is being written.
	 * @param turn the turn from {@link #begin} or {@link #resume}
	 * @param picture the stored picture, which the visitor owns
	 * @return completes when it is added; a problem if the answer is gone
	 */
	Mono<Void> attach(Turn turn, Attachment picture);

	/**
	 * Stores an answer that has ended and cost nothing.
	 * @param turn the turn from {@link #begin} or {@link #resume}
	 * @param answer the answer with its whole text
	 * @return completes when the answer is stored; an error if it will be stored later
	 */
	default Mono<Void> end(Turn turn, Answer answer) {
		return end(turn, answer, null);
	}

	/**
	 * Stores an answer that has ended, and its expense in the same transaction. If the
	 * database is unavailable, both are held in memory and stored later.
	 * @param turn the turn from {@link #begin} or {@link #resume}
	 * @param answer the answer with its whole text
	 * @param expense what this turn cost; null if it cost nothing
	 * @return completes when both are stored; an error if they will be stored later
	 */
	Mono<Void> end(Turn turn, Answer answer, @Nullable Expense expense);

}
