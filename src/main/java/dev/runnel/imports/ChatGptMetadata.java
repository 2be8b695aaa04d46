package dev.runnel.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * The metadata of a ChatGPT message, while it is read.
 */
final class ChatGptMetadata {

	private static final FieldTable<ChatGptMetadata> FIELDS = new FieldTable<ChatGptMetadata>()
		.with("model_slug", (it, json) -> it.model = ImportValues.name(it.fields.text(json)))
		.with("default_model_slug", ChatGptMetadata::readDefaultModel)
		.with("is_visually_hidden_from_conversation", (it, json) -> it.hidden = it.fields.flag(json))
		.with("finish_details", (it, json) -> it.fields.each(json, it::readFinish))
		.with("attachments", (it, json) -> it.fields.elements(json, () -> it.readAttachment(json)))
		.with("content_references", (it, json) -> it.fields.elements(json, () -> it.citations.readReference(json)))
		.with("citations", (it, json) -> it.fields.elements(json, () -> it.citations.readCitation(json)))
		.with("aggregate_result", (it, json) -> it.fields.each(json, it::readResult));

	private static final int MAX_FILES = 1000;

	private final ChatGptFields fields;

	private final Citations citations;

	private final List<Attachment> attachments = new ArrayList<>();

	private int pictures;

	private @Nullable String model;

	private @Nullable String finish;

	private boolean hidden;

	ChatGptMetadata(ChatGptFields fields) {
		this.fields = fields;
		this.citations = new Citations(fields);
	}

	/**
	 * Reads a field.
	 * @param json the parser, at the value of the field
	 * @param name the name of the field
	 */
	void read(JsonParser json, String name) {
		FIELDS.read(this, json, name);
	}

	private void readDefaultModel(JsonParser json) {
		String otherwise = ImportValues.name(this.fields.text(json));
		this.model = (this.model != null) ? this.model : otherwise;
	}

	private void readAttachment(JsonParser json) {
		AttachmentFields read = new AttachmentFields(this.fields);
		this.fields.each(json, (inner, field) -> AttachmentFields.TABLE.read(read, inner, field));
		if (this.attachments.size() < MAX_FILES) {
			this.attachments.add(new Attachment(read.id, Notes.line(read.name, ""), read.mimeType));
		}
	}

	private void readFinish(JsonParser json, String field) {
		if (field.equals("type")) {
			this.finish = this.fields.word(json);
		}
	}

	private void readResult(JsonParser json, String field) {
		if (field.equals("messages")) {
			this.fields.elements(json, () -> JsonFields.each(json, (name) -> countPicture(json, name)));
		}
	}

	/** Counts a picture that code drew. */
	private void countPicture(JsonParser json, String field) {
		if (field.equals("message_type") && "image".equals(JsonFields.textOrNull(json))) {
			this.pictures++;
		}
	}

	@Nullable String model() {
		return this.model;
	}

	@Nullable String finish() {
		return this.finish;
	}

	boolean isHidden() {
		return this.hidden;
	}

	Citations citations() {
		return this.citations;
	}

	List<Attachment> attachments() {
		return this.attachments;
	}

	int pictures() {
		return this.pictures;
	}

	/** The fields of an attached file, while they are read. */
	private static final class AttachmentFields {

		/** Other fields, such as sizes, are not needed. */
		private static final FieldTable<AttachmentFields> TABLE = new FieldTable<AttachmentFields>()
			.with("id", (it, json) -> it.id = it.fields.word(json))
			.with("name", (it, json) -> it.name = it.fields.text(json))
			.with(List.of("mimeType", "mime_type"), (it, json) -> it.mimeType = it.fields.word(json));

		private final ChatGptFields fields;

		private @Nullable String id;

		private @Nullable String name;

		private @Nullable String mimeType;

		private AttachmentFields(ChatGptFields fields) {
			this.fields = fields;
		}

	}

	/**
	 * A file attached to a message.
	 *
	 * @param id the id; null if unknown
	 * @param name the name, in one line; empty if unknown
	 * @param mimeType the media type; null if unknown
	 */
	record Attachment(@Nullable String id, String name, @Nullable String mimeType) {

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

	}

}
