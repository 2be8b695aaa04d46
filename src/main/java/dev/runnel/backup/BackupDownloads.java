package dev.runnel.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import dev.runnel.conversation.store.Backup;
import dev.runnel.data.TemporaryFiles;
import dev.runnel.web.ErrorCode;
import dev.runnel.web.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Writes backups to temporary files, one at a time.
 */
@Component
public final class BackupDownloads {

	private static final Logger log = LoggerFactory.getLogger(BackupDownloads.class);

	private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

	private final Backup backup;

	private final TemporaryFiles files;

	private final BackupSettings settings;

	private final AtomicBoolean busy = new AtomicBoolean();

	BackupDownloads(Backup backup, TemporaryFiles files, BackupSettings settings) {
		this.backup = backup;
		this.files = files;
		this.settings = settings;
	}

	/**
	 * Returns whether an admin may download a backup.
	 * @return false if the operator does not want it, or if nothing is kept
	 */
	public boolean areOffered() {
		return this.settings.download() && this.backup.isPossible();
	}

	/**
	 * Writes a backup, and deletes it after its use.
	 * @param use what to do with the file
	 * @return completes after the use; a problem if another backup is in use, or if it
	 * cannot be written
	 */
	Mono<Void> use(Function<BackupFile, Mono<Void>> use) {
		return Mono.usingWhen(Mono.fromSupplier(this::begin), (written) -> written.flatMap(use), this::end);
	}

	/**
	 * Returns a backup that is written once. The request may end meanwhile, but the
	 * writing does not: an interrupted thread would close the embedded database.
	 */
	private Mono<BackupFile> begin() {
		if (!this.busy.compareAndSet(false, true)) {
			throw ProblemException.tooMany("Another backup is being downloaded. Try again when it has ended.",
					RETRY_AFTER);
		}
		return Mono.fromCallable(this::write).subscribeOn(Schedulers.boundedElastic()).cache();
	}

	private BackupFile write() throws IOException {
		Path path = this.files.create("backup-");
		try {
			Map<String, Long> rows = this.backup.fill(path);
			return new BackupFile(path, Files.size(path), rows.getOrDefault("conversation", 0L));
		}
		catch (IOException | SQLException | RuntimeException ex) {
			this.files.delete(path);
			throw failed(ex);
		}
	}

	private static ProblemException failed(Exception ex) {
		log.error("A backup cannot be written", ex);
		return ProblemException.of(HttpStatus.SERVICE_UNAVAILABLE, ErrorCode.INTERNAL,
				"The backup cannot be written. The log of the server says why.");
	}

	/** Waits for the writing, because a file that is still being written would stay. */
	private Mono<Void> end(Mono<BackupFile> written) {
		return written.publishOn(Schedulers.boundedElastic())
			.doOnNext((file) -> this.files.delete(file.path()))
			.doOnTerminate(() -> this.busy.set(false))
			.onErrorComplete()
			.then();
	}

}
