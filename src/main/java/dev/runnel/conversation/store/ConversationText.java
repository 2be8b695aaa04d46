package dev.runnel.conversation.store;

import dev.runnel.conversation.Message;
import dev.runnel.conversation.Title;
import dev.runnel.upstream.WellFormed;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Reason;

/**
 * Prepares text for storage, and titles and names for display.
 */
final class ConversationText {

	/** The maximum length of a stored text, in UTF-16 units. */
	static final int MAX_CHARS = 1024 * 1024;

	/** The maximum length of the name of a preset, in UTF-16 units. */
	private static final int MAX_NAME_CHARS = 100;

	private ConversationText() {
	}

	/**
	 * Replaces characters that a database cannot store: U+0000 and lone surrogates.
	 * @param text any text
	 * @return the text with replacements; unchanged if it has no such character
	 */
	static String storable(String text) {
		return WellFormed.storable(text);
	}

	/**
	 * Checks the length of an imported message.
	 * @param message the message
	 * @throws ProblemException if its text or its reasoning is too long
	 */
	static void checkLength(Message message) {
		int reasoning = (message.answer() != null) ? message.answer().reasoning().length() : 0;
		if (Math.max(message.content().length(), reasoning) > MAX_CHARS) {
			throw ProblemException.of(Reason.MESSAGE_TOO_LONG, MAX_CHARS);
		}
	}

	/**
	 * Checks a title that a person typed.
	 * @param title the title as it was typed
	 * @return the title in one line
	 * @throws ProblemException if the title is blank or too long
	 */
	static String typedTitle(String title) {
		return typedLine("title", title, Title.MAX_CHARS);
	}

	/**
	 * Checks the name of a preset that a person typed.
	 * @param name the name as it was typed
	 * @return the name in one line
	 * @throws ProblemException if the name is blank or too long
	 */
	static String typedName(String name) {
		return typedLine("name", name, MAX_NAME_CHARS);
	}

	private static String typedLine(String field, String text, int chars) {
		String line = Title.line(text);
		if (line.isEmpty()) {
			throw ProblemException.field(field, "must not be blank").because(Reason.LINE_EMPTY);
		}
		if (line.length() > chars) {
			throw ProblemException.field(field, "must have at most " + chars + " characters")
				.because(Reason.LINE_TOO_LONG, chars);
		}
		return line;
	}

	/**
	 * Corrects a title that comes from an import.
	 * @param title any text
	 * @return one line that is not blank and not too long
	 */
	static String mendedTitle(String title) {
		String line = Title.line(title);
		return line.isEmpty() ? Title.UNTITLED : Title.shorten(line, Title.MAX_CHARS);
	}

}
