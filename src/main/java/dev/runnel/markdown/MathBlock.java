package dev.runnel.markdown;

import org.commonmark.node.CustomBlock;

/**
 * Display math: TeX on lines of its own.
 */
final class MathBlock extends CustomBlock {

	private final StringBuilder tex = new StringBuilder();

	private boolean closed;

	void close() {
		this.closed = true;
	}

	/** Whether the end has come, so that no more lines can. */
	boolean isClosed() {
		return this.closed;
	}

	void addLine(CharSequence line) {
		if (!this.tex.isEmpty()) {
			this.tex.append('\n');
		}
		this.tex.append(line);
	}

	String tex() {
		return this.tex.toString();
	}

}
