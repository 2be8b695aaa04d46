package dev.runnel.export;

import org.jspecify.annotations.Nullable;

/**
 * Counts what a conversation in a file takes, and refuses what is too much before it is
 * held in memory.
 */
final class ImportRoom {

	private final ImportSettings settings;

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
		if (chars > this.settings.maxMessageChars()) {
			throw RefusedException
				.tooLarge("has a message of more than " + this.settings.maxMessageChars() + " characters");
		}
	}

}
