package dev.runnel.imports;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import dev.runnel.conversation.AnswerState;
import dev.runnel.upstream.FinishReason;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * A message of Claude's export, while it is read.
 */
final class ClaudeMessage {

	private static final String HUMAN = "human";

	private static final FieldTable<ClaudeMessage> FIELDS = new FieldTable<ClaudeMessage>()
		.with("uuid", (it, json) -> it.id = it.fields.word(json))
		.with("sender", (it, json) -> it.sender = it.fields.word(json))
		.with("parent_message_uuid", (it, json) -> it.parent = it.fields.word(json))
		.with("created_at", (it, json) -> it.createdAt = ImportValues.timeOrNull(it.fields.word(json)))
		.with("model", (it, json) -> it.model = ImportValues.name(it.fields.text(json)))
		.with("stop_reason", (it, json) -> it.stopReason = it.fields.word(json))
		.with("text", (it, json) -> it.plain = it.fields.text(json))
		.with("content", (it, json) -> it.fields.texts(json, it::addText, () -> it.readBlock(json)))
		.with(List.of("attachments", "files"), ClaudeMessage::readFiles);

	private final ForeignFields fields;

	private final ForeignText shown;

	private @Nullable String id;

	private @Nullable String sender;

	private @Nullable String parent;

	private @Nullable Instant createdAt;

	private @Nullable String model;

	private @Nullable String stopReason;

	/** The text without its blocks. It is needed only if there are no blocks. */
	private @Nullable String plain;

	private boolean hasBlocks;

	ClaudeMessage(ForeignFields fields) {
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

	private void addText(String text) {
		this.hasBlocks = true;
		this.shown.add(text);
	}

	private void readBlock(JsonParser json) {
		this.hasBlocks = true;
		ClaudeBlock.read(json, this.fields).addTo(this.shown, this.fields);
	}

	/** Files stand below the text, so the text is added first. */
	private void readFiles(JsonParser json) {
		addPlain();
		this.fields.elements(json, () -> ForeignFile.read(json, this.fields).addTo(this.shown));
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
	 * @param before the id of the message before this one in the file; null for none
	 * @return the message as a node
	 * @throws RefusedException if the message is too long
	 */
	ForeignNode toNode(@Nullable String before) {
		return new ForeignNode((this.parent != null) ? this.parent : before, List.of(), turn());
	}

	private void addPlain() {
		if (!this.hasBlocks && this.plain != null) {
			addText(this.plain);
		}
	}

	private @Nullable ForeignTurn turn() {
		addPlain();
		return HUMAN.equals(this.sender) ? this.shown.question(this.createdAt)
				: this.shown.answer(this.createdAt, this.model, state(), finishReason());
	}

	private AnswerState state() {
		return "user_canceled".equals(this.stopReason) ? AnswerState.STOPPED : AnswerState.COMPLETE;
	}

	private @Nullable FinishReason finishReason() {
		return switch (Objects.requireNonNullElse(this.stopReason, "")) {
			case "max_tokens" -> FinishReason.LENGTH;
			case "end_turn", "stop_sequence" -> FinishReason.STOP;
			default -> null;
		};
	}

}
