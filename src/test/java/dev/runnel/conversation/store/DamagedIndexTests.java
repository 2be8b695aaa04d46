package dev.runnel.conversation.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.runnel.conversation.Question;
import dev.runnel.conversation.Turn;
import dev.runnel.web.Visitor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests a search index with any file damaged or missing: it is rebuilt from the database
 * at the start.
 */
@Tag("one-jdk")
@Timeout(180)
class DamagedIndexTests {

	private static final Visitor ANN = new Visitor("ann");

	@TempDir
	private Path folder;

	private Path index;

	@BeforeEach
	void fill() {
		this.index = this.folder.resolve("search");
		try (Storage storage = start()) {
			Turn turn = Storage.get(storage.turns()
				.begin(ANN, new Question(null, null, "a giraffe in Zanzibar", false), Storage.plan(100)));
			Storage.done(storage.turns().end(turn, BenchmarkTexts.answer("a zebra")));
			found(storage);
		}
	}

	private Storage start() {
		return Storage.start("runnel.data-dir=" + this.folder);
	}

	private static void found(Storage storage) {
		for (String query : List.of("zanzi giraffe", "zebra")) {
			Awaitility.await()
				.atMost(20, TimeUnit.SECONDS)
				.untilAsserted(
						() -> assertThat(Storage.get(storage.conversations().search(ANN, query, null, 10)).hits())
							.as(query)
							.hasSize(1));
		}
	}

	private List<Path> files() throws IOException {
		try (Stream<Path> files = Files.list(this.index)) {
			return files.filter((file) -> !file.endsWith("write.lock")).sorted().toList();
		}
	}

	private void damage(Path file, byte[] content) throws IOException {
		Files.write(file, content);
		try (Storage storage = start()) {
			found(storage);
		}
	}

	@Test
	void aFileWithWrongBytes() throws IOException {
		for (int i = 0; i < files().size(); i++) {
			Path file = files().get(i);
			byte[] content = Files.readAllBytes(file);
			int middle = content.length / 2;
			Arrays.fill(content, middle, Math.min(content.length, middle + 4), (byte) 0x5A);
			damage(file, content);
		}
	}

	@Test
	void aFileThatIsCut() throws IOException {
		for (int i = 0; i < files().size(); i++) {
			Path file = files().get(i);
			byte[] content = Files.readAllBytes(file);
			damage(file, Arrays.copyOf(content, content.length / 2));
		}
	}

	@Test
	void aFileThatIsEmpty() throws IOException {
		damage(files().get(0), new byte[0]);
	}

	@Test
	void filesThatAreGone() throws IOException {
		for (Path file : files()) {
			if (Files.exists(file)) {
				Files.delete(file);
				try (Storage storage = start()) {
					found(storage);
				}
			}
		}
	}

	@Test
	void aFolderInTheWay() throws IOException {
		for (Path file : files()) {
			Files.delete(file);
		}
		Files.createDirectories(this.index.resolve("segments_1").resolve("x"));
		try (Storage storage = start()) {
			found(storage);
		}
	}

	@Test
	void anIndexInUseIsNotTakenForDamaged() throws IOException {
		try (Storage storage = start()) {
			found(storage);
			try (Storage other = start()) {
				StepVerifier.create(other.conversations().search(ANN, "zebra", null, 10))
					.expectErrorSatisfies((ex) -> assertThat(ex).rootCause().hasMessageContaining("Lock held"))
					.verify(Duration.ofSeconds(20));
			}
			found(storage);
			assertThat(files()).isNotEmpty();
		}
	}

}
