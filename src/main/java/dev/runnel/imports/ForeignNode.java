package dev.runnel.imports;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A place in the tree of a foreign conversation, with or without a visible message.
 */
final class ForeignNode {

	private final List<String> children;

	private final @Nullable ForeignTurn turn;

	private @Nullable String parent;

	/**
	 * Creates a node.
	 * @param parent the id of the parent; null for none
	 * @param children the ids of the children, oldest version first; some of these nodes
	 * may not exist
	 * @param turn the visible part of the node; null if nothing was visible
	 */
	ForeignNode(@Nullable String parent, List<String> children, @Nullable ForeignTurn turn) {
		this.parent = parent;
		this.children = children;
		this.turn = turn;
	}

	@Nullable String parent() {
		return this.parent;
	}

	/**
	 * Sets the parent of a node that does not name a usable one.
	 * @param id the node that lists this node as a child
	 */
	void setParent(String id) {
		this.parent = id;
	}

	/**
	 * Returns the children of the node, oldest version first.
	 * @return their ids; some of these nodes may not exist
	 */
	List<String> children() {
		return this.children;
	}

	/**
	 * Returns the visible part of the node.
	 * @return the visible part; null if nothing was visible
	 */
	@Nullable ForeignTurn turn() {
		return this.turn;
	}

	boolean isSeen() {
		return this.turn != null;
	}

	boolean isUser() {
		return this.turn != null && this.turn.isUser();
	}

}
