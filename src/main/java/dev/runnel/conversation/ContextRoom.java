package dev.runnel.conversation;

/**
 * How much of a conversation may go upstream with its next question.
 */
@FunctionalInterface
public interface ContextRoom {

	/**
	 * The room for earlier messages.
	 * @param settings how the conversation's questions are asked
	 * @param asked the length of the question, and of what is written of its answer, in
	 * UTF-16 units
	 * @return UTF-16 units, at least 0
	 */
	int chars(ConversationSettings settings, int asked);

}
