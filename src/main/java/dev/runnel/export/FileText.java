package dev.runnel.export;

import java.nio.charset.StandardCharsets;

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

}
