package dev.runnel.conversation.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The watch detects an embedded database that has closed itself and stays closed.
 */
@Timeout(120)
class DatabaseWatchTests {

	private static final Duration EVERY = Duration.ofMillis(50);

	@TempDir
	private Path folder;

	private final List<Error> lost = new CopyOnWriteArrayList<>();

	private DatabaseWatch watch(Storage storage, Path directory) {
		return new DatabaseWatch(storage.bean(Database.class), directory, EVERY, this.lost::add);
	}

	/** Closes the database without writing anything, as it does when memory runs out. */
	private static void closeDatabase(Storage storage) {
		StepVerifier
			.create(storage.bean(Database.class)
				.inRawTransaction((client) -> client.sql("shutdown immediately").then())
				.onErrorComplete())
			.expectComplete()
			.verify(Storage.LIMIT);
	}

	/**
	 * Replaces the file by a directory. A process that has the file open keeps it, but
	 * nobody can open it again. A statement comes first, because the first one opens the
	 * database and would create the file again.
	 */
	private static void replaceFile(Storage storage, Path data) throws IOException {
		Storage.get(ask(storage));
		Files.delete(data.resolve("runnel.mv.db"));
		Files.createDirectory(data.resolve("runnel.mv.db"));
	}

	private static Mono<Object> ask(Storage storage) {
		return storage.bean(Database.class)
			.inRawTransaction((client) -> client.sql("select id from search_mark").map((row) -> row.get(0)).one());
	}

	@Test
	void aDatabaseThatDoesNotComeBackIsLost() throws IOException {
		Path data = this.folder.resolve("data");
		try (Storage storage = Storage.start("runnel.data-dir=" + data); DatabaseWatch watch = watch(storage, data)) {
			assertThat(watch).isNotNull();
			replaceFile(storage, data);
			closeDatabase(storage);
			Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> this.lost.size() == 1);
			assertThat(this.lost.get(0)).hasMessage("the embedded database has closed itself and does not answer");
		}
	}

	@Test
	void aDatabaseThatComesBackIsNotLost() {
		Path data = this.folder.resolve("data");
		try (Storage storage = Storage.start("runnel.data-dir=" + data); DatabaseWatch watch = watch(storage, data)) {
			assertThat(watch).isNotNull();
			closeDatabase(storage);
			Awaitility.await()
				.atMost(30, TimeUnit.SECONDS)
				.ignoreExceptions()
				.until(() -> Storage.get(ask(storage)) != null);
			Awaitility.await().during(EVERY.multipliedBy(10)).until(this.lost::isEmpty);
		}
	}

	@Test
	void aDatabaseWithoutRoomIsNotLost() throws IOException {
		try (SmallDisk disk = SmallDisk.mount(this.folder)) {
			Path data = disk.resolve("data");
			try (Storage storage = Storage.start("runnel.data-dir=" + data);
					DatabaseWatch watch = watch(storage, data)) {
				assertThat(watch).isNotNull();
				replaceFile(storage, data);
				disk.fill();
				closeDatabase(storage);
				disk.fill();
				StepVerifier.create(ask(storage).then()).expectError().verify(Storage.LIMIT);
				Awaitility.await().during(EVERY.multipliedBy(20)).until(this.lost::isEmpty);
			}
		}
	}

}
