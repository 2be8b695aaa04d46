package dev.runnel.markdown;

import java.util.ArrayList;
import java.util.List;

import org.commonmark.node.Block;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.jspecify.annotations.Nullable;

/**
 * Offsets in the HTML that an {@link HtmlEmitter} records while it writes. The fields
 * {@code cutNode}, {@code leaf} and {@code leafLines} are set before; the emitter sets
 * the others.
 */
final class Marks {

	/** The offset at which each top-level block starts. */
	final List<Integer> topLevel = new ArrayList<>();

	/** The top-level blocks themselves. */
	final List<Node> topLevelNodes = new ArrayList<>();

	/** The block to look for, and its start; -1 if it was not written. */
	@Nullable Node cutNode;

	int cutAt = -1;

	/** The leaf block to look for, and the end of its settled content. */
	@Nullable Node leaf;

	/** For a leaf that is code: the number of its settled lines. */
	int leafLines;

	int leafAt = -1;

	/** The numbers of the notes. */
	final FootnoteNumbers notes;

	/** The last text written, and its end. */
	@Nullable Text lastText;

	int lastTextEnd = -1;

	/** The end of the last code block's text. */
	int codeEnd = -1;

	/** Creates offsets for a whole text. */
	Marks() {
		this(new FootnoteNumbers());
	}

	Marks(FootnoteNumbers notes) {
		this.notes = notes;
	}

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
