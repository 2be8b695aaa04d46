package dev.runnel.conversation.store;

import dev.runnel.conversation.Title;
import dev.runnel.upstream.WellFormed;
import dev.runnel.web.ProblemException;

/**
 * Makes text fit to be stored, and titles fit to be shown.
 */
final class ConversationText {

	/** The longest text that a database takes in one piece, in UTF-16 units. */
	static final int MAX_CHARS = 1024 * 1024;

	private ConversationText() {
	}

	/**
	 * Replaces what a database cannot say: U+0000 and lone surrogates.
	 * @param text any text
	 * @return the same text where it holds none
	 */
	static String storable(String text) {
		return WellFormed.storable(text);
	}

	/**
	 * Checks a title that somebody typed.
	 * @param title what was typed
	 * @return the title in one line
	 * @throws ProblemException if it is blank or too long
	 */
	static String typedTitle(String title) {
		String line = Title.line(title);
		if (line.isEmpty()) {
			throw ProblemException.field("title", "must not be blank");
		}
		if (line.length() > Title.MAX_CHARS) {
			throw ProblemException.field("title", "must have at most " + Title.MAX_CHARS + " characters");
		}
		return line;
	}

	/**
	 * Mends a title that nobody typed here.
	 * @param title any text
	 * @return one line, never blank, not too long
	 */
	static String mendedTitle(String title) {
		String line = Title.line(title);
		return line.isEmpty() ? Title.UNTITLED : Title.shorten(line, Title.MAX_CHARS);
	}

}
