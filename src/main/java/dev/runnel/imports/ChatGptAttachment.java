package dev.runnel.imports;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * A file attached to a ChatGPT message.
 *
 * @param id the id; null if unknown
 * @param name the name, in one line; empty if unknown
 * @param mimeType the media type; null if unknown
 */
record ChatGptAttachment(@Nullable String id, String name, @Nullable String mimeType) {

	/**
	 * Reads an attachment.
	 * @param json the parser, at the beginning of the attachment
	 * @param fields reads the values
	 * @return the attachment
	 */
	static ChatGptAttachment read(JsonParser json, ForeignFields fields) {
		Values values = new Values(fields);
		fields.each(json, (inner, field) -> Values.FIELDS.read(values, inner, field));
		return new ChatGptAttachment(values.id, Notes.line(values.name, ""), values.mimeType);
	}

	Omission kind() {
		String type = Objects.requireNonNullElse(this.mimeType, "");
		if (type.startsWith("image/")) {
			return Omission.PICTURE;
		}
		return type.startsWith("audio/") ? Omission.SOUND : Omission.FILE;
	}

	/** Returns whether the pointer of a text part may mean this file. */
	boolean isAt(String pointer) {
		return this.id == null || this.id.isEmpty() || pointer.contains(this.id);
	}

	/** The values of an attachment, while they are read. */
	private static final class Values {

		/** Other fields, such as sizes, are not needed. */
		private static final FieldTable<Values> FIELDS = new FieldTable<Values>()
			.with("id", (it, json) -> it.id = it.fields.word(json))
			.with("name", (it, json) -> it.name = it.fields.text(json))
			.with(List.of("mimeType", "mime_type"), (it, json) -> it.mimeType = it.fields.word(json));

		private final ForeignFields fields;

		private @Nullable String id;

		private @Nullable String name;

		private @Nullable String mimeType;

		private Values(ForeignFields fields) {
			this.fields = fields;
		}

	}

}
