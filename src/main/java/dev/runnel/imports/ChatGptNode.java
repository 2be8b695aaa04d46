package dev.runnel.imports;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * A node of a ChatGPT conversation, while it is read.
 */
final class ChatGptNode {

	/** Other fields are not needed: the id is the field name of the node. */
	private static final FieldTable<ChatGptNode> FIELDS = new FieldTable<ChatGptNode>()
		.with("parent", (node, json) -> node.parent = node.fields.word(json))
		.with("children", (node, json) -> node.fields.children(json, node.children))
		.with("message", ChatGptNode::readMessage);

	private final ForeignFields fields;

	private final List<String> children = new ArrayList<>();

	private @Nullable String parent;

	private @Nullable ForeignTurn turn;

	ChatGptNode(ForeignFields fields) {
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

	/**
	 * Returns the node, after all fields are read.
	 * @return the node
	 */
	ForeignNode toNode() {
		return new ForeignNode(this.parent, this.children, this.turn);
	}

}
