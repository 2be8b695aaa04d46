package dev.runnel.imports;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * A node of a ChatGPT conversation: a place in its tree, with or without a message.
 */
final class ChatGptNode {

	/** Other fields are not needed: the id is the field name of the node. */
	private static final FieldTable<ChatGptNode> FIELDS = new FieldTable<ChatGptNode>()
		.with("parent", (node, json) -> node.parent = node.fields.word(json))
		.with("children", (node, json) -> node.fields.elements(json, () -> node.readChild(json)))
		.with("message", ChatGptNode::readMessage);

	private final ChatGptFields fields;

	private final List<String> children = new ArrayList<>();

	private @Nullable String parent;

	private @Nullable ChatGptTurn turn;

	ChatGptNode(ChatGptFields fields) {
		this.fields = fields;
	}

	/**
	 * Reads a field of the node.
	 * @param json the parser, at the value of the field
	 * @param name the name of the field
	 */
	void read(JsonParser json, String name) {
		FIELDS.read(this, json, name);
	}

	private void readMessage(JsonParser json) {
		ChatGptMessage message = new ChatGptMessage(this.fields);
		this.fields.each(json, message::read);
		this.turn = message.turn();
	}

	private void readChild(JsonParser json) {
		String child = this.fields.word(json);
		if (child != null && this.fields.limits().takeLink()) {
			this.children.add(child);
		}
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
	 * Returns what the reader saw of the node.
	 * @return the visible part; null if nothing was visible
	 */
	@Nullable ChatGptTurn turn() {
		return this.turn;
	}

	boolean isSeen() {
		return this.turn != null;
	}

	boolean isUser() {
		return this.turn != null && this.turn.isUser();
	}

}
