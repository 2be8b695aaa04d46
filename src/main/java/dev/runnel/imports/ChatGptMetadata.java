package dev.runnel.imports;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * The metadata of a ChatGPT message, while it is read.
 */
final class ChatGptMetadata {

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
		switch (name) {
			case "model_slug" -> this.model = ImportValues.name(this.fields.text(json));
			case "default_model_slug" -> {
				String otherwise = ImportValues.name(this.fields.text(json));
				this.model = (this.model != null) ? this.model : otherwise;
			}
			case "is_visually_hidden_from_conversation" -> this.hidden = this.fields.flag(json);
			case "finish_details" -> this.fields.each(json, (inner, field) -> readFinish(inner, field));
			case "attachments" -> this.fields.elements(json, () -> readAttachment(json));
			case "content_references" -> this.fields.elements(json, () -> this.citations.readReference(json));
			case "citations" -> this.fields.elements(json, () -> this.citations.readCitation(json));
			case "aggregate_result" -> this.fields.each(json, (inner, field) -> readResult(inner, field));
			default -> {
				// Other fields are not needed.
			}
		}
	}

	private void readFinish(JsonParser json, String field) {
		if (field.equals("type")) {
			this.finish = this.fields.word(json);
		}
	}

	private void readAttachment(JsonParser json) {
		String[] known = new String[3];
		this.fields.each(json, (inner, field) -> {
			switch (field) {
				case "id" -> known[0] = this.fields.word(inner);
				case "name" -> known[1] = this.fields.text(inner);
				case "mimeType", "mime_type" -> known[2] = this.fields.word(inner);
				default -> {
					// Other fields, such as sizes, are not needed.
				}
			}
		});
		if (this.attachments.size() < MAX_FILES) {
			this.attachments.add(new Attachment(known[0], ChatGptContent.line(known[1], ""), known[2]));
		}
	}

	/** Counts the pictures that code drew. */
	private void readResult(JsonParser json, String field) {
		if (field.equals("messages")) {
			this.fields.elements(json, () -> JsonFields.each(json, (name) -> {
				if (name.equals("message_type") && "image".equals(JsonFields.textOrNull(json))) {
					this.pictures++;
				}
			}));
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

	/**
	 * A file attached to a message.
	 *
	 * @param id the id; null if unknown
	 * @param name the name, in one line; empty if unknown
	 * @param mimeType the media type; null if unknown
	 */
	record Attachment(@Nullable String id, String name, @Nullable String mimeType) {

		Omission kind() {
			String type = (this.mimeType != null) ? this.mimeType : "";
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
