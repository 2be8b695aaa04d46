package dev.runnel.export;

import java.util.Set;

import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.Title;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.WellFormed;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A node of a conversation of ChatGPT's, while it is read.
 */
final class ChatGptNode {

	/** What the person who looked at the conversation did not see as a message. */
	private static final Set<String> UNSEEN = Set.of("user_editable_context", "model_editable_context", "thoughts",
			"reasoning_recap", "system_error");

	/** What else a word of the form may be to mean something here. */
	private static final Set<String> KNOWN = Set.of("user", "assistant", "all", "code", "in_progress", "interrupted",
			"max_tokens", "stop");

	/** Stands for all words that mean nothing here: they are not kept. */
	private static final String OTHER = "";

	private static final int NAME_CHARS = 60;

	private final ImportRoom room;

	/** While the message is read. */
	private final StringBuilder text = new StringBuilder();

	/** What is said of parts that are not text; it comes after the text. */
	private final StringBuilder notes = new StringBuilder();

	/** The whole text, made harmless; code in a fence. */
	private String whole = "";

	private @Nullable String parent;

	private @Nullable String role;

	private @Nullable Double createTime;

	private @Nullable String contentType;

	private String language = "";

	private @Nullable String model;

	private @Nullable String recipient;

	private @Nullable String status;

	private @Nullable String finish;

	private boolean hidden;

	ChatGptNode(ImportRoom room) {
		this.room = room;
	}

	/**
	 * Reads a field of the node.
	 * @param json stands at its value
	 * @param name its name
	 */
	void read(JsonParser json, String name) {
		switch (name) {
			case "parent" -> this.parent = id(json);
			case "message" -> {
				JsonFields.each(json, (field) -> readMessage(json, field));
				add(this.text, this.notes.toString());
				this.room.takeText(this.text.length());
				this.whole = whole();
				this.text.setLength(0);
				this.text.trimToSize();
				this.notes.setLength(0);
				this.notes.trimToSize();
			}
			default -> {
				// The parent says the same as the children.
			}
		}
	}

	private void readMessage(JsonParser json, String name) {
		switch (name) {
			case "author" -> JsonFields.each(json, (field) -> {
				if (field.equals("role")) {
					this.role = word(json);
				}
			});
			case "create_time" -> this.createTime = JsonFields.numberOrNull(json);
			case "recipient" -> this.recipient = word(json);
			case "status" -> this.status = word(json);
			case "content" -> JsonFields.each(json, (field) -> readContent(json, field));
			case "metadata" -> JsonFields.each(json, (field) -> readMetadata(json, field));
			default -> {
				// Of no use here.
			}
		}
	}

	private void readContent(JsonParser json, String name) {
		switch (name) {
			case "content_type" -> this.contentType = word(json);
			case "language" -> this.language = language(json);
			case "text" -> add(this.text, JsonFields.textOrNull(json));
			case "parts" -> JsonFields.elements(json, () -> readPart(json));
			default -> {
				// Of no use here.
			}
		}
	}

	private void readPart(JsonParser json) {
		if (json.currentToken() == JsonToken.VALUE_STRING) {
			add(this.text, json.getString());
		}
		else if (json.currentToken() == JsonToken.START_OBJECT) {
			JsonFields.each(json, (field) -> {
				if (field.equals("content_type")) {
					add(this.notes, "[Not imported: " + line(JsonFields.textOrNull(json)) + "]");
				}
			});
		}
	}

	private void readMetadata(JsonParser json, String name) {
		switch (name) {
			case "model_slug" -> this.model = Trusted.name(JsonFields.textOrNull(json));
			case "is_visually_hidden_from_conversation" -> this.hidden = JsonFields.isTrue(json);
			case "finish_details" -> JsonFields.each(json, (field) -> {
				if (field.equals("type")) {
					this.finish = word(json);
				}
			});
			default -> {
				// Of no use here.
			}
		}
	}

	/** One that is longer than the names of fields may be is the id of no node. */
	private static @Nullable String id(JsonParser json) {
		String id = JsonFields.textOrNull(json);
		return (id != null && id.length() <= JsonFields.NAME_CHARS) ? id : null;
	}

	private static @Nullable String word(JsonParser json) {
		String word = JsonFields.textOrNull(json);
		return (word == null || KNOWN.contains(word) || UNSEEN.contains(word)) ? word : OTHER;
	}

	private static String language(JsonParser json) {
		String language = JsonFields.textOrNull(json);
		return (language != null && language.matches("[a-z0-9+#-]{1,20}")) ? language : "";
	}

	private void add(StringBuilder parts, @Nullable String part) {
		if (part == null || part.isEmpty()) {
			return;
		}
		if (!parts.isEmpty()) {
			parts.append("\n\n");
		}
		parts.append(part);
		this.room.checkMessage(this.text.length() + this.notes.length());
	}

	private static String line(@Nullable String text) {
		return Title.shorten(Title.line((text != null) ? text : "something"), NAME_CHARS);
	}

	@Nullable String parent() {
		return this.parent;
	}

	@Nullable Double createTime() {
		return this.createTime;
	}

	@Nullable String model() {
		return this.model;
	}

	/**
	 * Whether somebody saw this as a message.
	 * @return false for the system's, tools' and hidden ones, and those without text
	 */
	boolean isSeen() {
		boolean speaks = isUser() || ("assistant".equals(this.role) && isForAll());
		return speaks && !this.hidden && !UNSEEN.contains(String.valueOf(this.contentType)) && !text().isBlank();
	}

	private boolean isForAll() {
		return this.recipient == null || this.recipient.equals("all");
	}

	boolean isUser() {
		return "user".equals(this.role);
	}

	String text() {
		return this.whole;
	}

	private String whole() {
		String harmless = WellFormed.storable(this.text.toString());
		if (!"code".equals(this.contentType) || harmless.isBlank()) {
			return harmless;
		}
		String fence = fence(harmless);
		return fence + this.language + "\n" + harmless.stripTrailing() + "\n" + fence;
	}

	/** Longer than any that is in the code. */
	private static String fence(String code) {
		int longest = 2;
		int run = 0;
		for (int i = 0; i < code.length(); i++) {
			run = (code.charAt(i) == '~') ? run + 1 : 0;
			longest = Math.max(longest, run);
		}
		return "~".repeat(longest + 1);
	}

	AnswerState state() {
		boolean brokeOff = "in_progress".equals(this.status) || "interrupted".equals(this.finish);
		return brokeOff ? AnswerState.INTERRUPTED : AnswerState.COMPLETE;
	}

	@Nullable FinishReason finishReason() {
		if ("max_tokens".equals(this.finish)) {
			return FinishReason.LENGTH;
		}
		return "stop".equals(this.finish) ? FinishReason.STOP : null;
	}

}
