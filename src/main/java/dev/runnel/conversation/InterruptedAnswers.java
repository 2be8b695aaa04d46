package dev.runnel.conversation;

import reactor.core.publisher.Mono;

/**
 * Ends answers whose server is gone.
 */
public interface InterruptedAnswers {

	/**
	 * Marks an answer as interrupted, with all text that is known of it: what readers
	 * have seen, or what is stored, whichever is more. An answer that has ended is left
	 * as it is.
	 * @param conversation the conversation of the answer
	 * @param answer the answer
	 * @param shown the whole text that readers have seen
	 * @return completes when the answer has ended
	 */
	Mono<Void> interrupt(ConversationId conversation, MessageId answer, AnswerDelta shown);

}
