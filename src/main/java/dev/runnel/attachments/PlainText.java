package dev.runnel.attachments;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.runnel.conversation.NewAttachment;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Reason;

/**
 * Reads text and code.
 */
final class PlainText {

	/** A UTF-16 unit takes at most three bytes as UTF-8. */
	private static final long MAX_BYTES = 3L * NewAttachment.MAX_TEXT_CHARS + 3;

	private static final int START_BYTES = 4096;

	private static final String BYTE_ORDER_MARK = "\ufeff";

	private PlainText() {
	}

	/**
	 * Reads a file.
	 * @param file the file
	 * @return its text, without a byte order mark
	 * @throws ProblemException if it is too long, or no text
	 * @throws IOException if the file cannot be read
	 */
	static String read(Path file) throws IOException {
		if (Files.size(file) > MAX_BYTES) {
			throw isText(file) ? tooLong() : unknown();
		}
		String text = decoded(Files.readAllBytes(file));
		if (text.length() > NewAttachment.MAX_TEXT_CHARS) {
			throw tooLong();
		}
		return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
	}

	/** Looks at the beginning of a file only. */
	private static boolean isText(Path file) throws IOException {
		try (InputStream in = Files.newInputStream(file)) {
			return new String(in.readNBytes(START_BYTES), StandardCharsets.ISO_8859_1).indexOf('\0') < 0;
		}
	}

	private static String decoded(byte[] bytes) {
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
			if (text.indexOf('\0') >= 0) {
				throw unknown();
			}
			return text;
		}
		catch (CharacterCodingException ex) {
			throw unknown();
		}
	}

	private static ProblemException tooLong() {
		return ProblemException.of(Reason.TEXT_TOO_LONG, NewAttachment.MAX_TEXT_CHARS);
	}

	private static ProblemException unknown() {
		return ProblemException.of(Reason.FILE_UNKNOWN);
	}

}
