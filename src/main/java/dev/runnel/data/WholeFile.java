package dev.runnel.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Creates a file as a whole, so that a reader sees the complete file or none, after a
 * crash too.
 */
public final class WholeFile {

	private WholeFile() {
	}

	/**
	 * Writes a temporary file beside the new one and renames it. Temporary files are
	 * readable by their owner only.
	 * @param file the file, whose directory exists
	 * @param content the bytes of the file
	 * @throws IOException if the file exists or cannot be written
	 */
	public static void create(Path file, byte[] content) throws IOException {
		Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), "draft", null);
		try {
			Files.write(draft, content);
			Files.move(draft, file);
		}
		finally {
			Files.deleteIfExists(draft);
		}
	}

}
