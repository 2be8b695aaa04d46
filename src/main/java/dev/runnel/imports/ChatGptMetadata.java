package dev.runnel.imports;

import java.util.ArrayList;
import java.util.List;

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

	private final ForeignFields fields;

	private final ChatGptCitations citations;

	private final List<ChatGptAttachment> attachments = new ArrayList<>();

	private int pictures;

	private @Nullable String model;

	private @Nullable String finish;

	private boolean hidden;

	ChatGptMetadata(ForeignFields fields) {
		this.fields = fields;
		this.citations = new ChatGptCitations(fields);
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
		ChatGptAttachment attachment = ChatGptAttachment.read(json, this.fields);
		if (this.attachments.size() < MAX_FILES) {
			this.attachments.add(attachment);
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

	ChatGptCitations citations() {
		return this.citations;
	}

	List<ChatGptAttachment> attachments() {
		return this.attachments;
	}

	int pictures() {
		return this.pictures;
	}

}
