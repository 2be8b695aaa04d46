package dev.runnel.markdown;

import org.commonmark.node.CustomNode;

/**
 * TeX in a line of text.
 */
final class MathInline extends CustomNode {

	private final String tex;

	private final boolean display;

	/**
	 * Creates the node.
	 * @param display whether the page shows it on a line of its own
	 */
	MathInline(String tex, boolean display) {
		this.tex = tex;
		this.display = display;
	}

	String tex() {
		return this.tex;
	}

	boolean isDisplay() {
		return this.display;
	}

}
