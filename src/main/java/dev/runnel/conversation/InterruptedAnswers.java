package dev.runnel.conversation;

import reactor.core.publisher.Mono;

/**
 * Ends answers whose server is gone.
 */
public interface InterruptedAnswers {

	/**
	 * Marks an answer as interrupted, with the text that readers have seen or with the
	 * stored text, whichever is longer. An answer that has ended stays as it is.
	 * @param conversation the conversation of the answer
	 * @param answer the answer
	 * @param shown the whole text that readers have seen
	 * @return completes when the answer has ended
	 */
	Mono<Void> interrupt(ConversationId conversation, MessageId answer, AnswerDelta shown);

}
