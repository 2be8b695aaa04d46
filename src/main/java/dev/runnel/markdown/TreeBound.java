package dev.runnel.markdown;

/**
 * How much text may be parsed at once. The tree of a text takes up to a hundred times its
 * memory, and some texts cannot be cut, such as a list of empty items. Usual answers
 * parse a few lines at once, and a whole list when it turns loose.
 */
final class TreeBound {

	/** The largest weight of a text. */
	static final int MAX = 128 * 1024;

	/** The weight of a line besides its characters: its block takes memory too. */
	private static final int LINE = 4;

	/** Characters of a line behind these are text, which takes little memory. */
	private static final int LINE_CHARACTERS = InlineLimits.DIALECT.characters();

	/** A shorter text has no larger weight, even if every line is empty. */
	private static final int ANY_TEXT = MAX / (LINE + 1);

	private TreeBound() {
	}

	/**
	 * Checks a text before it is parsed.
	 * @throws ExceededException if its tree could be too large
	 */
	static void check(SourceText source, int start, int end) {
		if (end - start <= ANY_TEXT) {
			return;
		}
		int weight = 0;
		for (int line = start, next; line < end; line = next) {
			next = Math.min(end, source.nextLine(line));
			weight += LINE + Math.min(LINE_CHARACTERS, next - line);
			if (weight > MAX) {
				throw new ExceededException();
			}
		}
	}

	/**
	 * Returns how many characters may be added at once to an open block. A long line
	 * weighs little, so they may be many.
	 * @param open the start of the block, which is parsed with them
	 * @param start the first of these characters
	 * @param most the maximum
	 */
	static int room(String text, int open, int start, int most) {
		int end = Math.min(text.length(), start + most);
		int weight = 0;
		for (int line = open, next; line < end; line = next) {
			int newline = text.indexOf('\n', line);
			next = (newline < 0) ? end : Math.min(end, newline + 1);
			weight += LINE + Math.min(LINE_CHARACTERS, next - line);
			if (weight > MAX) {
				return line - start;
			}
		}
		return end - start;
	}

	/** The text is too large to be parsed at once. */
	static final class ExceededException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		ExceededException() {
			super("the text is too large to be parsed at once", null, false, false);
		}

	}

}
