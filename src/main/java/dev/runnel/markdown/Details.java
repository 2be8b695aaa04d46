package dev.runnel.markdown;

import org.commonmark.node.CustomBlock;

/**
 * Blocks that a reader can fold, between the lines {@code <details>} and
 * {@code </details>}.
 */
final class Details extends CustomBlock {

	private boolean closed;

	void close() {
		this.closed = true;
	}

	/** Whether the end tag has come, so that no more blocks can. */
	boolean isClosed() {
		return this.closed;
	}

}
