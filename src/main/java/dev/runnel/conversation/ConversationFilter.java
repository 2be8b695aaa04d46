package dev.runnel.conversation;

/**
 * Selects the conversations of a list.
 */
public enum ConversationFilter {

	/** All conversations. */
	ALL,
	/** Only pinned conversations. */
	PINNED,
	/** Only conversations that are not pinned. */
	UNPINNED

}
