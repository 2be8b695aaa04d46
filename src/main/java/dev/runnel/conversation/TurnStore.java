package dev.runnel.conversation;

import dev.runnel.web.Visitor;
import reactor.core.publisher.Mono;

/**
 * Where conversations are kept while they go on.
 */
public interface TurnStore {

	/**
	 * Keeps a question and makes room for its answer, before any model is asked. The new
	 * answer becomes the end of the conversation's current branch.
	 * <p>
	 * Where the question's parent is a question itself, it is asked again: the same text
	 * gets one more answer, another text takes that question's place as its sibling.
	 * @param visitor who asks
	 * @param question what is asked, and where in which conversation
	 * @param planner decides who answers, and how much of the earlier messages to give
	 * back
	 * @return the turn; an error of {@link dev.runnel.web.ProblemException} if the
	 * conversation or the parent is not the visitor's, a bound is reached, or the
	 * question cannot be kept now (status 503)
	 */
	Mono<Turn> begin(Visitor visitor, Question question, TurnPlanner planner);

	/**
	 * Goes on with an answer that was stopped, broke off or reached the length limit.
	 * @param visitor who asks
	 * @param answer which answer
	 * @param planner decides who answers, and how much of the earlier messages to give
	 * back
	 * @return the turn, with what is written; the errors of {@link #begin}, and a problem
	 * ({@code invalid_request}) for an answer that is whole or being written
	 */
	Mono<Turn> resume(Visitor visitor, MessageId answer, TurnPlanner planner);

	/**
	 * Keeps what an answer grew by, and who writes it where that has changed. What cannot
	 * be stored now is held in memory, within bounds, and stored when it can be.
	 * @param turn the turn that {@link #begin} or {@link #resume} gave
	 * @param part what came since the last part
	 * @return completes when it is stored
	 */
	Mono<Void> append(Turn turn, AnswerDelta part);

	/**
	 * Keeps an answer that has ended. What cannot be stored now is held in memory, within
	 * bounds, and stored when it can be.
	 * @param turn the turn that {@link #begin} or {@link #resume} gave
	 * @param answer all that is known of the answer, its whole text included
	 * @return completes when it is stored
	 */
	Mono<Void> end(Turn turn, Answer answer);

}
