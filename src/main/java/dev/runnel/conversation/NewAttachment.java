package dev.runnel.conversation;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * A file to store, after its content was checked.
 *
 * @param content the bytes, in a temporary file that stays until the file is stored
 * @param hash the SHA-256 of the bytes, in hexadecimal digits
 * @param name the name, in one line of at most {@value #MAX_NAME_CHARS} UTF-16 units
 * @param type the media type, as the content shows it
 * @param size the size, in bytes
 * @param pages the number of pages of a PDF; null for another file
 * @param width the width of a picture, in pixels; null for another file
 * @param height the height of a picture, in pixels; null for another file
 * @param text the text, at most {@value #MAX_TEXT_CHARS} UTF-16 units that can be stored;
 * null for none
 * @param tokens an estimate of the tokens that a model reads for it
 */
public record NewAttachment(Path content, String hash, String name, String type, long size, @Nullable Integer pages,
		@Nullable Integer width, @Nullable Integer height, @Nullable String text, int tokens) {

	/** The maximum length of the text, in UTF-16 units. */
	public static final int MAX_TEXT_CHARS = 1024 * 1024;

	/** The maximum length of the name, in UTF-16 units. */
	public static final int MAX_NAME_CHARS = 200;

}
