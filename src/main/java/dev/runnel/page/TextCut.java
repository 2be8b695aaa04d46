package dev.runnel.page;

import org.jspecify.annotations.Nullable;

/**
 * Finds where to cut text without tags that is too long for one piece.
 *
 * @param html the HTML that contains the text
 * @param start the start of the piece
 * @param to the end of the text
 */
record TextCut(String html, int start, int to) {

	private static final int ENOUGH = 16_000;

	private static final int ENOUGH_CODE = 64_000;

	private static final int ENOUGH_LINES = 4000;

	private static final int MAX_ENTITY_CHARS = 8;

	/**
	 * The next cut after this place; -1 if the text is short enough.
	 * @param from the beginning of the text
	 * @param in the element that contains the text
	 * @param isEnough whether the piece is long enough at the beginning of the text
	 * @param isInRow whether the text is in a table. Such text is cut as late as
	 * possible, because the rest of its row would stand in the wrong columns
	 */
	int after(int from, @Nullable OpenElement in, boolean isEnough, boolean isInRow) {
		if (in != null && in.name().equals("code") && isCode(in)) {
			return inCode(from);
		}
		int enough = this.start + (isInRow ? 2 * ENOUGH : ENOUGH);
		int least = (isEnough && !isInRow) ? from : Math.max(from, enough);
		if (least >= this.to) {
			return -1;
		}
		int space = (in != null && in.isFormula()) ? -1 : space(least);
		return (space >= 0) ? space + 1 : forced(Math.max(from, this.start + 2 * ENOUGH));
	}

	/**
	 * Whether this is a code block, and not code in a sentence: a code block stands
	 * directly in a {@code pre} element.
	 */
	private boolean isCode(OpenElement code) {
		return code.start() >= 5 && this.html.startsWith("<pre>", code.start() - 5);
	}

	private int space(int least) {
		int end = Math.min(this.to, this.start + 2 * ENOUGH);
		for (int at = least; at < end; at++) {
			char c = this.html.charAt(at);
			if (c == ' ' || (c == '\n' && at + 1 < this.to)) {
				return at;
			}
		}
		return -1;
	}

	private int inCode(int from) {
		int lines = 0;
		for (int end = this.html.indexOf('\n', from); end >= 0
				&& end < this.to - 1; end = this.html.indexOf('\n', end + 1)) {
			lines++;
			if (lines >= ENOUGH_LINES || end >= this.start + ENOUGH_CODE) {
				return (end < this.start + 2 * ENOUGH_CODE) ? end + 1 : forced(this.start + 2 * ENOUGH_CODE);
			}
		}
		return forced(this.start + 2 * ENOUGH_CODE);
	}

	/**
	 * Cuts text without a space anywhere, but not inside an entity or a surrogate pair.
	 */
	private int forced(int at) {
		if (at >= this.to) {
			return -1;
		}
		int entity = this.html.lastIndexOf('&', at - 1);
		boolean within = entity > at - MAX_ENTITY_CHARS && this.html.lastIndexOf(';', at - 1) < entity;
		return within ? entity : whole(this.html, at);
	}

	private static int whole(String text, int at) {
		return Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
	}

}
