package dev.runnel.markdown;

import java.util.ArrayList;
import java.util.List;

import org.commonmark.node.Block;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.jspecify.annotations.Nullable;

/**
 * Offsets in the HTML that an {@link HtmlEmitter} notes while it writes. The nodes to
 * look out for ({@code cutNode}, {@code leaf}, {@code leafLines}) are set before; the
 * rest is the answer.
 */
final class Marks {

	/** The offset at which each top-level block starts. */
	final List<Integer> topLevel = new ArrayList<>();

	/** The top-level blocks themselves. */
	final List<Node> topLevelNodes = new ArrayList<>();

	/** The block whose start is asked for, and where it starts, -1 if not met. */
	@Nullable Node cutNode;

	int cutAt = -1;

	/** The leaf block whose settled content is asked for, and where that ends. */
	@Nullable Node leaf;

	/** For a leaf that is code: how many of its lines are settled. */
	int leafLines;

	int leafAt = -1;

	/** The last text written, and where it ends. */
	@Nullable Text lastText;

	int lastTextEnd = -1;

	/** Where the last code block's text ends. */
	int codeEnd = -1;

	void startTopLevel(Node block, int offset) {
		this.topLevel.add(offset);
		this.topLevelNodes.add(block);
	}

	void startBlock(Node block, int offset) {
		if (block == this.cutNode) {
			this.cutAt = offset;
		}
	}

	void contentEnd(Block block, int offset) {
		if (block == this.leaf) {
			this.leafAt = offset;
		}
	}

	int settledLength(Block code, String literal) {
		if (code != this.leaf) {
			return literal.length();
		}
		int end = 0;
		for (int i = 0; i < this.leafLines; i++) {
			end = literal.indexOf('\n', end) + 1;
		}
		return end;
	}

	void text(Text text, int offset) {
		this.lastText = text;
		this.lastTextEnd = offset;
	}

	void codeEnd(int offset) {
		this.codeEnd = offset;
	}

}
