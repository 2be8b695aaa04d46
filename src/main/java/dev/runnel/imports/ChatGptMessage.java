package dev.runnel.imports;

import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.runnel.conversation.AnswerState;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.WellFormed;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * A ChatGPT message, while it is read. Its writer and its recipient decide what the
 * reader saw of it. ChatGPT shows code, the output of code, and pictures drawn by a tool.
 * It does not show instructions and searches.
 */
final class ChatGptMessage {

	private static final FieldTable<ChatGptMessage> FIELDS = new FieldTable<ChatGptMessage>()
		.with("author", (it, json) -> it.fields.each(json, it::readAuthor))
		.with("create_time", (it, json) -> it.createTime = it.fields.number(json))
		.with("recipient", (it, json) -> it.recipient = it.word(json, "all"))
		.with("status", (it, json) -> it.status = it.word(json, ""))
		.with("content", (it, json) -> it.content.read(json))
		.with("metadata", (it, json) -> it.fields.each(json, it.metadata::read));

	private static final Set<String> INSTRUCTIONS = Set.of("user_editable_context", "model_editable_context");

	private static final Set<String> THOUGHTS = Set.of("thoughts", "reasoning_recap");

	private static final String ERROR = "system_error";

	/** The types of a tool's results that the reader did not see. */
	private static final Map<String, Omission> UNSEEN_RESULTS = Map.of(ERROR, Omission.ERROR, "tether_quote",
			Omission.WEB_PAGE, "tether_browsing_display", Omission.WEB_PAGE, "tether_browsing_code", Omission.WEB_PAGE,
			"sonic_webpage", Omission.WEB_PAGE);

	private static final String CODE = "code";

	private static final String PYTHON = "python";

	private final ChatGptFields fields;

	private final ChatGptContent content;

	private final ChatGptMetadata metadata;

	private final LeftOutNotes notes;

	private String role = "";

	private @Nullable Double createTime;

	private String recipient = "all";

	private String status = "";

	ChatGptMessage(ChatGptFields fields) {
		this.fields = fields;
		this.content = new ChatGptContent(fields);
		this.metadata = new ChatGptMetadata(fields);
		this.notes = new LeftOutNotes(fields, this.content, this.metadata);
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
	 * Returns what the reader saw of the message. Whatever is left out is counted.
	 * @return the visible part; null if nothing was visible
	 * @throws RefusedException if the message is too long
	 */
	@Nullable ChatGptTurn turn() {
		if (isInstruction()) {
			return leaveOut(Omission.INSTRUCTION);
		}
		if (this.metadata.isHidden()) {
			return leaveOut(Omission.HIDDEN);
		}
		return ofWriter();
	}

	private boolean isInstruction() {
		return INSTRUCTIONS.contains(this.content.type()) || this.role.equals("system");
	}

	private @Nullable ChatGptTurn ofWriter() {
		return switch (this.role) {
			case "user" -> turn(this.notes.below(this.content.text()), "");
			case "assistant" -> assistant();
			case "tool" -> tool();
			default -> leaveOut(Omission.UNKNOWN);
		};
	}

	private @Nullable ChatGptTurn assistant() {
		String type = this.content.type();
		if (THOUGHTS.contains(type)) {
			return turn("", LeftOutNotes.joined(List.of(this.content.thoughts(), this.content.text())));
		}
		if (type.equals(ERROR)) {
			return leaveOut(Omission.ERROR);
		}
		return this.recipient.equals("all") ? answer() : toolCall();
	}

	private @Nullable ChatGptTurn answer() {
		String text = this.content.text();
		String shown = this.content.type().equals(CODE) ? code(text, "") : this.metadata.citations().resolve(text);
		return turn(this.notes.below(shown), this.content.thoughts());
	}

	private @Nullable ChatGptTurn toolCall() {
		if (this.recipient.startsWith(PYTHON)) {
			return turn(this.notes.below(code(this.content.text(), PYTHON)), "");
		}
		if (isCanvas()) {
			String shown = this.fields.canvas().shown(this.content.text(), this.fields.omissions());
			return turn(this.notes.below(shown), "");
		}
		return leaveOut(Omission.TOOL_CALL);
	}

	private boolean isCanvas() {
		return Canvas.isFor(this.recipient) && !this.content.isEmpty();
	}

	private @Nullable ChatGptTurn tool() {
		String type = this.content.type();
		if (type.equals("execution_output")) {
			return turn(this.notes.below(code(this.content.text(), "")), "");
		}
		if (!this.content.assets().isEmpty()) {
			return turn(this.notes.below(""), "");
		}
		return leaveOut(UNSEEN_RESULTS.getOrDefault(type, Omission.TOOL_RESULT));
	}

	private @Nullable ChatGptTurn leaveOut(Omission kind) {
		if (!this.content.isEmpty()) {
			this.fields.leaveOut(kind);
		}
		return null;
	}

	private String code(String code, String language) {
		return code.isBlank() ? ""
				: Fence.around(code, this.content.language().matches("|unknown") ? language : this.content.language());
	}

	private @Nullable ChatGptTurn turn(String text, String reasoning) {
		String harmless = WellFormed.storable(text);
		String thoughts = WellFormed.storable(reasoning);
		if (harmless.isBlank() && thoughts.isBlank()) {
			return null;
		}
		ChatGptTurn turn = new ChatGptTurn(this.role.equals("user"), harmless, thoughts, this.createTime,
				this.metadata.model(), state(), finishReason());
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
