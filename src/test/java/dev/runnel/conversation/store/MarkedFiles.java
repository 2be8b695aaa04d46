package dev.runnel.conversation.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the files of a folder that contain a text. A file that is deleted during the
 * search contains nothing.
 */
final class MarkedFiles extends SimpleFileVisitor<Path> {

	private final Path folder;

	private final String text;

	private final List<String> found = new ArrayList<>();

	private MarkedFiles(Path folder, String text) {
		this.folder = folder;
		this.text = text;
	}

	/** Returns the names of the files, relative to the folder. */
	static List<String> containing(Path folder, String text) throws IOException {
		MarkedFiles files = new MarkedFiles(folder, text);
		Files.walkFileTree(folder, files);
		return files.found;
	}

	@Override
	public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
		if (contains(file)) {
			this.found.add(this.folder.relativize(file).toString());
		}
		return FileVisitResult.CONTINUE;
	}

	/** Some systems let nobody read a file that is locked. */
	private boolean contains(Path file) throws IOException {
		try {
			return !file.endsWith("write.lock")
					&& new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(this.text);
		}
		catch (NoSuchFileException ex) {
			return false;
		}
	}

	@Override
	public FileVisitResult visitFileFailed(Path file, IOException ex) throws IOException {
		if (ex instanceof NoSuchFileException) {
			return FileVisitResult.CONTINUE;
		}
		throw ex;
	}

}
