package dev.runnel.conversation;

/**
 * How an answer stands.
 */
public enum AnswerState {

	/** It is being written. */
	STREAMING,
	/** It came to its end. */
	COMPLETE,
	/** The visitor stopped it. */
	STOPPED,
	/** It broke off: upstream, the server or the last reader went away. */
	INTERRUPTED,
	/** Nothing came of it. */
	FAILED

}
