package dev.runnel.conversation;

import dev.runnel.upstream.WellFormed;
import dev.runnel.web.ProblemException;

/**
 * Makes text fit to be stored, and titles fit to be shown.
 */
final class ConversationText {

	/** The longest text that a database takes in one piece, in UTF-16 units. */
	static final int MAX_CHARS = 1024 * 1024;

	/** The longest title, in UTF-16 units. */
	static final int MAX_TITLE = 200;

	/** The longest title that nobody typed. */
	private static final int MAX_MADE_TITLE = 80;

	private static final String UNTITLED = "New conversation";

	private ConversationText() {
	}

	/**
	 * Replaces what a database cannot say: U+0000 and lone surrogates.
	 * @param text any text
	 * @return the same text where it holds none
	 */
	static String storable(String text) {
		return WellFormed.of(text).replace('\0', '\uFFFD');
	}

	/**
	 * Checks a title that somebody typed.
	 * @param title what was typed
	 * @return the title in one line
	 * @throws ProblemException if it is blank or too long
	 */
	static String typedTitle(String title) {
		String line = oneLine(title);
		if (line.isEmpty()) {
			throw ProblemException.field("title", "must not be blank");
		}
		if (line.length() > MAX_TITLE) {
			throw ProblemException.field("title", "must have at most " + MAX_TITLE + " characters");
		}
		return line;
	}

	/**
	 * Makes a title of a text.
	 * @param text such as a question, of which the first line counts
	 * @return one line, never blank
	 */
	static String madeTitle(String text) {
		String first = text.strip().lines().findFirst().orElse("");
		String line = oneLine(first.substring(0, Math.min(first.length(), MAX_TITLE)));
		return line.isEmpty() ? UNTITLED : cut(line, MAX_MADE_TITLE);
	}

	/**
	 * Mends a title that comes from elsewhere.
	 * @param title any text
	 * @return one line, never blank, not too long
	 */
	static String importedTitle(String title) {
		String line = oneLine(title);
		return line.isEmpty() ? UNTITLED : cut(line, MAX_TITLE);
	}

	private static String oneLine(String text) {
		return storable(text).replaceAll("[\\s\\p{Cntrl}\\p{Z}]+", " ").strip();
	}

	/** Cuts at the limit, but never a pair of surrogates. */
	private static String cut(String text, int limit) {
		if (text.length() <= limit) {
			return text;
		}
		int end = limit - 1;
		if (Character.isHighSurrogate(text.charAt(end - 1))) {
			end--;
		}
		return text.substring(0, end).stripTrailing() + "…";
	}

}
