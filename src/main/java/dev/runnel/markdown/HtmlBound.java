package dev.runnel.markdown;

/**
 * How much HTML a text may become. A row of one cell is filled up to the width of its
 * table, and a reference repeats its address, so some texts become a hundred times longer
 * as HTML. Usual answers become two to four times longer.
 */
final class HtmlBound {

	/** The HTML for which no text is too short, in UTF-16 units. */
	static final long ANY_TEXT = 16 * 1024;

	static final int PER_CHARACTER = 16;

	private HtmlBound() {
	}

	/**
	 * Returns how much HTML a text may still become.
	 * @param html the length of the HTML so far, in UTF-16 units
	 * @param text the length of the text, in UTF-16 units
	 * @return the length, in UTF-16 units; negative if the HTML is too long
	 */
	static long room(long html, int text) {
		return ANY_TEXT + (long) PER_CHARACTER * text - html;
	}

	/**
	 * Whether the HTML is too long.
	 * @param html the length of the HTML, in UTF-16 units
	 * @param text the length of its text, in UTF-16 units
	 * @return true if the rest of the text should be plain
	 */
	static boolean isExceeded(long html, int text) {
		return room(html, text) < 0;
	}

	/** The HTML gets too long while it is written. */
	static final class ExceededException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		ExceededException() {
			super("the HTML is too long", null, false, false);
		}

	}

}
