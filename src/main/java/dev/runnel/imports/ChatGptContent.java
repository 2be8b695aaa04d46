package dev.runnel.imports;

import java.util.ArrayList;
import java.util.List;

import dev.runnel.conversation.Title;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * The content of a message of ChatGPT's, while it is read: text wherever the form keeps
 * it, thoughts, and the pictures and the like that it points at.
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
	 * @param json stands at its beginning
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
				// Where it is from, how large it is, and the like.
			}
		}
	}

	private String word(JsonParser json) {
		String word = this.fields.word(json);
		return (word != null) ? word : "";
	}

	/** Text may be text, a part that has some, or a list of both. */
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
					// Sizes, times and the like.
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

	/** What is too long is not held; whether it matters is known at the end only. */
	private void add(StringBuilder parts, String part) {
		if (part.isEmpty() || this.tooLong) {
			return;
		}
		if (!parts.isEmpty()) {
			parts.append(BETWEEN);
		}
		this.tooLong = !this.fields.room().fits((long) this.text.length() + this.thoughts.length() + part.length());
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
	 * The text, without what stands for pictures and the like.
	 * @return Markdown or code, as it is in the file
	 * @throws RefusedException if it is too long
	 */
	String text() {
		checkLength();
		return this.text.toString();
	}

	/**
	 * What a model thought.
	 * @return plain text
	 * @throws RefusedException if it is too long
	 */
	String thoughts() {
		checkLength();
		return this.thoughts.toString();
	}

	private void checkLength() {
		if (this.tooLong) {
			throw this.fields.room().messageTooLong();
		}
	}

	List<Asset> assets() {
		return this.assets;
	}

	boolean isEmpty() {
		return this.text.toString().isBlank() && this.thoughts.isEmpty() && this.assets.isEmpty() && !this.tooLong;
	}

	/**
	 * Says in a text that something is not there.
	 * @param what the thing
	 * @return the note
	 */
	static String note(String what) {
		return "[Not imported: " + what + "]";
	}

	/**
	 * A name in one line.
	 * @param name any text
	 * @param otherwise what to say where it is blank
	 * @return the name, not too long
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
	 * @param kind what it is
	 * @param pointer where it is kept; empty if unknown
	 * @param type what the file calls it
	 */
	record Asset(Omission kind, String pointer, String type) {
	}

}
