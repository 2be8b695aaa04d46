package dev.runnel.imports;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * A chat of Open WebUI's export, while it is read. The field {@code chat} contains the
 * messages, as a tree in {@code history} and, in old exports, as a list.
 */
final class OpenWebUiConversation implements ForeignReader {

	private static final FieldTable<OpenWebUiConversation> FIELDS = new FieldTable<OpenWebUiConversation>()
		.with("id", (it, json) -> it.id = it.fields.word(json))
		.with("title", (it, json) -> it.title = it.fields.text(json))
		.with("pinned", (it, json) -> it.pinned = JsonFields.isTrue(json))
		.with("created_at", (it, json) -> it.createdAt = it.time(json))
		.with("updated_at", (it, json) -> it.updatedAt = it.time(json))
		.with("chat", OpenWebUiConversation::readChat);

	private static final FieldTable<OpenWebUiConversation> CHAT = new FieldTable<OpenWebUiConversation>()
		.with("models", (it, json) -> it.fields.elements(json, () -> it.readModel(json)))
		.with("history", OpenWebUiConversation::readHistory)
		.with("messages", OpenWebUiConversation::readList);

	private static final FieldTable<OpenWebUiConversation> HISTORY = new FieldTable<OpenWebUiConversation>()
		.with("currentId", (it, json) -> it.current = it.fields.word(json))
		.with("messages", OpenWebUiConversation::readTree);

	private final ForeignFields fields;

	private final ForeignConversation nodes;

	private @Nullable String id;

	private @Nullable String title;

	private @Nullable Instant createdAt;

	private @Nullable Instant updatedAt;

	private @Nullable String current;

	private @Nullable String model;

	private boolean pinned;

	private boolean hasChat;

	/**
	 * Creates a reader for one conversation.
	 * @param settings the limits of an import
	 * @param limits counts the conversation
	 */
	OpenWebUiConversation(ImportSettings settings, ImportLimits limits) {
		this.fields = new ForeignFields(limits);
		this.nodes = new ForeignConversation("Open WebUI", this.fields, settings);
	}

	@Override
	public void read(JsonParser json, String name) {
		FIELDS.read(this, json, name);
	}

	private @Nullable Instant time(JsonParser json) {
		return OpenWebUiMessage.time(this.fields.number(json));
	}

	private void readChat(JsonParser json) {
		this.hasChat = true;
		this.fields.each(json, (inner, name) -> CHAT.read(this, inner, name));
	}

	private void readHistory(JsonParser json) {
		this.fields.each(json, (inner, name) -> HISTORY.read(this, inner, name));
	}

	/** The first model answers, unless an answer names another one. */
	private void readModel(JsonParser json) {
		String name = ImportValues.name(this.fields.text(json));
		this.model = (this.model != null) ? this.model : name;
	}

	/** Reads the tree. It contains the messages of the list too. */
	private void readTree(JsonParser json) {
		this.nodes.clear();
		this.fields.each(json, (inner, id) -> this.nodes.add(id, message(inner).toNode()));
	}

	private void readList(JsonParser json) {
		if (!this.nodes.isEmpty()) {
			return;
		}
		this.fields.elements(json, () -> {
			OpenWebUiMessage message = message(json);
			this.nodes.add(message.id(), message.toNode());
		});
	}

	private OpenWebUiMessage message(JsonParser json) {
		this.fields.limits().takeNode();
		OpenWebUiMessage message = new OpenWebUiMessage(this.fields);
		this.fields.each(json, message::read);
		return message;
	}

	@Override
	public boolean isRecognised() {
		return this.hasChat;
	}

	@Override
	public ConversationParser.Parsed toParsed() {
		return this.nodes.toParsed(new ForeignHead(this.id, this.title, this.pinned, this.createdAt, this.updatedAt,
				this.current, this.model));
	}

}
