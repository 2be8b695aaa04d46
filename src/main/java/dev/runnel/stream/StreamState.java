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
	FAILED("failed"),

	/** This server writes no more events, but another one will. */
	HANDED_OVER("running");

	private final String wireName;

	StreamState(String wireName) {
		this.wireName = wireName;
	}

	/**
	 * Whether the stream has its last event.
	 * @return false if more events come, here or on another server
	 */
	public boolean hasEnded() {
		return this != RUNNING && this != HANDED_OVER;
	}

	/**
	 * The name that clients see.
	 * @return the name in the wire contract
	 */
	public String wireName() {
		return this.wireName;
	}

}
