package dev.runnel.markdown;

/**
 * Hides characters from the parser that it must read as plain text, although its rules
 * give them a meaning. The parser gets another character of the same length in their
 * place, and {@link Escape} turns it back. The replacement depends only on the line, so a
 * line is read the same wherever a parse starts.
 * <ul>
 * <li>A pipe in code or math does not end a table's cell.
 * <li>A greater-than sign before a number, right after an item's marker, compares. A
 * quotation does not start there.
 * </ul>
 */
final class Placeholders {

	/** Stands for a greater-than sign. */
	private static final char GREATER = '\uFDD0';

	/** Stands for a pipe. */
	private static final char PIPE = '\uFDD1';

	/**
	 * Stands in a stub for an open fence within Markdown code; see
	 * {@link MarkdownFenceParser}.
	 */
	static final char INNER_FENCE = '\uFDD2';

	private Placeholders() {
	}

	/** Whether a character is a placeholder, which cannot be part of a text. */
	static boolean is(char c) {
		return c == GREATER || c == PIPE || c == INNER_FENCE;
	}

	/** The HTML of the character that a placeholder replaces. */
	static String html(char placeholder) {
		return (placeholder == PIPE) ? "|" : "&gt;";
	}

	/** Turns all placeholders in a text back into the characters. */
	static String restore(String text) {
		return text.replace(PIPE, '|').replace(GREATER, '>');
	}

	/** Replaces placeholders in a text from outside, which would become others. */
	static String removeFrom(String text) {
		return text.replace(PIPE, '\uFFFD').replace(GREATER, '\uFFFD').replace(INNER_FENCE, '\uFFFD');
	}

	/** Replaces the characters by their placeholders in a text for the parser. */
	static String put(String text) {
		if (text.indexOf('|') < 0 && text.indexOf('>') < 0) {
			return text;
		}
		boolean pipes = text.indexOf('|') >= 0
				&& (text.indexOf('`') >= 0 || text.indexOf('$') >= 0 || text.indexOf("\\(") >= 0);
		StringBuilder replaced = new StringBuilder(text);
		for (int start = 0, end; start < text.length(); start = end + 1) {
			end = text.indexOf('\n', start);
			end = (end < 0) ? text.length() : end;
			putGreater(replaced, start, end);
			if (pipes) {
				putPipes(replaced, start, end);
			}
		}
		return replaced.toString();
	}

	private static void putGreater(StringBuilder text, int start, int end) {
		int i = start;
		boolean item = false;
		while (i < end) {
			int marker = marker(text, i, end);
			if (marker > i) {
				item = true;
				i = marker;
			}
			else if (text.charAt(i) == '>' && item && isCompared(text, i + 1, end)) {
				text.setCharAt(i, GREATER);
				return;
			}
			else if (text.charAt(i) != ' ' && text.charAt(i) != '\t' && text.charAt(i) != '>') {
				return;
			}
			else {
				item &= text.charAt(i) != '>';
				i++;
			}
		}
	}

	/** The end of an item's marker at the index; the index if there is none. */
	private static int marker(StringBuilder text, int index, int end) {
		int i = index;
		while (i < end && i < index + 9 && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
			i++;
		}
		String marks = (i > index) ? ".)" : "-*+";
		boolean marker = i + 1 < end && marks.indexOf(text.charAt(i)) >= 0
				&& (text.charAt(i + 1) == ' ' || text.charAt(i + 1) == '\t');
		return marker ? i + 1 : index;
	}

	/**
	 * Whether a number follows, possibly after an equals sign and the sign of a currency,
	 * of an approximation or of the number itself.
	 */
	private static boolean isCompared(StringBuilder text, int index, int end) {
		int i = index;
		i += (i < end && text.charAt(i) == '=') ? 1 : 0;
		i += (i < end && text.charAt(i) == ' ') ? 1 : 0;
		i += (i < end && "$\u20AC\u00A3\u00A5~\u00B1-".indexOf(text.charAt(i)) >= 0) ? 1 : 0;
		return i < end && text.charAt(i) >= '0' && text.charAt(i) <= '9' && !isItem(text, i, end);
	}

	/** Whether the number is the marker of an item in a quotation. */
	private static boolean isItem(StringBuilder text, int index, int end) {
		return marker(text, index, end) > index;
	}

	private static boolean isIn(StringBuilder text, int start, int end, String characters) {
		int i = start;
		while (i < end && characters.indexOf(text.charAt(i)) < 0) {
			i++;
		}
		return i < end;
	}

	private static void putPipes(StringBuilder text, int start, int end) {
		if (isIn(text, start, end, "|") && isIn(text, start, end, "`$\\")) {
			MarkedSpans spans = new MarkedSpans(text, start, end);
			while (spans.next()) {
				replacePipes(text, spans.start(), spans.end());
			}
		}
	}

	/** A pipe behind a backslash is left to the parser of tables. */
	private static void replacePipes(StringBuilder text, int start, int end) {
		for (int i = start; i < end; i++) {
			if (text.charAt(i) == '|' && text.charAt(i - 1) != '\\') {
				text.setCharAt(i, PIPE);
			}
		}
	}

}
