package dev.runnel.upstream.openrouter;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.EmbeddedFiles;
import dev.runnel.upstream.Prompt;
import dev.runnel.upstream.WellFormed;

/**
 * The content of a message: a text, or a list of parts if files belong to it.
 */
sealed interface MessageContent {

	static MessageContent of(Prompt.Message message) {
		String text = WellFormed.of(message.content());
		if (message.attachments().isEmpty()) {
			return new Text(text);
		}
		List<Part> parts = new ArrayList<>();
		parts.add(new TextPart("text", text));
		message.attachments().forEach((file) -> parts.add(part(file)));
		return new Parts(parts);
	}

	private static Part part(Attachment file) {
		String address = EmbeddedFiles.address(file);
		return file.isPicture() ? new ImagePart("image_url", new Address(address))
				: new FilePart("file", new FileContent(WellFormed.of(file.name()), address));
	}

	/**
	 * A content without files.
	 *
	 * @param text Markdown
	 */
	record Text(String text) implements MessageContent {

		@Override
		@JsonValue
		public String text() {
			return this.text;
		}

	}

	/**
	 * A content with files.
	 *
	 * @param parts the text and the files
	 */
	record Parts(List<Part> parts) implements MessageContent {

		@Override
		@JsonValue
		public List<Part> parts() {
			return this.parts;
		}

	}

	/** A text or a file. */
	sealed interface Part {

	}

	/**
	 * A text.
	 *
	 * @param type the kind of the part
	 * @param text Markdown
	 */
	record TextPart(String type, String text) implements Part {
	}

	/**
	 * A picture.
	 *
	 * @param type the kind of the part
	 * @param imageUrl its address, which has the whole picture in it
	 */
	record ImagePart(String type, @JsonProperty("image_url") Address imageUrl) implements Part {
	}

	/**
	 * An address.
	 *
	 * @param url the address
	 */
	record Address(String url) {
	}

	/**
	 * Another file.
	 *
	 * @param type the kind of the part
	 * @param file its name and its content
	 */
	record FilePart(String type, FileContent file) implements Part {
	}

	/**
	 * A file.
	 *
	 * @param filename the name
	 * @param fileData its address, which has the whole file in it
	 */
	record FileContent(String filename, @JsonProperty("file_data") String fileData) {
	}

}
