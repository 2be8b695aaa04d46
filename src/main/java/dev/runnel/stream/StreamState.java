package dev.runnel.stream;

/**
 * How a stream stands.
 */
public enum StreamState {

	/** Events are still to come. */
	RUNNING("running"),

	/** The answer came to its end. */
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
