package dev.runnel.imports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The visible nodes of a foreign conversation as a tree. A node without a visible message
 * is skipped: its children follow its nearest visible ancestor. The code never recurses,
 * because the file decides how deep its tree is.
 */
final class SeenNodes {

	/** The id of the parent of nodes without a visible ancestor. */
	static final String ROOT = "";

	private static final String CYCLE = "has messages whose parents form a cycle";

	private final Map<String, ForeignNode> nodes;

	/** The nearest visible ancestor of an invisible node. */
	private final Map<String, String> nearest = new HashMap<>();

	/** The visible children of a visible node, oldest version first. */
	private final Map<String, List<String>> below = new HashMap<>();

	/**
	 * Creates the tree of the visible nodes.
	 * @param nodes the nodes of a file, by id
	 * @throws RefusedException if the parents of a visible node form a cycle
	 */
	SeenNodes(Map<String, ForeignNode> nodes) {
		this.nodes = nodes;
		for (String id : ForeignOrder.of(nodes)) {
			ForeignNode node = node(id);
			if (node.isSeen()) {
				this.below.computeIfAbsent(nearest(node.parent()), (parent) -> new ArrayList<>()).add(id);
			}
		}
	}

	/**
	 * Returns the nearest visible node: the node itself or an ancestor.
	 * @param id the id of the node; may be null or unknown
	 * @return the id of the visible node; {@link #ROOT} if there is none
	 * @throws RefusedException if the parents of the node form a cycle
	 */
	String nearest(@Nullable String id) {
		Set<String> passed = new LinkedHashSet<>();
		String at = id;
		String found = known(at);
		while (found == null) {
			String hidden = Objects.requireNonNull(at);
			if (!passed.add(hidden)) {
				throw cycle();
			}
			at = node(hidden).parent();
			found = known(at);
		}
		remember(passed, found);
		return found;
	}

	/** Returns the nearest visible node; null if it is not known yet. */
	private @Nullable String known(@Nullable String id) {
		ForeignNode node = this.nodes.get(id);
		if (node == null) {
			return ROOT;
		}
		return node.isSeen() ? id : this.nearest.get(id);
	}

	private void remember(Set<String> hidden, String found) {
		hidden.forEach((id) -> this.nearest.put(id, found));
	}

	/**
	 * Returns the visible children of a node.
	 * @param id the id of a visible node, or {@link #ROOT}
	 * @return their ids, oldest version first
	 */
	List<String> below(String id) {
		return this.below.getOrDefault(id, List.of());
	}

	/**
	 * Returns the answer that is the only child of a node.
	 * @param id the id of a visible node
	 * @return the id of the child; null if there are no or several children, or if the
	 * child is a question
	 */
	@Nullable String onlyAnswerBelow(String id) {
		List<String> next = below(id);
		return (next.size() == 1 && !isUser(next.get(0))) ? next.get(0) : null;
	}

	boolean isUser(String id) {
		return node(id).isUser();
	}

	ForeignTurn turn(String id) {
		return Objects.requireNonNull(node(id).turn());
	}

	private ForeignNode node(String id) {
		ForeignNode node = this.nodes.get(id);
		if (node == null) {
			throw new IllegalStateException("only nodes of the file are followed");
		}
		return node;
	}

	/**
	 * Checks that the way from the root reached every visible node.
	 * @param reached how many nodes were reached
	 * @throws RefusedException if it missed some, because their parents form a cycle
	 */
	void checkReached(int reached) {
		if (reached < this.below.values().stream().mapToInt(List::size).sum()) {
			throw cycle();
		}
	}

	private static RefusedException cycle() {
		return new RefusedException(CYCLE);
	}

}
