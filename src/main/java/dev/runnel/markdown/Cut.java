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
 * The block at which the next parse can start: the deepest block that is the last one in
 * the document and in each of its containers, and has an earlier sibling. The text before
 * it cannot change any more.
 *
 * @param node the block
 * @param offset the start of its first line in the source
 * @param chain the containers around it, outermost first
 * @param spine the same containers, in the form that reopens them
 * @param sibling if the chain ends in a list: the marker of the previous item
 */
record Cut(Node node, int offset, List<Node> chain, List<OpenContainer> spine, String sibling) {

	/**
	 * Finds the cut in a parse of complete lines; {@code null} if there is none after the
	 * current cut.
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
	 * The first block that must be parsed together with the last one. A definition
	 * belongs to the block after it, because a title may still join the definition. A
	 * definition that is indented like code belongs to the one before it. In a container,
	 * a whole run of definitions stays together, and a table stays with the paragraph of
	 * its header line. The reason: a lazy line, without the container's marker, may have
	 * continued them, and such a line cannot be parsed on its own.
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

	/**
	 * Whether siblings come before a node. In the innermost open node they may be before
	 * the frontier.
	 */
	private static boolean hasEarlierSibling(Tail tail, Node parent, Node node) {
		return isContinued(tail, parent)
				|| (node.getPrevious() != null && !(node.getPrevious() instanceof TaskListItemMarker));
	}

	private static boolean isContinued(Tail tail, Node parent) {
		return !tail.path().isEmpty() && parent == tail.path().get(tail.path().size() - 1);
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

	/**
	 * The marker of the previous item; empty if it has none to repeat. There is no cut
	 * after an empty item, because a blank line closes it but not the stub's item.
	 */
	private static String sibling(Tail tail, Node node, List<Node> chain) {
		if (!(node.getPrevious() instanceof ListItem item)) {
			return tail.from().sibling();
		}
		boolean nested = chain.stream().anyMatch(ListItem.class::isInstance);
		OpenContainer container = (item.getFirstChild() == null) ? null : OpenContainer.ofItem(item, nested);
		return (container == null) ? "" : container.marker();
	}

}
