package dev.runnel.conversation.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.runnel.data.DataSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.stereotype.Component;

/**
 * Writes the backups that other processes of this machine request.
 */
@Component
final class BackupRequests extends RegularWork {

	private static final Logger log = LoggerFactory.getLogger(BackupRequests.class);

	private static final Duration EVERY = Duration.ofSeconds(1);

	private final Backup backup;

	/** The data directory; null if other processes can open the database themselves. */
	private final @Nullable Path directory;

	BackupRequests(Backup backup, DatabaseSettings settings, DataSettings data) {
		super("The look for requests of backups", every(EVERY, EVERY));
		this.backup = backup;
		this.directory = (settings.usesPostgres() || data.inMemory()) ? null : data.directory();
	}

	@Override
	Mono<Void> run() {
		return (this.directory == null) ? Mono.empty() : run(this.directory);
	}

	private Mono<Void> run(Path from) {
		return Mono.fromCallable(() -> {
			for (Path request : requests(from)) {
				answer(BackupRequest.of(request));
			}
			return true;
		}).subscribeOn(Schedulers.boundedElastic()).then();
	}

	/** Another component reports a data directory that is lost. */
	private static List<Path> requests(Path directory) throws IOException {
		List<Path> requests = new ArrayList<>();
		if (!Files.isDirectory(directory)) {
			return requests;
		}
		try (DirectoryStream<Path> found = Files.newDirectoryStream(directory,
				BackupRequest.PREFIX + "*" + BackupRequest.REQUEST)) {
			found.forEach(requests::add);
		}
		return requests;
	}

	private void answer(BackupRequest request) throws IOException {
		if (!Files.deleteIfExists(request.request())) {
			return;
		}
		try {
			log.info("A backup was written: {}", this.backup.write(request.answer()));
		}
		catch (IOException | SQLException | RuntimeException ex) {
			log.error("A requested backup cannot be written", ex);
			Path draft = Files.createTempFile(request.error().getParent(), "error", null);
			Files.writeString(draft, "The server cannot write the backup: " + ex.getMessage());
			Files.move(draft, request.error());
		}
	}

}
