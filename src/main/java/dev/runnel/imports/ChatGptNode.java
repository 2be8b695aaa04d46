package dev.runnel.imports;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * A node of a conversation of ChatGPT's: a place in its tree, with a message or without.
 */
final class ChatGptNode {

	private final ChatGptFields fields;

	private final List<String> children = new ArrayList<>();

	private @Nullable String parent;

	private @Nullable ChatGptTurn turn;

	ChatGptNode(ChatGptFields fields) {
		this.fields = fields;
	}

	/**
	 * Reads a field of the node.
	 * @param json stands at its value
	 * @param name its name
	 */
	void read(JsonParser json, String name) {
		switch (name) {
			case "parent" -> this.parent = this.fields.word(json);
			case "children" -> this.fields.elements(json, () -> readChild(json));
			case "message" -> {
				ChatGptMessage message = new ChatGptMessage(this.fields);
				this.fields.each(json, message::read);
				this.turn = message.turn();
			}
			default -> {
				// Its id is the name of the field.
			}
		}
	}

	private void readChild(JsonParser json) {
		String child = this.fields.word(json);
		if (child != null && this.fields.room().takeLink()) {
			this.children.add(child);
		}
	}

	@Nullable String parent() {
		return this.parent;
	}

	/**
	 * Says what a node follows that does not say so itself.
	 * @param id the node that names it among its children
	 */
	void follow(String id) {
		this.parent = id;
	}

	/**
	 * The nodes that follow, the oldest version first.
	 * @return their ids; some may be missing
	 */
	List<String> children() {
		return this.children;
	}

	/**
	 * What somebody saw of it.
	 * @return null for nothing
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
