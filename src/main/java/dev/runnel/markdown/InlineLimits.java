package dev.runnel.markdown;

/**
 * How much of one block is read as inline Markdown. What follows is shown as written. The
 * parser's time for a block can grow with the square of its marks, and with the product
 * of its marks and its length; with these limits it grows with the length of the text.
 *
 * @param characters the number of characters
 * @param marks the number of {@linkplain #isMark characters that pair up}
 */
record InlineLimits(int characters, int marks) {

	/** More than a block of an answer has. */
	static final InlineLimits DIALECT = new InlineLimits(16_384, 1_000);

	private static final String MARKS = "*_~[]`<";

	private static final String SPECIAL = MARKS + "\\&$";

	/**
	 * Whether a character may open or close markup, for which the parser searches.
	 */
	static boolean isMark(char c) {
		return c < 0x80 && MARKS.indexOf(c) >= 0;
	}

	/**
	 * Whether a character that is shown as written could have had another meaning.
	 */
	static boolean isSpecial(char c) {
		return c < 0x80 && SPECIAL.indexOf(c) >= 0;
	}

}
