package dev.runnel.imports;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * A part of the content of a LibreChat message, while it is read.
 */
final class LibreChatPart {

	private static final FieldTable<LibreChatPart> FIELDS = new FieldTable<LibreChatPart>()
		.with("type", (it, json) -> it.type = it.word(json))
		.with("text", (it, json) -> it.text = it.value(json))
		.with("think", (it, json) -> it.think = it.value(json));

	/** The kinds of parts that were not visible. */
	private static final Set<Omission> UNSEEN = Set.of(Omission.TOOL_CALL, Omission.ERROR);

	private final ForeignFields fields;

	private String type = "";

	private String text = "";

	private String think = "";

	private LibreChatPart(ForeignFields fields) {
		this.fields = fields;
	}

	/**
	 * Reads a part.
	 * @param json the parser, at the beginning of the part
	 * @param fields reads the values
	 * @return the part
	 */
	static LibreChatPart read(JsonParser json, ForeignFields fields) {
		LibreChatPart part = new LibreChatPart(fields);
		FIELDS.readAll(part, json);
		return part;
	}

	private String word(JsonParser json) {
		String word = this.fields.word(json);
		return (word != null) ? word : "";
	}

	/** Reads a text, or an object with the text as its {@code value}. */
	private String value(JsonParser json) {
		StringBuilder value = new StringBuilder();
		this.fields.texts(json, value::append, () -> JsonFields.each(json, (name) -> appendValue(json, name, value)));
		return value.toString();
	}

	private static void appendValue(JsonParser json, String name, StringBuilder value) {
		String text = name.equals("value") ? JsonFields.textOrNull(json) : null;
		value.append((text != null) ? text : "");
	}

	/**
	 * Adds the visible part to its message, and counts the rest.
	 * @param message the message
	 * @param omissions counts the parts that are left out
	 */
	void addTo(ForeignText message, ForeignFields omissions) {
		message.think(this.think);
		message.add(this.text);
		Omission kind = kind();
		if (kind != null && UNSEEN.contains(kind)) {
			omissions.leaveOut(kind);
		}
		else if (kind != null) {
			message.leaveOut(kind, "");
		}
	}

	/** Returns the kind of a part that is left out; null for a text. */
	private @Nullable Omission kind() {
		return switch (this.type) {
			case "text", "think", "summary" -> null;
			case "image_file", "image_url" -> Omission.PICTURE;
			case "input_audio" -> Omission.SOUND;
			case "video_url" -> Omission.VIDEO;
			case "tool_call", "agent_update" -> Omission.TOOL_CALL;
			case "error" -> Omission.ERROR;
			default -> (this.text.isBlank() && this.think.isBlank()) ? Omission.UNKNOWN : null;
		};
	}

}
