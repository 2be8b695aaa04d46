package dev.runnel.imports;

import java.util.List;

import dev.runnel.conversation.AnswerState;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.WellFormed;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * A ChatGPT message, while it is read.
 */
final class ChatGptMessage {

	private static final FieldTable<ChatGptMessage> FIELDS = new FieldTable<ChatGptMessage>()
		.with("author", (it, json) -> it.fields.each(json, it::readAuthor))
		.with("create_time", (it, json) -> it.createTime = it.fields.number(json))
		.with("recipient", (it, json) -> it.recipient = it.word(json, "all"))
		.with("status", (it, json) -> it.status = it.word(json, ""))
		.with("content", (it, json) -> it.content.read(json))
		.with("metadata", (it, json) -> it.fields.each(json, it.metadata::read));

	private final ForeignFields fields;

	private final ChatGptContent content;

	private final ChatGptMetadata metadata;

	private String role = "";

	private @Nullable Double createTime;

	private String recipient = "all";

	private String status = "";

	ChatGptMessage(ForeignFields fields) {
		this.fields = fields;
		this.content = new ChatGptContent(fields);
		this.metadata = new ChatGptMetadata(fields);
	}

	/**
	 * Reads a field.
	 * @param json the parser, at the value of the field
	 * @param name the name of the field
	 */
	void read(JsonParser json, String name) {
		FIELDS.read(this, json, name);
	}

	private void readAuthor(JsonParser json, String field) {
		if (field.equals("role")) {
			this.role = word(json, "");
		}
	}

	private String word(JsonParser json, String otherwise) {
		String word = this.fields.word(json);
		return (word != null) ? word : otherwise;
	}

	/**
	 * Returns the visible part of the message, and counts the parts that are left out.
	 * @return the visible part; null if nothing was visible
	 * @throws RefusedException if the message is too long
	 */
	@Nullable ForeignTurn turn() {
		ShownText shown = new ShownMessage(this.fields, this.content, this.metadata, this.recipient).by(this.role);
		return (shown.leftOut() != null) ? leaveOut(shown.leftOut()) : turn(shown.text(), shown.reasoning());
	}

	private @Nullable ForeignTurn leaveOut(Omission kind) {
		if (!this.content.isEmpty()) {
			this.fields.leaveOut(kind);
		}
		return null;
	}

	private @Nullable ForeignTurn turn(String text, String reasoning) {
		String harmless = WellFormed.storable(text);
		String thoughts = WellFormed.storable(reasoning);
		if (harmless.isBlank() && thoughts.isBlank()) {
			return null;
		}
		ForeignTurn turn = new ForeignTurn(this.role.equals("user"), harmless, thoughts,
				ImportValues.seconds(this.createTime), this.metadata.model(), state(), finishReason(), List.of());
		this.fields.limits().countText(turn.length());
		return turn;
	}

	private AnswerState state() {
		boolean brokeOff = "in_progress".equals(this.status) || "interrupted".equals(this.metadata.finish());
		return brokeOff ? AnswerState.INTERRUPTED : AnswerState.COMPLETE;
	}

	private @Nullable FinishReason finishReason() {
		if ("max_tokens".equals(this.metadata.finish())) {
			return FinishReason.LENGTH;
		}
		return "stop".equals(this.metadata.finish()) ? FinishReason.STOP : null;
	}

}
