package dev.runnel.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates files that exist only during a request. They are in the data directory, so that
 * they share its disk and its protection. Files of an earlier process are deleted at the
 * start. A server without a data directory uses the temporary directory of the system.
 */
public final class TemporaryFiles {

	private static final Logger log = LoggerFactory.getLogger(TemporaryFiles.class);

	private final @Nullable Path folder;

	private TemporaryFiles(@Nullable Path folder) {
		this.folder = folder;
	}

	/**
	 * Uses the temporary directory of the system, in which nothing is deleted at the
	 * start.
	 * @return the files
	 */
	public static TemporaryFiles ofSystem() {
		return new TemporaryFiles(null);
	}

	/**
	 * Creates the directory {@code tmp} and deletes old files in it. Another server may
	 * delete its own files at the same time.
	 * @param data the data directory
	 * @param age the age from which no running process uses a file
	 * @return the files
	 * @throws IOException if the directory cannot be created or read
	 */
	public static TemporaryFiles in(Path data, Duration age) throws IOException {
		Path folder = Files.createDirectories(data.resolve("tmp"));
		Instant limit = Instant.now().minus(age);
		for (Path file : list(folder)) {
			if (file.toFile().lastModified() <= limit.toEpochMilli()) {
				deleteOld(file);
			}
		}
		return new TemporaryFiles(folder);
	}

	private static void deleteOld(Path file) throws IOException {
		if (Files.deleteIfExists(file)) {
			log.info("Deleted the temporary file {} of an earlier process", file.getFileName());
		}
	}

	private static List<Path> list(Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter(Files::isRegularFile).toList();
		}
	}

	/**
	 * Creates an empty file that only the user of this process can read. The caller
	 * deletes it.
	 * @param prefix the beginning of the name
	 * @return the path of the file
	 * @throws IOException if the file cannot be created
	 */
	public Path create(String prefix) throws IOException {
		return (this.folder != null) ? Files.createTempFile(this.folder, prefix, null)
				: Files.createTempFile("runnel-" + prefix, null);
	}

	/**
	 * Deletes a file, if it exists. A failure is logged, because nobody can do anything
	 * about it.
	 * @param file a file that {@link #create} has created
	 */
	public void delete(Path file) {
		try {
			Files.deleteIfExists(file);
		}
		catch (IOException ex) {
			log.warn("The temporary file {} cannot be deleted: {}", file, String.valueOf(ex.getMessage()));
		}
	}

}
