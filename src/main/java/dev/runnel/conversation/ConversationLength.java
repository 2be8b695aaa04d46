package dev.runnel.conversation;

/**
 * How much text a conversation has: in characters, or in bytes in PostgreSQL, which knows
 * these without reading the text.
 *
 * @param page the most text that is in memory at once when its messages are read one
 * after another
 * @param total the text of all its messages
 */
public record ConversationLength(long page, long total) {

	/**
	 * The heap of a character that is being sent: its text, its HTML and the bytes of
	 * both. Usual messages take half of it.
	 */
	private static final int SENT_BYTES = 12;

	/** The heap of a character that is held. */
	private static final int HELD_BYTES = 2;

	/**
	 * The heap that sending the messages one after another takes.
	 * @return estimated bytes
	 */
	public long heapInPages() {
		return this.page * SENT_BYTES;
	}

	/**
	 * The heap that sending the messages takes while all of them are held.
	 * @return estimated bytes
	 */
	public long heapAtOnce() {
		return this.total * HELD_BYTES + heapInPages();
	}

}
