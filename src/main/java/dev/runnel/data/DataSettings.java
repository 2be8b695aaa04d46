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
 * Where things are kept.
 *
 * @param dataDir the directory of all that is kept, made at the first start: the embedded
 * database, its search index, the secret of the visitors' cookies; "mem" keeps everything
 * in memory and forgets it at the end
 */
@ConfigurationProperties("runnel")
public record DataSettings(@DefaultValue("data") String dataDir) {

	private static final String MEMORY = "mem";

	private static final String TROUBLE = "runnel.data-dir names a directory that can be neither found nor made: ";

	/**
	 * Creates them.
	 * @param dataDir a directory, or "mem"
	 * @throws IllegalArgumentException if it is blank
	 */
	public DataSettings {
		if (!StringUtils.hasText(dataDir)) {
			throw new IllegalArgumentException("runnel.data-dir must be a directory, or mem for none");
		}
	}

	/**
	 * Whether nothing outlives the process.
	 * @return true if there is no directory
	 */
	public boolean inMemory() {
		return this.dataDir.equals(MEMORY);
	}

	/**
	 * The directory, which is made for its owner only if it is not there.
	 * @return a directory that files can be made in
	 * @throws IllegalArgumentException if there is none; says what is wrong with it
	 */
	public Path directory() {
		Path directory = Path.of(this.dataDir).toAbsolutePath().normalize();
		if (Files.exists(directory) && !Files.isDirectory(directory)) {
			throw new IllegalArgumentException("runnel.data-dir names a file, not a directory: " + directory);
		}
		try {
			return Files.isDirectory(directory) ? writable(directory)
					: Files.createDirectories(directory, ownerOnly(directory));
		}
		catch (IOException ex) {
			throw new IllegalArgumentException(TROUBLE + ex, ex);
		}
	}

	/** Only an attempt tells whether the user, the file system and the disk allow it. */
	private static Path writable(Path directory) {
		try {
			Files.delete(Files.createTempFile(directory, "try", null));
			return directory;
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("runnel.data-dir names a directory in which no file can be made: " + ex,
					ex);
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
