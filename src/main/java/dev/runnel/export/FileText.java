package dev.runnel.export;

import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.runnel.upstream.EmbeddedFiles;

/**
 * Writes the text of a file for people.
 */
final class FileText {

	private FileText() {
	}

	/** Appends a paragraph, unless it is blank. */
	static void paragraph(StringBuilder text, String content) {
		if (!content.isBlank()) {
			text.append('\n').append(content.stripTrailing()).append('\n');
		}
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/** Returns a piece of a file without attached files. */
	static EmbeddedFiles plain(String text) {
		return EmbeddedFiles.in(bytes(text), List.of());
	}

}
