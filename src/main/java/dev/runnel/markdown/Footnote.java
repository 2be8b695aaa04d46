package dev.runnel.markdown;

import org.commonmark.node.CustomBlock;

/**
 * A footnote: the blocks behind {@code [^label]:}.
 */
final class Footnote extends CustomBlock {

	/** The maximum length of a label. A longer one is text. */
	static final int MAX_LABEL_CHARS = 64;

	private final String label;

	Footnote(String label) {
		this.label = label;
	}

	String label() {
		return this.label;
	}

	/** The text that opens the note. */
	String marker() {
		return "[^" + this.label + "]:";
	}

	/**
	 * Whether a text can name a note. Only characters without another meaning in any line
	 * are allowed.
	 */
	static boolean isLabel(CharSequence text) {
		return !text.isEmpty() && text.length() <= MAX_LABEL_CHARS
				&& text.chars().allMatch((c) -> Character.isLetterOrDigit(c) || "-_.".indexOf(c) >= 0);
	}

}
