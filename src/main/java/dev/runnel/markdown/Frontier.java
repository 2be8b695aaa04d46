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
 * An offset in the source before which nothing must be parsed again, as long as the
 * blocks that are open there do not change. The parser gets a <em>stub</em> instead of
 * the text before the {@code cut}: one or two lines that open the same blocks.
 * <p>
 * For example, when the lines {@code - one} and {@code - two} are complete, the frontier
 * is right after the word "two". Its stub is {@code - x}, and its fixed HTML ends with
 * that word. For a third item the parser gets the stub and that item. The HTML written
 * after the fixed part is the end of one item, the next item and the end of the list.
 *
 * @param cut the offset in the source
 * @param htmlLength the length of the open top-level block's HTML before the cut
 * @param spine the containers that are open at the cut, outermost first
 * @param sibling if the spine ends in a list: the marker of the item before the cut,
 * which reopens the list; otherwise empty
 * @param leaf the leaf block that is open at the cut
 * @param stub the text that opens these blocks
 * @param use for a paragraph: its inline use before the cut; {@code null} otherwise
 */
record Frontier(int cut, int htmlLength, List<OpenContainer> spine, String sibling, LeafKind leaf, String stub,
		@Nullable InlineUse use) {

	/**
	 * The frontier at the start of a top-level block.
	 */
	static Frontier topLevel(int cut) {
		return new Frontier(cut, 0, List.of(), "", LeafKind.NONE, "", null);
	}

	static Frontier between(int cut, int htmlLength, List<OpenContainer> spine, String sibling) {
		String stub = spine.isEmpty() ? "" : markers(spine) + sibling + "# x\n";
		return new Frontier(cut, htmlLength, spine, sibling, LeafKind.NONE, stub, null);
	}

	static Frontier inParagraph(int cut, int htmlLength, List<OpenContainer> spine, InlineUse use) {
		return new Frontier(cut, htmlLength, spine, "", LeafKind.PARAGRAPH, markers(spine) + "x", use);
	}

	/**
	 * The frontier in a fenced code block. A heading opens the containers first.
	 * Otherwise the fence's indent, right after an item's marker, would count for the
	 * item.
	 * @param fence the opening fence with its indent
	 */
	static Frontier inFence(int cut, int htmlLength, List<OpenContainer> spine, String fence) {
		String stub = (spine.isEmpty() ? "" : markers(spine) + "# x\n" + continuations(spine)) + fence + "\n";
		return new Frontier(cut, htmlLength, spine, "", LeafKind.FENCE, stub, null);
	}

	/**
	 * The frontier in a table.
	 * @param header a header row with the table's number of columns
	 * @param delimiters the delimiter row
	 */
	static Frontier inTable(int cut, int htmlLength, List<OpenContainer> spine, String header, String delimiters) {
		String stub = markers(spine) + header + "\n" + continuations(spine) + delimiters + "\n";
		return new Frontier(cut, htmlLength, spine, "", LeafKind.TABLE, stub, null);
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
	 * Finds the nodes that the stub opened, and removes the nodes that belong only to the
	 * stub. The stub's character in a paragraph is left to the {@link HtmlEmitter}. A
	 * list that was loose before is made loose again.
	 * @return the nodes, outermost first; {@code null} if the text after the cut changed
	 * something before it
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
		if (!this.spine.isEmpty() && (this.leaf == LeafKind.NONE || this.leaf == LeafKind.FENCE)) {
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
		if (open && this.leaf != LeafKind.NONE) {
			path.add(first);
		}
		return open;
	}

}
