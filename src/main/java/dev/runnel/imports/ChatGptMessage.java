package dev.runnel.imports;

import java.util.ArrayList;
import java.util.List;
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

	private static final Set<String> INSTRUCTIONS = Set.of("user_editable_context", "model_editable_context");

	private static final Set<String> THOUGHTS = Set.of("thoughts", "reasoning_recap");

	private static final Set<String> WEB_PAGES = Set.of("tether_quote", "tether_browsing_display",
			"tether_browsing_code", "sonic_webpage");

	private static final String CODE = "code";

	private static final String PYTHON = "python";

	private final ChatGptFields fields;

	private final ChatGptContent content;

	private final ChatGptMetadata metadata;

	private String role = "";

	private @Nullable Double createTime;

	private String recipient = "all";

	private String status = "";

	ChatGptMessage(ChatGptFields fields) {
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
		switch (name) {
			case "author" -> this.fields.each(json, (inner, field) -> {
				if (field.equals("role")) {
					this.role = word(inner, "");
				}
			});
			case "create_time" -> this.createTime = time(json);
			case "recipient" -> this.recipient = word(json, "all");
			case "status" -> this.status = word(json, "");
			case "content" -> this.content.read(json);
			case "metadata" -> this.fields.each(json, this.metadata::read);
			default -> {
				// Other fields are not needed.
			}
		}
	}

	private String word(JsonParser json, String otherwise) {
		String word = this.fields.word(json);
		return (word != null) ? word : otherwise;
	}

	/** Reads the time, which many messages do not have. */
	private @Nullable Double time(JsonParser json) {
		return this.fields.number(json);
	}

	/**
	 * Returns what the reader saw of the message. Whatever is left out is counted.
	 * @return the visible part; null if nothing was visible
	 * @throws RefusedException if the message is too long
	 */
	@Nullable ChatGptTurn turn() {
		if (INSTRUCTIONS.contains(this.content.type()) || this.role.equals("system")) {
			return leaveOut(Omission.INSTRUCTION);
		}
		if (this.metadata.isHidden()) {
			return leaveOut(Omission.HIDDEN);
		}
		return switch (this.role) {
			case "user" -> turn(shown(this.content.text()), "");
			case "assistant" -> assistant();
			case "tool" -> tool();
			default -> leaveOut(Omission.UNKNOWN);
		};
	}

	private @Nullable ChatGptTurn assistant() {
		String type = this.content.type();
		if (THOUGHTS.contains(type)) {
			return turn("", joined(List.of(this.content.thoughts(), this.content.text())));
		}
		if (type.equals("system_error")) {
			return leaveOut(Omission.ERROR);
		}
		if (this.recipient.equals("all")) {
			String text = this.content.text();
			return turn(shown(type.equals(CODE) ? code(text, "") : this.metadata.citations().resolve(text)),
					this.content.thoughts());
		}
		if (this.recipient.startsWith(PYTHON)) {
			return turn(shown(code(this.content.text(), PYTHON)), "");
		}
		if (Canvas.isFor(this.recipient) && !this.content.isEmpty()) {
			return turn(shown(this.fields.canvas().shown(this.content.text(), this.fields.omissions())), "");
		}
		return leaveOut(Omission.TOOL_CALL);
	}

	private @Nullable ChatGptTurn tool() {
		String type = this.content.type();
		if (type.equals("execution_output")) {
			return turn(shown(code(this.content.text(), "")), "");
		}
		if (!this.content.assets().isEmpty()) {
			return turn(shown(""), "");
		}
		return leaveOut(WEB_PAGES.contains(type) ? Omission.WEB_PAGE
				: type.equals("system_error") ? Omission.ERROR : Omission.TOOL_RESULT);
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

	/** Returns the text, followed by a note for each asset. */
	private String shown(String text) {
		List<String> shown = new ArrayList<>(List.of(text));
		List<ChatGptMetadata.Attachment> files = new ArrayList<>(this.metadata.attachments());
		for (ChatGptContent.Asset asset : this.content.assets()) {
			String name = name(files, asset);
			shown.add(note(asset.kind(), (asset.kind() == Omission.UNKNOWN && name.isEmpty()) ? asset.type() : name));
		}
		files.forEach((file) -> shown.add(note(file.kind(), file.name())));
		for (int i = 0; i < this.metadata.pictures(); i++) {
			shown.add(note(Omission.PICTURE, ""));
		}
		return joined(shown);
	}

	/**
	 * Returns the file name of an asset, and removes the file from the list. A picture is
	 * often both a part of the text and an attached file.
	 */
	private static String name(List<ChatGptMetadata.Attachment> files, ChatGptContent.Asset asset) {
		for (int i = 0; i < files.size(); i++) {
			if (files.get(i).isAt(asset.pointer())) {
				return files.remove(i).name();
			}
		}
		return "";
	}

	private String note(Omission kind, String name) {
		this.fields.leaveOut(kind);
		String what = (kind != Omission.UNKNOWN) ? kind.wireName() : name.isEmpty() ? "something" : "";
		return ChatGptContent.note((what + " " + name).strip());
	}

	private static String joined(List<String> texts) {
		return String.join("\n\n", texts.stream().filter((text) -> !text.isBlank()).toList());
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
