package dev.runnel.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * The place of the application's files.
 *
 * @param dataDir the directory for all stored data, created at the first start: the
 * embedded database, its search index, the secret of the visitors' cookies; "mem" keeps
 * everything in memory until the server stops
 */
@ConfigurationProperties("runnel")
public record DataSettings(@DefaultValue("data") String dataDir) {

	private static final String MEMORY = "mem";

	private static final String TROUBLE = "runnel.data-dir names a directory that cannot be found or created: ";

	/**
	 * Creates the settings.
	 * @param dataDir a directory, or "mem"
	 * @throws IllegalArgumentException if the text is blank
	 */
	public DataSettings {
		if (!StringUtils.hasText(dataDir)) {
			throw new IllegalArgumentException("runnel.data-dir must be a directory, or mem for none");
		}
	}

	/**
	 * Returns whether all data is lost at the end of the process.
	 * @return true if there is no directory
	 */
	public boolean inMemory() {
		return this.dataDir.equals(MEMORY);
	}

	/**
	 * Returns the directory. A missing directory is created with access for its owner
	 * only.
	 * @return a directory in which files can be created
	 * @throws IllegalArgumentException if that is not possible; the message says why
	 */
	public Path directory() {
		Path directory = Path.of(this.dataDir).toAbsolutePath().normalize();
		if (isFile(directory)) {
			throw new IllegalArgumentException("runnel.data-dir names a file, not a directory: " + directory);
		}
		try {
			return existingOrNew(directory);
		}
		catch (IOException ex) {
			throw new IllegalArgumentException(TROUBLE + ex, ex);
		}
	}

	private static boolean isFile(Path path) {
		return Files.exists(path) && !Files.isDirectory(path);
	}

	private static Path existingOrNew(Path directory) throws IOException {
		return Files.isDirectory(directory) ? writable(directory)
				: Files.createDirectories(directory, ownerOnly(directory));
	}

	/**
	 * Checks by creating a file: only an attempt shows whether the user, the file system
	 * and the disk allow it.
	 */
	private static Path writable(Path directory) {
		try {
			Files.delete(Files.createTempFile(directory, "try", null));
			return directory;
		}
		catch (IOException ex) {
			throw new IllegalArgumentException(
					"runnel.data-dir names a directory in which no file can be created: " + ex, ex);
		}
	}

	private static FileAttribute<?>[] ownerOnly(Path directory) {
		boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
		return posix
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")) }
				: new FileAttribute<?>[0];
	}

}
