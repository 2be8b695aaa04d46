package dev.runnel.imports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.runnel.conversation.AnswerState;
import dev.runnel.upstream.FinishReason;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * A message of LibreChat's export, while it is read.
 */
final class LibreChatMessage {

	private static final String THINKING = ":::thinking\n";

	private static final String THINKING_END = "\n:::";

	private static final FieldTable<LibreChatMessage> FIELDS = new FieldTable<LibreChatMessage>()
		.with("messageId", (it, json) -> it.id = it.fields.word(json))
		.with("parentMessageId", (it, json) -> it.parent = it.fields.word(json))
		.with("isCreatedByUser", (it, json) -> it.isUser = JsonFields.isTrue(json))
		.with("sender", (it, json) -> it.sender = ImportValues.name(it.fields.text(json)))
		.with("model", (it, json) -> it.model = model(it.fields.text(json)))
		.with("createdAt", (it, json) -> it.createdAt = ImportValues.timeOrNull(JsonFields.textOrNull(json)))
		.with("finish_reason", (it, json) -> it.finishReason = it.fields.word(json))
		.with("unfinished", (it, json) -> it.isCut = JsonFields.isTrue(json))
		.with("error", (it, json) -> it.hasError = JsonFields.isTrue(json))
		.with("text", (it, json) -> it.plain = it.fields.text(json))
		.with("content", (it, json) -> it.fields.texts(json, it::addText, () -> it.readPart(json)))
		.with("files", (it, json) -> it.fields.elements(json, () -> it.readFile(json)));

	private final ForeignFields fields;

	private final ForeignText shown;

	private final List<String> children = new ArrayList<>();

	private final List<ForeignFile> files = new ArrayList<>();

	private @Nullable String id;

	private @Nullable String parent;

	private @Nullable String sender;

	private @Nullable String model;

	private @Nullable Instant createdAt;

	private @Nullable String finishReason;

	/** The text without its parts. It is needed only if there are no parts. */
	private @Nullable String plain;

	private boolean hasParts;

	private boolean isUser;

	private boolean isCut;

	private boolean hasError;

	LibreChatMessage(ForeignFields fields) {
		this.fields = fields;
		this.shown = new ForeignText(fields);
	}

	/**
	 * Reads a field.
	 * @param json the parser, at the value of the field
	 * @param name the name of the field
	 */
	void read(JsonParser json, String name) {
		FIELDS.read(this, json, name);
	}

	/**
	 * Returns the name of a model.
	 * @param text the model in the file; null for none
	 * @return the name; null if there is none, or if the text is the id of an agent
	 */
	static @Nullable String model(@Nullable String text) {
		return (text == null || text.matches("(?:agent|asst)_.*")) ? null : ImportValues.name(text);
	}

	private void addText(String text) {
		this.hasParts = true;
		this.shown.add(text);
	}

	private void readPart(JsonParser json) {
		this.hasParts = true;
		LibreChatPart.read(json, this.fields).addTo(this.shown, this.fields);
	}

	/** Files stand below the text, so they are added at the end. */
	private void readFile(JsonParser json) {
		ForeignFile file = ForeignFile.read(json, this.fields);
		if (this.files.size() < ForeignFile.MAX) {
			this.files.add(new ForeignFile(file.name(), file.type(), null));
		}
	}

	/**
	 * Adds a message that this one contains.
	 * @param child the id of that message
	 */
	void addChild(String child) {
		this.children.add(child);
	}

	/**
	 * Returns the id of the message.
	 * @param otherwise the id to use instead of a missing one
	 * @return the id
	 */
	String id(String otherwise) {
		return Objects.requireNonNullElse(this.id, otherwise);
	}

	/**
	 * Returns the message, after all fields are read.
	 * @return the message as a node
	 * @throws RefusedException if the message is too long
	 */
	ForeignNode toNode() {
		return new ForeignNode(this.parent, this.children, turn());
	}

	private @Nullable ForeignTurn turn() {
		if (this.hasError) {
			this.fields.leaveOut(Omission.ERROR);
			return null;
		}
		if (!this.hasParts) {
			addPlain(Objects.requireNonNullElse(this.plain, ""));
		}
		this.files.forEach((file) -> file.addTo(this.shown));
		return this.isUser ? this.shown.question(this.createdAt)
				: this.shown.answer(this.createdAt, (this.model != null) ? this.model : this.sender, state(), reason());
	}

	/** Adds a text. Older versions wrote the reasoning in front of it. */
	private void addPlain(String text) {
		int end = text.startsWith(THINKING) ? text.indexOf(THINKING_END, THINKING.length() - 1) : -1;
		if (end < 0) {
			this.shown.add(text);
			return;
		}
		this.shown.think(text.substring(THINKING.length() - 1, end).strip());
		this.shown.add(text.substring(end + THINKING_END.length()).strip());
	}

	private AnswerState state() {
		return this.isCut ? AnswerState.INTERRUPTED : AnswerState.COMPLETE;
	}

	private @Nullable FinishReason reason() {
		return switch (Objects.requireNonNullElse(this.finishReason, "")) {
			case "length", "max_tokens" -> FinishReason.LENGTH;
			case "stop", "end_turn" -> FinishReason.STOP;
			default -> null;
		};
	}

}
