package dev.runnel.conversation;

import dev.runnel.web.Visitor;
import reactor.core.publisher.Mono;

/**
 * Where conversations are kept.
 */
public interface Conversations {

	/**
	 * Keeps a question and makes room for its answer, before any model is asked.
	 * @param visitor who asks
	 * @param question what is asked, and where in which conversation
	 * @param contextChars the most characters of earlier messages to give back
	 * @return the turn; an error of {@link dev.runnel.web.ProblemException} if the
	 * conversation or the parent is not the visitor's
	 */
	Mono<Turn> begin(Visitor visitor, Question question, int contextChars);

	/**
	 * Keeps how far an answer has come. The last call wins; a state other than
	 * {@link AnswerState#STREAMING} is final.
	 * @param turn the turn that {@link #begin} gave
	 * @param answer all that is known of the answer so far
	 * @return completes when it is kept
	 */
	Mono<Void> save(Turn turn, Answer answer);

}
