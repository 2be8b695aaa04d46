package dev.runnel.imports;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.LongPredicate;

import org.jspecify.annotations.Nullable;

/**
 * Counts the size of a conversation while it is read, and refuses a conversation that
 * exceeds a limit before it fills the memory.
 */
final class ImportLimits {

	/**
	 * How many nodes a foreign tree may have for each allowed message. Many nodes do not
	 * contain a visible message.
	 */
	private static final int NODES_A_MESSAGE = 4;

	/**
	 * The heap of one character until it is stored, in bytes: in the text, and in values
	 * and buffers of the database.
	 */
	private static final long BYTES_A_CHAR = 4;

	/** The maximum depth of lists and objects in which a text is looked for. */
	private static final int MAX_DEPTH = 50;

	private final ImportSettings settings;

	private final LongPredicate heap;

	private int nodes;

	private int links;

	private int messages;

	private int depth;

	private long chars;

	ImportLimits(ImportSettings settings) {
		this(settings, (bytes) -> true);
	}

	/**
	 * Creates the limits of one conversation.
	 * @param settings the limits of an import
	 * @param heap takes bytes of the heap; returns false if there is no room
	 */
	ImportLimits(ImportSettings settings, LongPredicate heap) {
		this.settings = settings;
		this.heap = heap;
	}

	/**
	 * Counts a message.
	 * @param texts all texts of the message; null counts as empty
	 * @throws RefusedException if a limit is exceeded
	 */
	void count(@Nullable String... texts) {
		this.messages++;
		if (this.messages > this.settings.maxMessages()) {
			throw RefusedException.tooLarge("has more than " + this.settings.maxMessages() + " messages");
		}
		countText(Arrays.stream(texts).filter(Objects::nonNull).mapToLong(String::length).sum());
	}

	/**
	 * Counts the text of one message.
	 * @param length the length, in UTF-16 units
	 * @throws RefusedException if a limit is exceeded
	 */
	void countText(long length) {
		checkMessage(length);
		this.chars += length;
		if (this.chars > this.settings.maxConversationChars()) {
			throw RefusedException.tooLarge("has more than " + this.settings.maxConversationChars() + " characters");
		}
		if (!this.heap.test(length * BYTES_A_CHAR)) {
			throw RefusedException.noMemory();
		}
	}

	/**
	 * Checks the length of a short value, such as a time or a state.
	 * @param value the value; may be null
	 * @param place the place in the file
	 * @throws RefusedException if the value is too long
	 */
	static void checkValue(@Nullable String value, String place) {
		if (value != null && value.length() > JsonFields.NAME_CHARS) {
			throw RefusedException.tooLarge("has more than " + JsonFields.NAME_CHARS + " characters in " + place);
		}
	}

	/**
	 * Checks the length of one message.
	 * @param chars the length, in UTF-16 units
	 * @throws RefusedException if the message is too long
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
	 * @throws RefusedException if there are too many nodes
	 */
	void takeNode() {
		this.nodes++;
		if (this.nodes > maxNodes()) {
			throw RefusedException.tooLarge("has too many nodes");
		}
	}

	/**
	 * Counts a link from a node of a foreign tree to a child.
	 * @return false if there are more links than allowed nodes; the link is then dropped
	 */
	boolean takeLink() {
		this.links++;
		return this.links <= maxNodes();
	}

	/**
	 * Runs the reader of a list or an object with text. Such readers call each other, and
	 * the file decides how often.
	 * @param reader the reader
	 * @return false if the nesting is deeper than in any real text; the reader is not run
	 * then
	 */
	boolean nested(Runnable reader) {
		if (this.depth >= MAX_DEPTH) {
			return false;
		}
		this.depth++;
		try {
			reader.run();
		}
		finally {
			this.depth--;
		}
		return true;
	}

	private long maxNodes() {
		return (long) NODES_A_MESSAGE * this.settings.maxMessages();
	}

}
