package dev.runnel.imports;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * A conversation of ChatGPT's export ({@code conversations.json}), while it is read. Its
 * {@code mapping} maps ids to nodes, with or without a message. Its {@code current_node}
 * names the last node shown. OpenAI does not document the format, so unknown fields are
 * skipped.
 */
final class ChatGptConversation implements ForeignReader {

	private static final FieldTable<ChatGptConversation> FIELDS = new FieldTable<ChatGptConversation>()
		.with(List.of("id", "conversation_id"), ChatGptConversation::readId)
		.with("title", (it, json) -> it.title = it.fields.text(json))
		.with("create_time", (it, json) -> it.createdAt = ImportValues.seconds(it.fields.number(json)))
		.with("update_time", (it, json) -> it.updatedAt = ImportValues.seconds(it.fields.number(json)))
		.with("current_node", (it, json) -> it.currentNode = it.fields.word(json))
		.with("default_model_slug", (it, json) -> it.model = ImportValues.name(it.fields.text(json)))
		.with("mapping", ChatGptConversation::readMapping);

	private final ForeignFields fields;

	private final ForeignConversation nodes;

	private @Nullable String id;

	private @Nullable String title;

	private @Nullable Instant createdAt;

	private @Nullable Instant updatedAt;

	private @Nullable String currentNode;

	private @Nullable String model;

	private boolean mapped;

	/**
	 * Creates a reader for one conversation.
	 * @param settings the limits of an import
	 * @param limits counts the conversation
	 */
	ChatGptConversation(ImportSettings settings, ImportLimits limits) {
		this.fields = new ForeignFields(limits);
		this.nodes = new ForeignConversation("ChatGPT", this.fields, settings);
	}

	@Override
	public void read(JsonParser json, String name) {
		FIELDS.read(this, json, name);
	}

	private void readId(JsonParser json) {
		String other = this.fields.word(json);
		this.id = (this.id != null) ? this.id : other;
	}

	private void readMapping(JsonParser json) {
		this.mapped = true;
		this.fields.each(json, this::readNode);
	}

	private void readNode(JsonParser json, String id) {
		this.fields.limits().takeNode();
		ChatGptNode node = new ChatGptNode(this.fields);
		this.fields.each(json, node::read);
		this.nodes.add(id, node.toNode());
	}

	@Override
	public boolean isRecognised() {
		return this.mapped;
	}

	@Override
	public ConversationParser.Parsed toParsed() {
		return this.nodes.toParsed(new ForeignHead(this.id, this.title, false, this.createdAt, this.updatedAt,
				this.currentNode, this.model));
	}

}
