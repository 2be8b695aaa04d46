package dev.runnel.imports;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * A conversation of Claude's export ({@code conversations.json}), while it is read. Its
 * {@code chat_messages} name their parents; in older exports they do not, and each
 * message follows the one before it. Anthropic does not document the format, so unknown
 * fields are skipped.
 */
final class ClaudeConversation implements ForeignReader {

	private static final FieldTable<ClaudeConversation> FIELDS = new FieldTable<ClaudeConversation>()
		.with("uuid", (it, json) -> it.id = it.fields.word(json))
		.with("name", (it, json) -> it.title = it.fields.text(json))
		.with("created_at", (it, json) -> it.createdAt = ImportValues.timeOrNull(it.fields.word(json)))
		.with("updated_at", (it, json) -> it.updatedAt = ImportValues.timeOrNull(it.fields.word(json)))
		.with("is_starred", (it, json) -> it.starred = JsonFields.isTrue(json))
		.with("model", (it, json) -> it.model = ImportValues.name(it.fields.text(json)))
		.with("current_leaf_message_uuid", (it, json) -> it.current = it.fields.word(json))
		.with("chat_messages", ClaudeConversation::readMessages);

	private final ForeignFields fields;

	private final ForeignConversation nodes;

	private @Nullable String id;

	private @Nullable String title;

	private @Nullable Instant createdAt;

	private @Nullable Instant updatedAt;

	private @Nullable String model;

	private @Nullable String current;

	private @Nullable String newest;

	private int count;

	private boolean starred;

	private boolean hasMessages;

	/**
	 * Creates a reader for one conversation.
	 * @param settings the limits of an import
	 * @param limits counts the conversation
	 */
	ClaudeConversation(ImportSettings settings, ImportLimits limits) {
		this.fields = new ForeignFields(limits);
		this.nodes = new ForeignConversation("Claude", this.fields, settings);
	}

	@Override
	public void read(JsonParser json, String name) {
		FIELDS.read(this, json, name);
	}

	private void readMessages(JsonParser json) {
		this.hasMessages = true;
		this.fields.elements(json, () -> readMessage(json));
	}

	private void readMessage(JsonParser json) {
		this.fields.limits().takeNode();
		this.count++;
		ClaudeMessage message = new ClaudeMessage(this.fields);
		this.fields.each(json, message::read);
		String key = message.id("message " + this.count);
		this.nodes.add(key, message.toNode(this.newest));
		this.newest = key;
	}

	@Override
	public boolean isRecognised() {
		return this.hasMessages;
	}

	@Override
	public ConversationParser.Parsed toParsed() {
		return this.nodes.toParsed(new ForeignHead(this.id, this.title, this.starred, this.createdAt, this.updatedAt,
				this.current, this.model));
	}

}
