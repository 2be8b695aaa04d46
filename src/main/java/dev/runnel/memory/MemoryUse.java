package dev.runnel.memory;

/**
 * The kinds of work that take memory. Evictable kinds are evicted in this order.
 */
public enum MemoryUse {

	/** Streams that have ended and can still be read; evictable. */
	ENDED_STREAMS("ended streams"),

	/** Temporary chats; evictable. */
	TEMPORARY_CHATS("temporary chats"),

	/** Streams still running. */
	RUNNING_STREAMS("running streams"),

	/** Pictures of models that are not stored yet. */
	PICTURES("pictures"),

	/** Answers not stored in the database yet. */
	UNSTORED_ANSWERS("answers not stored yet"),

	/** Responses with stored conversations that are being sent. */
	RESPONSES("responses being sent"),

	/** Request bodies that have not arrived completely. */
	BODIES("request bodies"),

	/** Imports in progress. */
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
