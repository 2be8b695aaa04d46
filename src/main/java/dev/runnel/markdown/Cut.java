package dev.runnel.markdown;

import java.util.ArrayList;
import java.util.List;

import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.task.list.items.TaskListItemMarker;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.jspecify.annotations.Nullable;

/**
 * The block at which the next parse can start: the deepest block that stands last in the
 * document, and in each of its containers, and has an earlier sibling. What stands before
 * it cannot change any more.
 *
 * @param node the block
 * @param offset the start of its first line in the source
 * @param chain the containers above it, from the outside to the inside
 * @param spine the same, ready to be opened anew
 * @param sibling when the chain ends in a list: the marker of the item before
 */
record Cut(Node node, int offset, List<Node> chain, List<OpenContainer> spine, String sibling) {

	/**
	 * Finds the cut in a parse of complete lines, or {@code null} when there is none
	 * after the present one.
	 */
	static @Nullable Cut find(Tail tail) {
		Cut cut = null;
		List<Node> chain = new ArrayList<>();
		Node parent = tail.document();
		for (Node last = parent.getLastChild(); last != null; last = parent.getLastChild()) {
			if (!tail.isOpen(last)) {
				last = unit(tail, last, chain.isEmpty());
				Cut deeper = hasEarlierSibling(tail, parent, last) ? at(tail, last, chain) : null;
				cut = (deeper != null) ? deeper : cut;
			}
			if (!OpenContainer.is(last)) {
				break;
			}
			chain.add(last);
			parent = last;
		}
		return cut;
	}

	/**
	 * The first block of those that must be parsed together with the last. A definition
	 * and what follows it go together, since a title may still join the definition; a
	 * definition that is indented like code goes with the one before it. In a container
	 * so does a whole run of definitions, and a table with the paragraph that its header
	 * line came from: a lazy line, which does not name the container, may have continued
	 * them and cannot be parsed on its own.
	 */
	private static Node unit(Tail tail, Node last, boolean topLevel) {
		Node first = last;
		if (OpenContainer.is(last)) {
			return last;
		}
		if (first instanceof TableBlock table && table.getPrevious() instanceof Paragraph
				&& !(topLevel && !tail.needsParagraph(table))) {
			first = first.getPrevious();
		}
		while (first.getPrevious() instanceof LinkReferenceDefinition
				&& !(topLevel && first != last && !tail.isIndentedLikeCode(first))) {
			first = first.getPrevious();
		}
		return first;
	}

	/** In the innermost open node, the earlier ones stand before the frontier. */
	private static boolean hasEarlierSibling(Tail tail, Node parent, Node node) {
		boolean continued = !tail.path().isEmpty() && parent == tail.path().get(tail.path().size() - 1);
		return continued || (node.getPrevious() != null && !(node.getPrevious() instanceof TaskListItemMarker));
	}

	private static @Nullable Cut at(Tail tail, Node node, List<Node> chain) {
		int offset = tail.lineOffset(node);
		if (!tail.isBehindCut(offset) || !tail.keepsTightness(chain, offset)) {
			return null;
		}
		List<OpenContainer> spine = OpenContainer.of(chain);
		if (spine == null) {
			return null;
		}
		if (chain.isEmpty() || !(chain.get(chain.size() - 1) instanceof ListBlock)) {
			return new Cut(node, offset, List.copyOf(chain), spine, "");
		}
		String sibling = sibling(tail, node, chain);
		return sibling.isEmpty() ? null : new Cut(node, offset, List.copyOf(chain), spine, sibling);
	}

	/** No cut after an empty item: a blank line closes it, but not the stub's item. */
	private static String sibling(Tail tail, Node node, List<Node> chain) {
		if (!(node.getPrevious() instanceof ListItem item)) {
			return tail.from().sibling();
		}
		boolean nested = chain.stream().anyMatch(ListItem.class::isInstance);
		OpenContainer container = (item.getFirstChild() == null) ? null : OpenContainer.ofItem(item, nested);
		return (container == null) ? "" : container.marker();
	}

}
