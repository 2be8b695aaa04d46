package dev.runnel.conversation.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Asks the server that uses the embedded database for a backup. The request, the backup
 * and the error are files in the data directory, which only the owner of the server can
 * write to.
 *
 * @param request the file that asks
 * @param answer the file of the backup
 * @param error the file with the reason why there is no backup
 */
record BackupRequest(Path request, Path answer, Path error) {

	/** The beginning of the names of all these files. */
	static final String PREFIX = "backup-";

	/** The end of the name of a request. */
	static final String REQUEST = ".request";

	private static final long PAUSE_MILLIS = 100;

	/** The time after which no server will take a request that is still there. */
	private static final Duration UNSEEN = Duration.ofSeconds(30);

	/**
	 * Creates a request.
	 * @param directory the data directory
	 * @return the request, which a server sees at once
	 * @throws IOException if the file cannot be created
	 */
	static BackupRequest in(Path directory) throws IOException {
		return of(Files.createTempFile(directory, PREFIX, REQUEST));
	}

	/**
	 * Returns the request that a file makes.
	 * @param request the file
	 * @return the request
	 */
	static BackupRequest of(Path request) {
		String name = Objects.requireNonNull(request.getFileName()).toString();
		String base = name.substring(0, name.length() - REQUEST.length());
		return new BackupRequest(request, request.resolveSibling(base + ".zip"),
				request.resolveSibling(base + ".error"));
	}

	/**
	 * Waits for the backup and moves it. A large database takes its time, so the wait has
	 * no end once a server has taken the request.
	 * @param target the file to replace
	 * @throws IOException if no server takes the request, or if there is no backup; the
	 * message says why
	 */
	void await(Path target) throws IOException {
		long begun = System.nanoTime();
		try {
			while (!Files.exists(this.answer)) {
				if (Files.exists(this.error)) {
					throw new IOException(Files.readString(this.error));
				}
				if (Files.exists(this.request) && System.nanoTime() - begun > UNSEEN.toNanos()) {
					throw new IOException(
							"Another process uses the database, and does not answer the request for a backup");
				}
				TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
			}
			Files.move(this.answer, target, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("The wait for the backup was interrupted", ex);
		}
		finally {
			Files.deleteIfExists(this.request);
			Files.deleteIfExists(this.error);
		}
	}

}
