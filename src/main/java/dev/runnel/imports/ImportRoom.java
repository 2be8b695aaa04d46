package dev.runnel.imports;

import org.jspecify.annotations.Nullable;

/**
 * Counts what a conversation in a file takes, and refuses what is too much before it is
 * held in memory.
 */
final class ImportRoom {

	/** Of these many nodes of a foreign tree are no messages that somebody saw. */
	private static final int NODES_A_MESSAGE = 4;

	private final ImportSettings settings;

	private int nodes;

	private int links;

	private int messages;

	private long chars;

	ImportRoom(ImportSettings settings) {
		this.settings = settings;
	}

	/**
	 * Counts a message.
	 * @param texts all texts of it; nulls do not count
	 * @throws RefusedException if it is too much
	 */
	void take(@Nullable String... texts) {
		this.messages++;
		if (this.messages > this.settings.maxMessages()) {
			throw RefusedException.tooLarge("has more than " + this.settings.maxMessages() + " messages");
		}
		long length = 0;
		for (String text : texts) {
			length += (text != null) ? text.length() : 0;
		}
		takeText(length);
	}

	/**
	 * Counts text.
	 * @param length of one message
	 * @throws RefusedException if it is too much
	 */
	void takeText(long length) {
		checkMessage(length);
		this.chars += length;
		if (this.chars > this.settings.maxConversationChars()) {
			throw RefusedException.tooLarge("has more than " + this.settings.maxConversationChars() + " characters");
		}
	}

	/**
	 * Looks at a value that is no text, such as a time or a state.
	 * @param value the value
	 * @param place where it is in the file
	 * @throws RefusedException if it is too long
	 */
	static void checkValue(@Nullable String value, String place) {
		if (value != null && value.length() > JsonFields.NAME_CHARS) {
			throw RefusedException.tooLarge("has more than " + JsonFields.NAME_CHARS + " characters in " + place);
		}
	}

	/**
	 * Looks at the length of one message.
	 * @param chars its length
	 * @throws RefusedException if it is too long
	 */
	void checkMessage(long chars) {
		if (!fits(chars)) {
			throw messageTooLong();
		}
	}

	boolean fits(long chars) {
		return chars <= this.settings.maxMessageChars();
	}

	RefusedException messageTooLong() {
		return RefusedException
			.tooLarge("has a message of more than " + this.settings.maxMessageChars() + " characters");
	}

	/**
	 * Counts a node of a foreign tree.
	 * @throws RefusedException if there are too many
	 */
	void takeNode() {
		this.nodes++;
		if (this.nodes > maxNodes()) {
			throw RefusedException.tooLarge("has too many nodes");
		}
	}

	/**
	 * Counts what a node of a foreign tree says of another.
	 * @return false if there is no room to hold it: it names more nodes than there may be
	 */
	boolean takeLink() {
		this.links++;
		return this.links <= maxNodes();
	}

	private long maxNodes() {
		return (long) NODES_A_MESSAGE * this.settings.maxMessages();
	}

}
