package dev.runnel.markdown;

import java.util.List;

import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.jspecify.annotations.Nullable;

/**
 * The end of the source, parsed after the stub of a frontier.
 *
 * @param source the whole source
 * @param from the frontier at the start of the text
 * @param end the end of the text in the source
 * @param document the tree, without the nodes that belong only to the stub
 * @param path the nodes that were open at the frontier
 */
record Tail(SourceText source, Frontier from, int end, Node document, List<Node> path) {

	/**
	 * The start of a block in the source; before the cut for a block that the stub
	 * opened, -1 if the parser does not report it.
	 */
	int offset(Node block) {
		return block.getSourceSpans().isEmpty() ? -1 : this.from.cut() + RegionParser.offset(block, this.from.stub());
	}

	/**
	 * The start of a block's first line.
	 */
	int lineOffset(Node block) {
		int offset = offset(block);
		return (offset <= this.from.cut()) ? offset : this.source.lineStart(offset, this.from.cut());
	}

	/**
	 * Whether a table can be read only together with the paragraph before it. Its header
	 * line was the last line of that paragraph, and alone it could be something else.
	 */
	boolean needsParagraph(TableBlock table) {
		if (!(table.getPrevious() instanceof Paragraph)) {
			return false;
		}
		int start = lineOffset(table);
		int first = start;
		while (this.source.charAt(first) == ' ') {
			first++;
		}
		char c = this.source.charAt(first);
		return first - start > 3 || !(c == '|' || Character.isLetter(c));
	}

	/**
	 * The start of a block, including the definitions right before it.
	 */
	int unitOffset(Node block) {
		Node first = block;
		while (first.getPrevious() instanceof LinkReferenceDefinition) {
			first = first.getPrevious();
		}
		return lineOffset(first);
	}

	/**
	 * The end of a block's last line that is not empty.
	 */
	int endOffset(Node block) {
		return this.from.cut() + RegionParser.end(block, this.from.stub());
	}

	/**
	 * Whether a block that starts at the offset would move the frontier. A block right at
	 * the cut moves it only if the cut is inside the leaf before that block.
	 */
	boolean isBehindCut(int offset) {
		return offset > this.from.cut() || (offset == this.from.cut() && this.from.leaf() != LeafKind.NONE);
	}

	/** Whether a node was open at the frontier: it then starts in the stub. */
	boolean isOpen(Node node) {
		return this.path.contains(node);
	}

	/**
	 * The last block without child blocks; {@code null} if the last container is empty.
	 */
	@Nullable Node lastLeaf() {
		Node leaf = this.document.getLastChild();
		while (leaf != null && OpenContainer.is(leaf)) {
			leaf = leaf.getLastChild();
		}
		return leaf;
	}

	/**
	 * Whether a block's first line is indented so far that it would be code, unless it
	 * continued a paragraph.
	 */
	boolean isIndentedLikeCode(Node block) {
		int start = lineOffset(block);
		for (int i = start; i < start + 4; i++) {
			if (this.source.charAt(i) == '\t') {
				return true;
			}
			if (this.source.charAt(i) != ' ') {
				return false;
			}
		}
		return true;
	}

	/**
	 * Whether the lists around a cut at the offset stay tight. The parser remembers a
	 * blank line in an item, and loosens the list when the item gets its next direct
	 * child, which may come after the cut. The outermost item of a tight list decides,
	 * because it contains the lines of the inner ones.
	 * @param chain the containers around the cut; blank lines in the innermost one have
	 * already had their effect at the cut
	 */
	boolean keepsTightness(List<Node> chain, int offset) {
		for (int i = 0; i < chain.size() - 1; i++) {
			if (chain.get(i) instanceof ListItem item && item.getParent() instanceof ListBlock list && list.isTight()) {
				return !this.source.hasBlankLine(isOpen(item) ? firstLine() : lineOffset(item), offset);
			}
		}
		return true;
	}

	/**
	 * The first line that starts after the cut. In a paragraph, the cut is inside a line.
	 */
	private int firstLine() {
		int cut = this.from.cut();
		return (this.from.leaf() == LeafKind.PARAGRAPH) ? this.source.nextLine(cut) : cut;
	}

}
