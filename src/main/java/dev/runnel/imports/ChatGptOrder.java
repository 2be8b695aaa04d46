package dev.runnel.imports;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order of ChatGPT's nodes. Versions of a message are ordered as their parent lists
 * them, not as they appear in the file. The code never recurses, because the file decides
 * how deep its tree is.
 */
final class ChatGptOrder {

	private final Map<String, ChatGptNode> nodes;

	private final Set<String> ordered = new LinkedHashSet<>();

	private ChatGptOrder(Map<String, ChatGptNode> nodes) {
		this.nodes = nodes;
	}

	/**
	 * Sorts nodes, and gives a parent to each node that only its parent links to.
	 * @param nodes all nodes of a conversation, by id
	 * @return all ids, each once
	 */
	static List<String> of(Map<String, ChatGptNode> nodes) {
		ChatGptOrder order = new ChatGptOrder(nodes);
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
		ChatGptNode node = this.nodes.get(child);
		if (node != null && (node.parent() == null || !this.nodes.containsKey(node.parent()))) {
			node.setParent(id);
		}
	}

	private void addFrom(String first) {
		Deque<String> next = new ArrayDeque<>(List.of(first));
		while (!next.isEmpty()) {
			String id = next.pop();
			ChatGptNode node = this.nodes.get(id);
			if (node != null && this.ordered.add(id)) {
				for (int i = node.children().size() - 1; i >= 0; i--) {
					next.push(node.children().get(i));
				}
			}
		}
	}

}
