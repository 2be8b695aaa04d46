package dev.runnel.markdown;

import java.util.ArrayList;
import java.util.List;

import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.jspecify.annotations.Nullable;

/**
 * A container block that starts before the text that is parsed again, and the text that
 * reopens it.
 *
 * @param type the node's class
 * @param tight for a list: whether it is tight so far; a loose list stays loose
 * @param marker the text that opens the container; empty for a list, which its item opens
 * @param continuation the start of each further line in the container
 */
record OpenContainer(Class<? extends Node> type, boolean tight, String marker, String continuation) {

	private static final int MAX_DIGITS = 9;

	/** Whether a node is a container that may get more blocks. */
	static boolean is(Node node) {
		return node instanceof BlockQuote || node instanceof ListBlock || node instanceof ListItem
				|| node instanceof Footnote || (node instanceof Details details && !details.isClosed());
	}

	/**
	 * The containers of a chain, outermost first; {@code null} if one line cannot reopen
	 * them.
	 */
	static @Nullable List<OpenContainer> of(List<Node> chain) {
		List<OpenContainer> containers = new ArrayList<>(chain.size());
		boolean nested = false;
		for (Node node : chain) {
			OpenContainer container = of(node, nested);
			if (container == null) {
				return null;
			}
			containers.add(container);
			nested |= node instanceof ListItem;
		}
		return containers;
	}

	private static @Nullable OpenContainer of(Node node, boolean nested) {
		if (node instanceof ListBlock list) {
			return new OpenContainer(list.getClass(), list.isTight(), "", "");
		}
		if (node instanceof ListItem item) {
			return ofItem(item, nested);
		}
		if (node instanceof Details) {
			return new OpenContainer(Details.class, false, DetailsParser.START, "");
		}
		if (node instanceof Footnote note) {
			return new OpenContainer(Footnote.class, false, note.marker(), "    ");
		}
		return new OpenContainer(node.getClass(), false, "> ", "> ");
	}

	/**
	 * The container of an item; {@code null} if no line can reopen it. One to four blanks
	 * must follow an item's marker. In an outer item, the indent before the marker would
	 * count for the outer item, so it is added to the blanks. For an ordered list, digits
	 * of the number can replace surplus blanks.
	 */
	static @Nullable OpenContainer ofItem(ListItem item, boolean nested) {
		String delimiter = delimiter(item);
		int indent = nested ? 0 : item.getMarkerIndent();
		int digits = (item.getParent() instanceof BulletList) ? 0 : 1;
		int maxDigits = digits * MAX_DIGITS;
		for (; digits <= maxDigits; digits++) {
			int blanks = item.getContentIndent() - indent - digits - 1;
			if (blanks >= 1 && blanks <= 4) {
				String marker = " ".repeat(indent) + "1".repeat(digits) + delimiter + " ".repeat(blanks);
				return new OpenContainer(ListItem.class, false, marker, " ".repeat(item.getContentIndent()));
			}
		}
		return null;
	}

	private static String delimiter(ListItem item) {
		return (item.getParent() instanceof BulletList list) ? list.getMarker()
				: ((OrderedList) item.getParent()).getMarkerDelimiter();
	}

}
