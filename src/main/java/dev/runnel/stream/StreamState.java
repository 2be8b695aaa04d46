package dev.runnel.stream;

/**
 * The state of a stream.
 */
public enum StreamState {

	/** More events will come. */
	RUNNING("running"),

	/** The answer is complete. */
	COMPLETED("completed"),

	/** The visitor stopped it. */
	STOPPED("stopped"),

	/** It ended with an error. */
	FAILED("failed");

	private final String wireName;

	StreamState(String wireName) {
		this.wireName = wireName;
	}

	/**
	 * The name that clients see.
	 * @return the name in the wire contract
	 */
	public String wireName() {
		return this.wireName;
	}

}
