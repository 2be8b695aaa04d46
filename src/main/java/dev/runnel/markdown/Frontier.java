package dev.runnel.markdown;

import java.util.ArrayList;
import java.util.List;

import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.jspecify.annotations.Nullable;

/**
 * A place in the source before which nothing has to be parsed again as long as what was
 * open there stays as it is: for the parser, a <em>stub</em> stands in for the text
 * before the {@code cut}, a line or two that open the same blocks anew.
 * <p>
 * For example, when the lines {@code - one} and {@code - two} are complete, the frontier
 * stands right after the word "two". Its stub is {@code - x}, and its fixed HTML ends in
 * that word. When a third item follows, the parser is given the stub and that item; what
 * is written after the fixed HTML is the end of one item, the next item and the end of
 * the list.
 *
 * @param cut the offset in the source
 * @param htmlLength how much of the open top-level block's HTML stands before the cut
 * @param spine the containers that are open at the cut, from the outside to the inside
 * @param sibling when the spine ends in a list: the marker of the item before the cut,
 * which opens the list anew; otherwise empty
 * @param leaf the leaf block that is open at the cut
 * @param stub the text that opens all this
 * @param use how much of the open paragraph stands before the cut
 */
record Frontier(int cut, int htmlLength, List<OpenContainer> spine, String sibling, Leaf leaf, String stub,
		@Nullable InlineUse use) {

	/** The leaf block at a cut. */
	enum Leaf {

		/** None is open; the stub ends in a heading, which no line can continue. */
		NONE,

		/** A paragraph, cut before white space where no inline markup is open. */
		PARAGRAPH,

		/** A fenced code block, cut at the start of a line. */
		FENCE,

		/** A table, cut between rows of its body. */
		TABLE

	}

	/**
	 * The start of a top-level block.
	 */
	static Frontier topLevel(int cut) {
		return new Frontier(cut, 0, List.of(), "", Leaf.NONE, "", null);
	}

	static Frontier between(int cut, int htmlLength, List<OpenContainer> spine, String sibling) {
		String stub = spine.isEmpty() ? "" : markers(spine) + sibling + "# x\n";
		return new Frontier(cut, htmlLength, spine, sibling, Leaf.NONE, stub, null);
	}

	static Frontier inParagraph(int cut, int htmlLength, List<OpenContainer> spine, InlineUse use) {
		return new Frontier(cut, htmlLength, spine, "", Leaf.PARAGRAPH, markers(spine) + "x", use);
	}

	/**
	 * A heading opens the containers first: the fence's indent, right after an item's
	 * marker, would count for the item.
	 * @param fence the opening fence with its indent
	 */
	static Frontier inFence(int cut, int htmlLength, List<OpenContainer> spine, String fence) {
		String stub = (spine.isEmpty() ? "" : markers(spine) + "# x\n" + continuations(spine)) + fence + "\n";
		return new Frontier(cut, htmlLength, spine, "", Leaf.FENCE, stub, null);
	}

	/**
	 * @param header a header row with the table's number of columns
	 * @param delimiters the delimiter row
	 */
	static Frontier inTable(int cut, int htmlLength, List<OpenContainer> spine, String header, String delimiters) {
		String stub = markers(spine) + header + "\n" + continuations(spine) + delimiters + "\n";
		return new Frontier(cut, htmlLength, spine, "", Leaf.TABLE, stub, null);
	}

	Frontier withHtmlLength(int length) {
		return new Frontier(this.cut, length, this.spine, this.sibling, this.leaf, this.stub, this.use);
	}

	private static String markers(List<OpenContainer> spine) {
		StringBuilder line = new StringBuilder();
		spine.forEach((container) -> line.append(container.marker()));
		return line.toString();
	}

	private static String continuations(List<OpenContainer> spine) {
		StringBuilder line = new StringBuilder();
		spine.forEach((container) -> line.append(container.continuation()));
		return line.toString();
	}

	/**
	 * Finds the nodes that the stub opened and takes what only the stub put there out of
	 * the tree; the character in a paragraph is left to the {@link HtmlEmitter}. A list
	 * that was loose before is made loose.
	 * @return the nodes from the outside to the inside, or {@code null} when the text
	 * after the cut changed what stands before it
	 */
	@Nullable List<Node> follow(Node document) {
		List<Node> path = new ArrayList<>(this.spine.size() + 1);
		Node parent = document;
		for (OpenContainer container : this.spine) {
			Node node = parent.getFirstChild();
			if (node == null || node.getClass() != container.type() || isLoosened(container, node)) {
				return null;
			}
			path.add(node);
			parent = node;
		}
		if (!this.spine.isEmpty() && (this.leaf == Leaf.NONE || this.leaf == Leaf.FENCE)) {
			parent.getFirstChild().unlink();
		}
		return followLeaf(parent, path) ? path : null;
	}

	private static boolean isLoosened(OpenContainer container, Node node) {
		if (!(node instanceof ListBlock list)) {
			return false;
		}
		if (!container.tight()) {
			list.setTight(false);
		}
		return container.tight() && !list.isTight();
	}

	private boolean followLeaf(Node parent, List<Node> path) {
		Node first = parent.getFirstChild();
		boolean open = switch (this.leaf) {
			case NONE -> true;
			case PARAGRAPH -> first instanceof Paragraph;
			case FENCE -> first instanceof FencedCodeBlock;
			case TABLE -> first instanceof TableBlock;
		};
		if (open && this.leaf != Leaf.NONE) {
			path.add(first);
		}
		return open;
	}

}
