package dev.runnel.markdown;

/**
 * Decides whether a text can be TeX.
 */
final class MathText {

	private static final String SIGNS = "\\^_=&{}+<>";

	/** The number of lines that are searched. Math that begins behind text has fewer. */
	static final int MAX_LINES = 50;

	private MathText() {
	}

	/**
	 * Whether a text can be TeX at all: it needs a letter or a digit.
	 */
	static boolean hasSubstance(String tex) {
		return tex.codePoints().anyMatch(Character::isLetterOrDigit);
	}

	/**
	 * Whether a line is more likely TeX than prose: it has a sign of TeX, and no two
	 * words next to each other outside of braces.
	 */
	static boolean isLikely(String line) {
		return line.chars().anyMatch((c) -> SIGNS.indexOf(c) >= 0) && !hasProse(line);
	}

	/**
	 * Whether a paragraph may hold the start of display math whose end comes in a later
	 * line: the last line with a mark of display math ends with an opening one. It
	 * searches only the lines that the parser of a later line searches.
	 */
	static boolean isOpen(CharSequence text, int start, int end) {
		int lineEnd = end;
		for (int lines = 0; lineEnd > start && lines < MAX_LINES; lines++) {
			int lineStart = lineEnd;
			while (lineStart > start && text.charAt(lineStart - 1) != '\n') {
				lineStart--;
			}
			String line = text.subSequence(lineStart, lineEnd).toString().stripTrailing();
			if (opens(line)) {
				return true;
			}
			if (closes(line)) {
				return false;
			}
			lineEnd = lineStart - 1;
		}
		return false;
	}

	/** Whether a line ends with a mark that opens display math. */
	static boolean opens(String line) {
		return line.endsWith("\\[") || (line.endsWith("$$") && line.indexOf("$$") == line.length() - 2);
	}

	/** Whether a line has a mark that may close display math. */
	static boolean closes(String line) {
		return line.contains("$$") || line.contains("\\]");
	}

	/**
	 * Whether a text has two words next to each other outside of braces.
	 */
	static boolean hasProse(String line) {
		int depth = 0;
		boolean afterWord = false;
		for (int i = 0; i < line.length(); i++) {
			char c = line.charAt(i);
			depth += (c == '{') ? 1 : (c == '}') ? -1 : 0;
			int end = wordEnd(line, i);
			boolean command = i > 0 && line.charAt(i - 1) == '\\';
			if (end > i + 1 && depth <= 0 && !command) {
				if (afterWord) {
					return true;
				}
				afterWord = true;
			}
			else if (c != ' ' || end > i) {
				afterWord = false;
			}
			i = Math.max(i, end - 1);
		}
		return false;
	}

	private static int wordEnd(String line, int start) {
		int end = start;
		while (end < line.length() && Character.isLetter(line.charAt(end))) {
			end++;
		}
		return end;
	}

}
