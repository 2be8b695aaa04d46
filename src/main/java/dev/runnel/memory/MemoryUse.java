package dev.runnel.memory;

/**
 * What memory is used for. Where there is no room, what may go goes in this order.
 */
public enum MemoryUse {

	/** Streams that have ended and can still be read; may go. */
	ENDED_STREAMS("ended streams"),

	/** Temporary chats; may go. */
	TEMPORARY_CHATS("temporary chats"),

	/** Streams that run. */
	RUNNING_STREAMS("running streams"),

	/** Answers that the database does not have yet. */
	UNSTORED_ANSWERS("answers not stored yet"),

	/** Bodies of requests that have not arrived as a whole. */
	BODIES("bodies that arrive"),

	/** Files that are being imported. */
	IMPORTS("imports");

	private final String label;

	MemoryUse(String label) {
		this.label = label;
	}

	@Override
	public String toString() {
		return this.label;
	}

}
