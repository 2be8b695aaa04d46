package dev.runnel.conversation;

/**
 * The state of an answer.
 */
public enum AnswerState {

	/** The answer is being written. */
	STREAMING,
	/** The answer is complete. */
	COMPLETE,
	/** The visitor stopped the answer. */
	STOPPED,
	/**
	 * The answer broke off: upstream, the server or the last reader went away, or memory
	 * ran out.
	 */
	INTERRUPTED,
	/** The answer failed without any output. */
	FAILED

}
