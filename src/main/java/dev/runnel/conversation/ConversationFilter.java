package dev.runnel.conversation;

/**
 * Which conversations to list.
 */
public enum ConversationFilter {

	/** All of them. */
	ALL,
	/** Those that are pinned. */
	PINNED,
	/** Those that are not. */
	UNPINNED

}
