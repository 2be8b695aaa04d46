package dev.runnel.markdown;

/**
 * How much HTML a text may become. A row of one cell is filled up to the width of its
 * table, and a reference repeats its address, so some texts become a hundred times longer
 * as HTML. Usual answers become two to four times longer.
 */
final class HtmlBound {

	/** The HTML for which no text is too short, in UTF-16 units. */
	static final long ANY_TEXT = 1 << 20;

	static final int PER_CHARACTER = 16;

	private HtmlBound() {
	}

	/**
	 * Whether the HTML is too long.
	 * @param html the length of the HTML, in UTF-16 units
	 * @param text the length of its text, in UTF-16 units
	 * @return true if the rest of the text should be plain
	 */
	static boolean isExceeded(long html, int text) {
		return html > ANY_TEXT + (long) PER_CHARACTER * text;
	}

}
