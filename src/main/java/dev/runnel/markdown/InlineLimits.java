package dev.runnel.markdown;

import org.commonmark.node.LinkReferenceDefinition;

/**
 * How much of one block is read as inline Markdown. The rest is shown as plain text.
 * Without limits, the parser's time for a block can grow with the square of its marks,
 * and with the product of its marks and its length. With limits it grows linearly with
 * the text.
 *
 * @param characters the most characters
 * @param marks the most {@linkplain #isMark characters that pair up}
 */
record InlineLimits(int characters, int marks) {

	/** The limits of the dialect, above those of any block of a real answer. */
	static final InlineLimits DIALECT = new InlineLimits(16_384, 1_000);

	/**
	 * The longest destination and title of a definition together. Each reference repeats
	 * them, so a few characters of text could create any amount of HTML.
	 */
	private static final int DEFINITION_CHARACTERS = 2_000;

	private static final String MARKS = "*_~[]`<";

	private static final String SPECIAL = MARKS + "\\&$";

	/**
	 * Whether a definition is too long. A reference to it is shown as plain text.
	 */
	static boolean isTooLong(LinkReferenceDefinition definition) {
		int title = (definition.getTitle() != null) ? definition.getTitle().length() : 0;
		return definition.getDestination().length() + title > DEFINITION_CHARACTERS;
	}

	/**
	 * Whether a character may open or close markup that the parser must match.
	 */
	static boolean isMark(char c) {
		return c < 0x80 && MARKS.indexOf(c) >= 0;
	}

	/**
	 * Whether a character that is shown as plain text could have had another meaning.
	 */
	static boolean isSpecial(char c) {
		return c < 0x80 && SPECIAL.indexOf(c) >= 0;
	}

}
