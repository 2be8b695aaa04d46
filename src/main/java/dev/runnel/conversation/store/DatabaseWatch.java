package dev.runnel.conversation.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

import dev.runnel.process.FatalErrors;
import dev.runnel.process.FatalErrors.UnusableError;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Detects an embedded database that has closed itself and stays closed, because memory
 * ran out or its file is damaged. Only a new process can open it again. A full disk does
 * not count: the database recovers when there is space. PostgreSQL is a separate process
 * and is not watched.
 */
final class DatabaseWatch implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(DatabaseWatch.class);

	private static final Duration EVERY = Duration.ofSeconds(5);

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	/**
	 * The number of failures in a row after which the database counts as lost. They take
	 * at least half a minute.
	 */
	private static final int FAILURES = 6;

	/** The free space below which the disk counts as full. */
	private static final long ROOM_BYTES = 1024 * 1024;

	private final Database database;

	private final @Nullable Path directory;

	private final Disposable looking;

	/**
	 * Starts to watch the database.
	 * @param database the database
	 * @param directory the directory of its file; null if it is in memory
	 * @param lost called once if the database is lost
	 */
	DatabaseWatch(Database database, @Nullable Path directory, Consumer<Error> lost) {
		this(database, directory, EVERY, lost);
	}

	DatabaseWatch(Database database, @Nullable Path directory, Duration every, Consumer<Error> lost) {
		this.database = database;
		this.directory = directory;
		this.looking = database.isPostgres() ? Disposables.disposed() : untilLost(every).subscribe(null,
				(ex) -> log.error("The watch of the database has stopped", ex),
				() -> lost.accept(new UnusableError("the embedded database has closed itself and does not answer")));
	}

	private Mono<Void> untilLost(Duration every) {
		return Flux.interval(every)
			.onBackpressureDrop()
			.concatMap((tick) -> answers(), 0)
			.scan(0, (failures, answers) -> answers ? 0 : failures + 1)
			.takeUntil((failures) -> failures >= FAILURES)
			.then();
	}

	private Mono<Boolean> answers() {
		return this.database.inRawTransaction((client) -> client.sql("select id from search_mark").fetch().first())
			.timeout(TIMEOUT)
			.thenReturn(true)
			.onErrorResume((ex) -> Mono.fromCallable(() -> {
				FatalErrors.report(ex);
				return this.database.isPaused() || isDiskFull();
			}));
	}

	private boolean isDiskFull() throws IOException {
		return this.directory != null && Files.getFileStore(this.directory).getUsableSpace() < ROOM_BYTES;
	}

	@Override
	public void close() {
		this.looking.dispose();
	}

}
