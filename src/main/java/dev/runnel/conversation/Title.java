package dev.runnel.conversation;

import java.util.regex.Pattern;

import dev.runnel.upstream.WellFormed;

/**
 * What a conversation is called: one line of plain text.
 */
public final class Title {

	/** The longest title, in UTF-16 units. */
	public static final int MAX_CHARS = 200;

	/** What a conversation is called of which nothing better is known. */
	public static final String UNTITLED = "New conversation";

	/** How much of a question becomes its conversation's title, in UTF-16 units. */
	private static final int QUESTION_CHARS = 60;

	/** More of a line than this is not looked at. */
	private static final int LINE_CHARS = 400;

	/** Whatever would break the line, is not seen, or turns the direction of the text. */
	private static final Pattern UNSEEN = Pattern.compile("[\\s\\p{Cc}\\p{Zl}\\p{Zp}\\u202A-\\u202E\\u2066-\\u2069]+");

	/** Marks of headings, quotations, lists and tasks at the start of a line. */
	private static final Pattern BLOCK_MARKS = Pattern
		.compile("^(?:\\s*(?:#{1,6}(?=\\s|$)|>|[-*+](?=\\s)|\\d{1,9}[.)](?=\\s)|\\[[ xX]](?=\\s)))+\\s*");

	/** A line that is all mark: a rule, a fence, an underline. */
	private static final Pattern MARK_LINE = Pattern.compile("^\\s*(?:`{3,}.*|~{3,}.*|[-*_=\\s|:]*)$");

	private static final Pattern LINK = Pattern.compile("!?\\[([^\\[\\]]{1,200})]\\([^()\\s]{0,300}\\)");

	private static final Pattern CODE = Pattern.compile("(`+)([^`]{1,200})\\1");

	private static final Pattern STRONG = Pattern.compile("(\\*\\*|__|~~)(?=\\S)([^*_~]{1,200})(?<=\\S)\\1");

	private static final Pattern EMPHASIS = Pattern
		.compile("(?<![\\p{L}\\p{N}*_])([*_])(?=\\S)([^*_]{1,200})(?<=\\S)\\1(?![\\p{L}\\p{N}*_])");

	private Title() {
	}

	/**
	 * Makes one line of plain text of what somebody calls a conversation.
	 * @param text as it was given
	 * @return the line, without space around it; empty if there is nothing in it. It may
	 * be longer than {@link #MAX_CHARS}
	 */
	public static String line(String text) {
		return UNSEEN.matcher(WellFormed.of(text)).replaceAll(" ").strip();
	}

	/**
	 * Names a conversation after its first question: the first line that says something,
	 * without marks of Markdown, cut between two words where it is long.
	 * @param question Markdown as it was typed
	 * @return a title, never empty
	 */
	public static String ofQuestion(String question) {
		return question.lines()
			.filter((line) -> !MARK_LINE.matcher(cut(line, LINE_CHARS)).matches())
			.map((line) -> shorten(line(withoutMarks(cut(line, LINE_CHARS))), QUESTION_CHARS))
			.filter((line) -> !line.isEmpty())
			.findFirst()
			.orElse(UNTITLED);
	}

	private static String withoutMarks(String line) {
		String text = BLOCK_MARKS.matcher(line).replaceFirst("");
		text = CODE.matcher(text).replaceAll("$2");
		text = LINK.matcher(text).replaceAll("$1");
		text = STRONG.matcher(text).replaceAll("$2");
		return EMPHASIS.matcher(text).replaceAll("$2");
	}

	/**
	 * Shortens a line, between two words where there are some.
	 * @param line one line
	 * @param chars the most UTF-16 units to give back
	 * @return the line, or its beginning and an ellipsis
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

	/** Cuts between two characters as a reader sees them, as far as Java knows. */
	private static String cut(String text, int chars) {
		int end = Math.min(chars, text.length());
		while (end > 0 && end < text.length() && belongsToTheOneBefore(text, end)) {
			end--;
		}
		return text.substring(0, end);
	}

	private static boolean belongsToTheOneBefore(String text, int index) {
		int type = Character.getType(text.codePointAt(index));
		return Character.isLowSurrogate(text.charAt(index)) || text.charAt(index - 1) == '\u200D'
				|| text.charAt(index) == '\u200D' || type == Character.NON_SPACING_MARK
				|| type == Character.ENCLOSING_MARK;
	}

}
