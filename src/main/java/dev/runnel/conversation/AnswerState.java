package dev.runnel.conversation;

import java.util.Locale;

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
	FAILED;

	/**
	 * Returns the name that clients see.
	 * @return the name in the wire contract
	 */
	public String wireName() {
		return name().toLowerCase(Locale.ROOT);
	}

}
