package dev.runnel.imports;

import java.util.ArrayList;
import java.util.List;

import dev.runnel.upstream.Fence;
import tools.jackson.core.JsonParser;

/**
 * The content of a ChatGPT message, while it is read: text from every field that can hold
 * it, reasoning, and references to pictures and other assets.
 */
final class ChatGptContent {

	/** Other fields, such as the origin and the size, are not needed. */
	private static final FieldTable<ChatGptContent> FIELDS = new FieldTable<ChatGptContent>()
		.with("content_type", (content, json) -> content.type = content.word(json))
		.with("language", (content, json) -> content.language = Fence.language(content.word(json)))
		.with(List.of("text", "parts", "content", "result"), ChatGptContent::readText)
		.with("thoughts", ChatGptContent::readThoughts);

	private static final FieldTable<ChatGptContent> THOUGHT = new FieldTable<ChatGptContent>()
		.with(List.of("summary", "content"), ChatGptContent::readThoughts);

	private final ForeignFields fields;

	private final StringBuilder text = new StringBuilder();

	private final StringBuilder thoughts = new StringBuilder();

	private final List<ChatGptAsset> assets = new ArrayList<>();

	private String type = "";

	private String language = "";

	private boolean tooLong;

	ChatGptContent(ForeignFields fields) {
		this.fields = fields;
	}

	/**
	 * Reads the content.
	 * @param json the parser, at the beginning of the content
	 */
	void read(JsonParser json) {
		switch (json.currentToken()) {
			case START_OBJECT -> FIELDS.readAll(this, json);
			default -> readText(json);
		}
	}

	/** Returns an id or a keyword; empty if the value is none. */
	String word(JsonParser json) {
		String word = this.fields.word(json);
		return (word != null) ? word : "";
	}

	/** Reads text: a string, a part that contains text, or a list of both. */
	void readText(JsonParser json) {
		this.fields.texts(json, (string) -> add(this.text, string), () -> readPart(json));
	}

	private void readPart(JsonParser json) {
		int before = this.text.length();
		ChatGptPart part = ChatGptPart.read(json, this);
		if (this.text.length() == before && !part.isTranscription()) {
			this.assets.add(part.asset());
		}
	}

	private void readThoughts(JsonParser json) {
		this.fields.texts(json, (string) -> add(this.thoughts, string), () -> THOUGHT.readAll(this, json));
	}

	private void add(StringBuilder parts, String part) {
		if (fits(part)) {
			parts.append(parts.isEmpty() ? "" : ForeignText.BETWEEN).append(part);
		}
	}

	/**
	 * Returns whether there is a text to add and room for it. A message that is too long
	 * is not kept in memory. It is not refused yet, because it may turn out to be
	 * invisible.
	 */
	private boolean fits(String part) {
		this.tooLong |= !this.fields.limits().fits((long) this.text.length() + this.thoughts.length() + part.length());
		return !part.isEmpty() && !this.tooLong;
	}

	String type() {
		return this.type;
	}

	String language() {
		return this.language;
	}

	/**
	 * Returns the text, without notes for pictures and other assets.
	 * @return Markdown or code, as in the file
	 * @throws RefusedException if the message is too long
	 */
	String text() {
		checkLength();
		return this.text.toString();
	}

	/**
	 * Returns the reasoning.
	 * @return plain text
	 * @throws RefusedException if the message is too long
	 */
	String thoughts() {
		checkLength();
		return this.thoughts.toString();
	}

	private void checkLength() {
		if (this.tooLong) {
			throw this.fields.limits().messageTooLong();
		}
	}

	List<ChatGptAsset> assets() {
		return this.assets;
	}

	boolean isEmpty() {
		return this.text.toString().isBlank() && this.thoughts.isEmpty() && this.assets.isEmpty() && !this.tooLong;
	}

}
