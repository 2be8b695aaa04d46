package dev.runnel.imports;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.runnel.conversation.ConversationSettings;
import dev.runnel.conversation.ImportedConversation;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * A conversation of ChatGPT's export ({@code conversations.json}), while it is read. Its
 * {@code mapping} maps ids to nodes, with or without a message. Its {@code current_node}
 * names the last node shown. OpenAI does not document the format, so unknown fields are
 * skipped.
 */
final class ChatGptConversation {

	private static final FieldTable<ChatGptConversation> FIELDS = new FieldTable<ChatGptConversation>()
		.with("title", (it, json) -> it.title = it.fields.text(json))
		.with("create_time", (it, json) -> it.createTime = it.fields.number(json))
		.with("update_time", (it, json) -> it.updateTime = it.fields.number(json))
		.with("current_node", (it, json) -> it.currentNode = it.fields.word(json))
		.with("default_model_slug", (it, json) -> it.model = ImportValues.name(it.fields.text(json)))
		.with("mapping", ChatGptConversation::readMapping);

	private final ImportSettings settings;

	private final ChatGptFields fields;

	private final Map<String, ChatGptNode> nodes = new LinkedHashMap<>();

	private final Clock clock = Clock.systemUTC();

	private @Nullable String title;

	private @Nullable Double createTime;

	private @Nullable Double updateTime;

	private @Nullable String currentNode;

	private @Nullable String model;

	private boolean mapped;

	/**
	 * Creates a reader for one conversation.
	 * @param settings the limits of an import
	 * @param limits counts the conversation
	 */
	ChatGptConversation(ImportSettings settings, ImportLimits limits) {
		this.settings = settings;
		this.fields = new ChatGptFields(limits);
	}

	/**
	 * Reads a field.
	 * @param json the parser, at the value of the field
	 * @param name the name of the field
	 */
	void read(JsonParser json, String name) {
		FIELDS.read(this, json, name);
	}

	private void readMapping(JsonParser json) {
		this.mapped = true;
		this.fields.each(json, this::readNode);
	}

	private void readNode(JsonParser json, String id) {
		this.fields.limits().takeNode();
		ChatGptNode node = new ChatGptNode(this.fields);
		this.fields.each(json, node::read);
		if (this.nodes.putIfAbsent(id, node) != null) {
			throw new RefusedException("has two nodes with the id " + Notes.line(id, "\"\""));
		}
	}

	/**
	 * Returns whether this is a conversation of ChatGPT.
	 * @return true if it has a {@code mapping}
	 */
	boolean hasMapping() {
		return this.mapped;
	}

	/**
	 * Returns what is left out of the conversation.
	 * @return the counts
	 */
	Omissions omissions() {
		return this.fields.omissions();
	}

	/**
	 * Returns the conversation.
	 * @return the conversation
	 * @throws RefusedException if it cannot be imported
	 */
	ImportedConversation toConversation() {
		Instant created = ImportValues.time(this.createTime, this.clock.instant());
		ImportedTree tree = new ImportedTree();
		ChatGptTree visible = new ChatGptTree(this.nodes, tree, created, this.model, new ImportLimits(this.settings));
		visible.addAll();
		if (tree.messages().isEmpty()) {
			throw new RefusedException("has no messages");
		}
		return new ImportedConversation(tree.title(this.title), false, false, created,
				ImportValues.time(this.updateTime, created), tree.end(visible.number(this.currentNode)),
				ConversationSettings.NONE, tree.messages());
	}

}
