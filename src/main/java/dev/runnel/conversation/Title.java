package dev.runnel.conversation;

import java.util.regex.Pattern;

import dev.runnel.markdown.PlainText;
import dev.runnel.upstream.WellFormed;

/**
 * Titles of conversations: one line of plain text.
 */
public final class Title {

	/** The character that joins two others to one. */
	private static final char JOINER = '\u200D';

	/** The maximum length of a title, in UTF-16 units. */
	public static final int MAX_CHARS = 200;

	/** The title of a conversation without a better one. */
	public static final String UNTITLED = "New conversation";

	/** The maximum length of a title that is taken from a question, in UTF-16 units. */
	private static final int QUESTION_CHARS = 60;

	/** Only this many UTF-16 units of a question are examined. */
	private static final int EXAMINED_CHARS = 2000;

	/** White space, control characters, and characters that change the text direction. */
	private static final Pattern UNSEEN = Pattern.compile("[\\s\\p{Cc}\\p{Zl}\\p{Zp}\\u202A-\\u202E\\u2066-\\u2069]+");

	private Title() {
	}

	/**
	 * Converts a title to one line of plain text.
	 * @param text the title as it was given
	 * @return the line without surrounding space; may be empty, and may be longer than
	 * {@link #MAX_CHARS}
	 */
	public static String line(String text) {
		return UNSEEN.matcher(WellFormed.of(text)).replaceAll(" ").strip();
	}

	/**
	 * Derives a title from the first question. It takes the first line that has text,
	 * removes the Markdown marks, and cuts a long line between two words.
	 * @param question the text in Markdown, as it was typed
	 * @return the title, never empty
	 */
	public static String ofQuestion(String question) {
		return PlainText.of(cut(question.stripLeading(), EXAMINED_CHARS))
			.lines()
			.map((line) -> shorten(line(line), QUESTION_CHARS))
			.filter((line) -> !line.isEmpty())
			.findFirst()
			.orElse(UNTITLED);
	}

	/**
	 * Shortens a line, if possible between two words.
	 * @param line the line
	 * @param chars the maximum length of the result, in UTF-16 units
	 * @return the line, or its beginning with an ellipsis
	 */
	public static String shorten(String line, int chars) {
		if (line.length() <= chars) {
			return line;
		}
		int room = chars - 1;
		int space = line.lastIndexOf(' ', room);
		String kept = (space > room / 2) ? line.substring(0, space) : cut(line, room);
		return kept.stripTrailing() + "…";
	}

	/**
	 * Cuts between two visible characters: never inside a surrogate pair, before a
	 * combining mark, or next to a zero-width joiner.
	 */
	private static String cut(String text, int chars) {
		int end = Math.min(chars, text.length());
		while (end > 0 && end < text.length() && continuesCharacter(text, end)) {
			end--;
		}
		return text.substring(0, end);
	}

	private static boolean continuesCharacter(String text, int index) {
		return Character.isLowSurrogate(text.charAt(index)) || isMark(text.codePointAt(index)) || isJoined(text, index);
	}

	private static boolean isMark(int character) {
		int type = Character.getType(character);
		return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
	}

	private static boolean isJoined(String text, int index) {
		return text.charAt(index) == JOINER || text.charAt(index - 1) == JOINER;
	}

}
