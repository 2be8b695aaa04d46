package dev.runnel.upstream.mock;

/**
 * Quotes untrusted text in Markdown, as literal text.
 */
final class QuotedText {

	private static final int MAX_CODE_POINTS = 200;

	private static final int REPLACEMENT = 0xFFFD;

	private QuotedText() {
	}

	/**
	 * Makes one line of literal text. It escapes each character that Markdown could
	 * interpret (CommonMark 0.31, sections 2.4 and 2.5), and turns white space into one
	 * space. It removes control characters and those that change the text direction, and
	 * cuts a long text.
	 * @param text any text
	 * @return Markdown for the same text
	 */
	static String of(String text) {
		StringBuilder quoted = new StringBuilder();
		String line = text.strip();
		int end = line.offsetByCodePoints(0, Math.min(MAX_CODE_POINTS, line.codePointCount(0, line.length())));
		line.substring(0, end).codePoints().forEach((c) -> append(quoted, c));
		return (end < line.length()) ? quoted.append('\u2026').toString() : quoted.toString();
	}

	private static void append(StringBuilder quoted, int c) {
		if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
			appendBlank(quoted);
		}
		else if (Character.getType(c) == Character.SURROGATE) {
			quoted.appendCodePoint(REPLACEMENT);
		}
		else if (!Character.isISOControl(c) && !turnsDirection(c)) {
			appendEscaped(quoted, c);
		}
	}

	private static void appendBlank(StringBuilder quoted) {
		if (!quoted.isEmpty() && quoted.charAt(quoted.length() - 1) != ' ') {
			quoted.append(' ');
		}
	}

	/**
	 * A backslash before a bracket or a dollar would begin a formula, so they become
	 * character references.
	 */
	private static void appendEscaped(StringBuilder quoted, int c) {
		if ("()[]$".indexOf(c) >= 0) {
			quoted.append("&#").append(c).append(';');
			return;
		}
		if (c < 0x80 && !Character.isLetterOrDigit(c)) {
			quoted.append('\\');
		}
		quoted.appendCodePoint(c);
	}

	private static boolean turnsDirection(int c) {
		return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F
				|| c == 0x061C;
	}

}
