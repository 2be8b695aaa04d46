package dev.runnel.attachments;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.runnel.upstream.Attachment;
import org.jspecify.annotations.Nullable;

/**
 * The kind of a file, as its first bytes show it. The name and the type that the sender
 * states do not count.
 */
enum FileKind {

	/** A PNG picture. */
	PNG("image/png", PngFormat::copy, (start) -> start.startsWith("\u0089PNG\r\n\32\n")),

	/** A JPEG picture. */
	JPEG("image/jpeg", JpegFormat::copy, (start) -> start.startsWith("\u00ff\u00d8\u00ff")),

	/** A GIF picture. */
	GIF("image/gif", GifFormat::copy, (start) -> start.startsWith("GIF87a") || start.startsWith("GIF89a")),

	/** A WebP picture. */
	WEBP("image/webp", WebpFormat::copy, (start) -> start.startsWith("RIFF") && start.startsWith("WEBP", 8)),

	/** A PDF. */
	PDF(Attachment.PDF, null, (start) -> start.startsWith("%PDF-")),

	/** Any other file, which has to be text. */
	TEXT("text/plain", null, (start) -> true);

	private static final int START_BYTES = 12;

	private final String type;

	private final @Nullable PictureFormat picture;

	private final Predicate<String> start;

	FileKind(String type, @Nullable PictureFormat picture, Predicate<String> start) {
		this.type = type;
		this.picture = picture;
		this.start = start;
	}

	/**
	 * Finds the kind of a file.
	 * @param file the file
	 * @return the kind
	 * @throws IOException if the file cannot be read
	 */
	static FileKind of(Path file) throws IOException {
		try (InputStream in = Files.newInputStream(file)) {
			String start = new String(in.readNBytes(START_BYTES), StandardCharsets.ISO_8859_1);
			return Stream.of(values()).filter((kind) -> kind.start.test(start)).findFirst().orElse(TEXT);
		}
	}

	/** The media type. */
	String type() {
		return this.type;
	}

	/** The format of a picture; null for another kind. */
	@Nullable PictureFormat picture() {
		return this.picture;
	}

}
