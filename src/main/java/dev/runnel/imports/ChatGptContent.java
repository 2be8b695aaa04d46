package dev.runnel.imports;

import java.util.ArrayList;
import java.util.List;

import dev.runnel.conversation.Title;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * The content of a ChatGPT message, while it is read: text from every field that can hold
 * it, reasoning, and references to pictures and other assets.
 */
final class ChatGptContent {

	private static final int NAME_CHARS = 200;

	private static final String BETWEEN = "\n\n";

	private final ChatGptFields fields;

	private final StringBuilder text = new StringBuilder();

	private final StringBuilder thoughts = new StringBuilder();

	private final List<Asset> assets = new ArrayList<>();

	private String type = "";

	private String language = "";

	private boolean tooLong;

	ChatGptContent(ChatGptFields fields) {
		this.fields = fields;
	}

	/**
	 * Reads the content.
	 * @param json the parser, at the beginning of the content
	 */
	void read(JsonParser json) {
		switch (json.currentToken()) {
			case START_OBJECT -> JsonFields.each(json, (name) -> readField(json, name));
			default -> readText(json);
		}
	}

	private void readField(JsonParser json, String name) {
		switch (name) {
			case "content_type" -> this.type = word(json);
			case "language" -> this.language = Fence.language(word(json));
			case "text", "parts", "content", "result" -> readText(json);
			case "thoughts" -> readThoughts(json);
			default -> {
				// Other fields, such as the origin and the size, are not needed.
			}
		}
	}

	private String word(JsonParser json) {
		String word = this.fields.word(json);
		return (word != null) ? word : "";
	}

	/** Reads text: a string, a part that contains text, or a list of both. */
	private void readText(JsonParser json) {
		switch (json.currentToken()) {
			case VALUE_STRING -> add(this.text, json.getString());
			case START_OBJECT -> readPart(json);
			case START_ARRAY -> JsonFields.elements(json, () -> readText(json));
			default -> this.fields.unknown(json);
		}
	}

	private void readPart(JsonParser json) {
		Part part = new Part();
		int before = this.text.length();
		JsonFields.each(json, (name) -> {
			switch (name) {
				case "content_type" -> part.type = word(json);
				case "asset_pointer" -> part.pointer = word(json);
				case "text" -> readText(json);
				default -> {
					// Other fields, such as sizes and times, are not needed.
				}
			}
		});
		if (this.text.length() == before && !part.type.equals("audio_transcription")) {
			this.assets.add(new Asset(kind(part.type), part.pointer, part.type));
		}
	}

	private static Omission kind(String type) {
		if (type.contains("image")) {
			return Omission.PICTURE;
		}
		if (type.contains("video")) {
			return Omission.VIDEO;
		}
		return type.contains("audio") ? Omission.SOUND : Omission.UNKNOWN;
	}

	private void readThoughts(JsonParser json) {
		switch (json.currentToken()) {
			case VALUE_STRING -> add(this.thoughts, json.getString());
			case START_ARRAY -> JsonFields.elements(json, () -> readThoughts(json));
			case START_OBJECT -> JsonFields.each(json, (name) -> {
				if (name.equals("summary") || name.equals("content")) {
					readThoughts(json);
				}
			});
			default -> this.fields.unknown(json);
		}
	}

	/**
	 * Adds a text. A message that is too long is not kept in memory. It is not refused
	 * yet, because it may turn out to be invisible.
	 */
	private void add(StringBuilder parts, String part) {
		if (part.isEmpty() || this.tooLong) {
			return;
		}
		if (!parts.isEmpty()) {
			parts.append(BETWEEN);
		}
		this.tooLong = !this.fields.limits().fits((long) this.text.length() + this.thoughts.length() + part.length());
		if (!this.tooLong) {
			parts.append(part);
		}
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

	List<Asset> assets() {
		return this.assets;
	}

	boolean isEmpty() {
		return this.text.toString().isBlank() && this.thoughts.isEmpty() && this.assets.isEmpty() && !this.tooLong;
	}

	/**
	 * Returns the note that replaces something left out.
	 * @param what the thing left out
	 * @return the note
	 */
	static String note(String what) {
		return "[Not imported: " + what + "]";
	}

	/**
	 * Returns a name as one line.
	 * @param name any text; may be null
	 * @param otherwise the text to use instead of a blank name
	 * @return the name, shortened to 200 characters
	 */
	static String line(@Nullable String name, String otherwise) {
		String line = (name != null) ? Title.line(name) : "";
		return line.isEmpty() ? otherwise : Title.shorten(line, NAME_CHARS);
	}

	/** A part of the text, while it is read. */
	private static final class Part {

		private String type = "";

		private String pointer = "";

	}

	/**
	 * Something that is not text.
	 *
	 * @param kind the kind of asset
	 * @param pointer the address of the asset; empty if unknown
	 * @param type the name of the kind in the file
	 */
	record Asset(Omission kind, String pointer, String type) {
	}

}
