package dev.runnel.imports;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order of the nodes of a foreign conversation. Versions of a message are ordered as
 * their parent lists them; other nodes are ordered as in the file. The code never
 * recurses, because the file decides how deep its tree is.
 */
final class ForeignOrder {

	private final Map<String, ForeignNode> nodes;

	private final Set<String> ordered = new LinkedHashSet<>();

	private ForeignOrder(Map<String, ForeignNode> nodes) {
		this.nodes = nodes;
	}

	/**
	 * Sorts nodes, and gives a parent to each node that only its parent links to.
	 * @param nodes all nodes of a conversation, by id
	 * @return all ids, each once
	 */
	static List<String> of(Map<String, ForeignNode> nodes) {
		ForeignOrder order = new ForeignOrder(nodes);
		Set<String> followers = new HashSet<>();
		nodes.forEach((id, node) -> node.children().forEach((child) -> {
			followers.add(child);
			order.setParent(child, id);
		}));
		nodes.keySet().stream().filter((id) -> !followers.contains(id)).forEach(order::addFrom);
		nodes.keySet().forEach(order::addFrom);
		return new ArrayList<>(order.ordered);
	}

	private void setParent(String child, String id) {
		ForeignNode node = this.nodes.get(child);
		if (node != null && !hasParent(node)) {
			node.setParent(id);
		}
	}

	private boolean hasParent(ForeignNode node) {
		return node.parent() != null && this.nodes.containsKey(node.parent());
	}

	private void addFrom(String first) {
		Deque<String> next = new ArrayDeque<>(List.of(first));
		while (!next.isEmpty()) {
			add(next.pop(), next);
		}
	}

	/** Adds a node, and pushes its children in reverse, so that the first is next. */
	private void add(String id, Deque<String> next) {
		ForeignNode node = this.nodes.get(id);
		if (node != null && this.ordered.add(id)) {
			List<String> children = new ArrayList<>(node.children());
			Collections.reverse(children);
			children.forEach(next::push);
		}
	}

}
