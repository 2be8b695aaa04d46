package dev.runnel.imports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.runnel.conversation.AnswerState;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A message of Open WebUI's export, while it is read. Its text contains folded blocks for
 * reasoning and tools.
 */
final class OpenWebUiMessage {

	/** A time beyond this one, in seconds, is in milliseconds. */
	private static final double MAX_SECONDS = 1e11;

	private static final double MILLIS_A_SECOND = 1000;

	private static final FieldTable<OpenWebUiMessage> FIELDS = new FieldTable<OpenWebUiMessage>()
		.with("id", (it, json) -> it.id = it.fields.wordOrEmpty(json))
		.with("parentId", (it, json) -> it.parent = it.fields.word(json))
		.with("childrenIds", (it, json) -> it.fields.children(json, it.children))
		.with("role", (it, json) -> it.role = it.fields.wordOrEmpty(json))
		.with("content", (it, json) -> it.content = it.fields.text(json))
		.with("output", (it, json) -> it.output.read(json))
		.with("model", (it, json) -> it.model = ImportValues.name(it.fields.text(json)))
		.with("timestamp", (it, json) -> it.createdAt = time(it.fields.number(json)))
		.with("done", (it, json) -> it.isCut = json.currentToken() == JsonToken.VALUE_FALSE)
		.with("error", OpenWebUiMessage::readError)
		.with("files", (it, json) -> ForeignFile.readNames(json, it.fields, it.files));

	private final ForeignFields fields;

	private final ForeignText shown;

	private final OpenWebUiOutput output;

	private final List<String> children = new ArrayList<>();

	/** Files stand below the text, so they are added at the end. */
	private final List<ForeignFile> files = new ArrayList<>();

	private String id = "";

	private String role = "";

	private @Nullable String parent;

	private @Nullable String content;

	private @Nullable String model;

	private @Nullable Instant createdAt;

	private boolean isCut;

	private boolean hasError;

	OpenWebUiMessage(ForeignFields fields) {
		this.fields = fields;
		this.shown = new ForeignText(fields);
		this.output = new OpenWebUiOutput(fields);
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
	 * Returns a time. Some versions write milliseconds.
	 * @param time seconds or milliseconds since the epoch; null if unknown
	 * @return the time; null if it is unknown or impossible
	 */
	static @Nullable Instant time(@Nullable Double time) {
		return ImportValues
			.seconds((time != null && time > MAX_SECONDS) ? Double.valueOf(time / MILLIS_A_SECOND) : time);
	}

	/** Reads an error: true, a text, or an object. */
	private void readError(JsonParser json) {
		this.hasError = json.currentToken() != JsonToken.VALUE_NULL && json.currentToken() != JsonToken.VALUE_FALSE;
		json.skipChildren();
	}

	String id() {
		return this.id;
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
		return switch (this.role) {
			case "user" -> question();
			case "assistant" -> answer();
			default -> leaveOut(this.role.equals("system") ? Omission.INSTRUCTION : Omission.UNKNOWN);
		};
	}

	private @Nullable ForeignTurn leaveOut(Omission kind) {
		if (this.content != null && !this.content.isBlank()) {
			this.fields.leaveOut(kind);
		}
		return null;
	}

	private @Nullable ForeignTurn question() {
		this.shown.add(Objects.requireNonNullElse(this.content, ""));
		this.files.forEach((file) -> file.addTo(this.shown));
		return this.shown.question(this.createdAt);
	}

	private @Nullable ForeignTurn answer() {
		new FoldedBlocks(this.shown, this.fields).read(Objects.requireNonNullElse(this.content, ""));
		this.output.addTo(this.shown);
		this.files.forEach((file) -> file.addTo(this.shown));
		if (this.hasError) {
			this.fields.leaveOut(Omission.ERROR);
		}
		return this.shown.answer(this.createdAt, this.model, state(), null);
	}

	private AnswerState state() {
		return (this.isCut || this.hasError) ? AnswerState.INTERRUPTED : AnswerState.COMPLETE;
	}

}
