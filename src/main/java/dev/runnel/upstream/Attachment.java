package dev.runnel.upstream;

import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A file that belongs to a question, or a picture of an answer. Clients see it in this
 * form.
 *
 * @param id the id
 * @param name the name, in one line
 * @param type the media type, as the content shows it
 * @param size the size, in bytes
 * @param pages the number of pages of a PDF; null for another file
 * @param width the width of a picture, in pixels; null for another file
 * @param height the height of a picture, in pixels; null for another file
 * @param hasText whether it has text, which can be sent to a model in its place
 * @param tokens an estimate of the tokens that a model reads for it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Attachment(UUID id, String name, String type, long size, @Nullable Integer pages, @Nullable Integer width,
		@Nullable Integer height, boolean hasText, int tokens) {

	/** The media type of a PDF. */
	public static final String PDF = "application/pdf";

	/** The average length of a token, in UTF-16 units. */
	public static final int CHARS_PER_TOKEN = 4;

	/**
	 * Returns whether a model has to see to read it.
	 * @return true for a picture
	 */
	@JsonIgnore
	public boolean isPicture() {
		return this.type.startsWith("image/");
	}

	/**
	 * Returns whether it is a PDF.
	 * @return true for a PDF
	 */
	@JsonIgnore
	public boolean isPdf() {
		return this.type.equals(PDF);
	}

	/**
	 * Returns how much of a context it takes.
	 * @return an estimate, in UTF-16 units of text
	 */
	public int length() {
		return this.tokens * CHARS_PER_TOKEN;
	}

}
