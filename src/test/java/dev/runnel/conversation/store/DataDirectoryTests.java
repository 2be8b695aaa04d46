package dev.runnel.conversation.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.r2dbc.spi.Connection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Tests of the messages for a data directory that is not as the server left it.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class DataDirectoryTests {

	private static final String LOST = "is missing or empty, although the directory was used before";

	/** As many as the pool opens at once. */
	private static final int REQUESTS = 8;

	@TempDir
	private Path folder;

	private Path file;

	@BeforeEach
	void use() throws IOException {
		start().close();
		// The storage alone leaves no other file, if it ends before a search.
		Files.createFile(this.folder.resolve("visitor-secret"));
		this.file = this.folder.resolve("runnel.mv.db");
	}

	private Storage start() {
		return Storage.start("runnel.data-dir=" + this.folder);
	}

	@Test
	void theFileIsFreeAfterTheEndThoughAConnectionIsInUse() throws IOException {
		Storage storage = start();
		Storage.get(storage.bean(DatabaseConnections.class).create());
		storage.close();
		try (FileChannel channel = FileChannel.open(this.file, StandardOpenOption.WRITE);
				FileLock lock = channel.tryLock()) {
			assertThat(lock).isNotNull();
		}
	}

	@RepeatedTest(20)
	void noConnectionOpensTheDatabaseAgainAfterTheEnd() throws IOException {
		Storage storage = start();
		DatabaseConnections connections = storage.bean(DatabaseConnections.class);
		List<CompletableFuture<Connection>> requests = Stream.generate(() -> connections.create().toFuture())
			.limit(REQUESTS)
			.toList();
		storage.close();
		Files.delete(this.file);
		await().atMost(Storage.LIMIT).until(() -> requests.stream().allMatch(CompletableFuture::isDone));
		assertThat(this.file).doesNotExist();
	}

	@Test
	void aDatabaseThatIsThereIsNoNews(CapturedOutput output) {
		start().close();
		assertThat(output).doesNotContain(LOST);
	}

	@Test
	void aDatabaseThatIsMissingIsTold(CapturedOutput output) throws IOException {
		Files.delete(this.file);
		start().close();
		assertThat(output).contains(LOST);
	}

	@Test
	void aDatabaseThatIsEmptyIsTold(CapturedOutput output) throws IOException {
		Files.write(this.file, new byte[0]);
		start().close();
		assertThat(output).contains(LOST);
	}

	@Test
	void aDamagedDatabaseIsNotTakenForOneInUse() throws Exception {
		Files.write(this.file, new byte[(int) Files.size(this.file)]);
		assertThatThrownBy(this::start).rootCause().isNotNull();
		assertThatThrownBy(this::start).hasStackTraceContaining("its file is damaged: restore it from a backup")
			.message()
			.doesNotContain("another server");
	}

	@Test
	void aDatabaseInUseIsToldAsSuch() throws Exception {
		try (FileChannel channel = FileChannel.open(this.file, StandardOpenOption.WRITE)) {
			assertThat(channel.tryLock()).isNotNull();
			assertThatThrownBy(this::start).hasStackTraceContaining("(is another server using it?)");
		}
	}

}
