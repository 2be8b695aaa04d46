package dev.runnel.imports;

import tools.jackson.core.JsonParser;

/**
 * A part of the content of a ChatGPT message, while it is read: a text, or something that
 * is not text.
 */
final class ChatGptPart {

	/** The type of a part that holds what somebody said, as text. */
	private static final String TRANSCRIPTION = "audio_transcription";

	/** Other fields, such as sizes and times, are not needed. */
	private static final FieldTable<ChatGptPart> FIELDS = new FieldTable<ChatGptPart>()
		.with("content_type", (part, json) -> part.type = part.content.word(json))
		.with("asset_pointer", (part, json) -> part.pointer = part.content.word(json))
		.with("text", (part, json) -> part.content.readText(json));

	private final ChatGptContent content;

	private String type = "";

	private String pointer = "";

	private ChatGptPart(ChatGptContent content) {
		this.content = content;
	}

	/**
	 * Reads a part.
	 * @param json the parser, at the beginning of the part
	 * @param content receives the text
	 * @return the part
	 */
	static ChatGptPart read(JsonParser json, ChatGptContent content) {
		ChatGptPart part = new ChatGptPart(content);
		FIELDS.readAll(part, json);
		return part;
	}

	/**
	 * Returns whether the part holds what somebody said, as text.
	 * @return true also if that text is empty
	 */
	boolean isTranscription() {
		return this.type.equals(TRANSCRIPTION);
	}

	/**
	 * Returns the asset that the part means if it has no text.
	 * @return the asset
	 */
	ChatGptAsset asset() {
		return ChatGptAsset.of(this.pointer, this.type);
	}

}
