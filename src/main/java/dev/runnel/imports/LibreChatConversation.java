package dev.runnel.imports;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;

/**
 * A conversation of LibreChat's export, while it is read. Its messages are a list in
 * which each names its parent, or a tree in which each contains its {@code children}. The
 * code never recurses, because the file decides how deep its tree is.
 */
final class LibreChatConversation implements ForeignReader {

	private static final String CHILDREN = "children";

	private static final FieldTable<LibreChatConversation> FIELDS = new FieldTable<LibreChatConversation>()
		.with("conversationId", (it, json) -> it.id = it.fields.word(json))
		.with("title", (it, json) -> it.title = it.fields.text(json))
		.with("options", (it, json) -> it.fields.each(json, it::readOption))
		.with(List.of("messages", "messagesTree"), LibreChatConversation::readMessages);

	private final ForeignFields fields;

	private final ForeignConversation nodes;

	/** The messages that have begun and not ended, the innermost first. */
	private final Deque<LibreChatMessage> open = new ArrayDeque<>();

	private @Nullable String id;

	private @Nullable String title;

	private @Nullable String model;

	private int count;

	/**
	 * Creates a reader for one conversation.
	 * @param settings the limits of an import
	 * @param limits counts the conversation
	 */
	LibreChatConversation(ImportSettings settings, ImportLimits limits) {
		this.fields = new ForeignFields(limits);
		this.nodes = new ForeignConversation("LibreChat", this.fields, settings);
	}

	@Override
	public void read(JsonParser json, String name) {
		FIELDS.read(this, json, name);
	}

	private void readOption(JsonParser json, String name) {
		if (name.equals("model")) {
			this.model = LibreChatMessage.model(this.fields.text(json));
		}
	}

	/**
	 * Reads the messages only after the id, because other formats have a field of the
	 * same name.
	 */
	private void readMessages(JsonParser json) {
		if (this.id == null || json.currentToken() == null || !json.currentToken().isStructStart()) {
			return;
		}
		TokenStreamContext outside = json.streamReadContext().getParent();
		read(json);
		while (json.streamReadContext() != outside) {
			json.nextToken();
			read(json);
		}
	}

	private void read(JsonParser json) {
		switch (Objects.requireNonNull(json.currentToken())) {
			case START_OBJECT -> begin();
			case PROPERTY_NAME -> readField(json);
			case END_OBJECT -> end();
			default -> {
			}
		}
	}

	private void begin() {
		this.fields.limits().takeNode();
		this.open.push(new LibreChatMessage(this.fields));
	}

	private void readField(JsonParser json) {
		String name = json.currentName();
		JsonToken value = json.nextToken();
		if (!CHILDREN.equals(name) || value != JsonToken.START_ARRAY) {
			this.open.element().read(json, name);
			json.skipChildren();
		}
	}

	private void end() {
		this.count++;
		LibreChatMessage message = this.open.pop();
		String key = message.id("message " + this.count);
		this.nodes.add(key, message.toNode());
		if (!this.open.isEmpty() && this.fields.limits().takeLink()) {
			this.open.element().addChild(key);
		}
	}

	@Override
	public boolean isRecognised() {
		return this.id != null;
	}

	@Override
	public ConversationParser.Parsed toParsed() {
		return this.nodes.toParsed(new ForeignHead(this.id, this.title, false, null, null, null, this.model));
	}

}
