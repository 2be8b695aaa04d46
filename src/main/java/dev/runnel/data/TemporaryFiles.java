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
 * Files that do not outlive a request. They are below the data directory, so that they
 * share its disk and its protection. Files of an earlier process are deleted at the
 * start. A server without a data directory uses the system's directory for such files.
 */
public final class TemporaryFiles {

	private static final Logger log = LoggerFactory.getLogger(TemporaryFiles.class);

	private final @Nullable Path folder;

	private TemporaryFiles(@Nullable Path folder) {
		this.folder = folder;
	}

	/**
	 * The system's directory for such files, in which nothing is deleted.
	 * @return the directory
	 */
	public static TemporaryFiles ofSystem() {
		return new TemporaryFiles(null);
	}

	/**
	 * Makes the directory and deletes old files in it.
	 * @param data the data directory
	 * @param age how old a file has to be, so that no running process uses it
	 * @return the directory
	 * @throws IOException if it cannot be made
	 */
	public static TemporaryFiles in(Path data, Duration age) throws IOException {
		Path folder = Files.createDirectories(data.resolve("tmp"));
		Instant limit = Instant.now().minus(age);
		for (Path file : list(folder)) {
			if (!Files.getLastModifiedTime(file).toInstant().isAfter(limit)) {
				Files.deleteIfExists(file);
				log.info("Deleted the temporary file {} of an earlier process", file.getFileName());
			}
		}
		return new TemporaryFiles(folder);
	}

	private static List<Path> list(Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter(Files::isRegularFile).toList();
		}
	}

	/**
	 * Makes an empty file that only this process's user can read. The caller deletes it.
	 * @param prefix the beginning of its name
	 * @return where it is
	 * @throws IOException if it cannot be made
	 */
	public Path create(String prefix) throws IOException {
		return (this.folder != null) ? Files.createTempFile(this.folder, prefix, null)
				: Files.createTempFile("runnel-" + prefix, null);
	}

}
