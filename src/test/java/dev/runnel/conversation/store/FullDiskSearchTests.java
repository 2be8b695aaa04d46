package dev.runnel.conversation.store;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import dev.runnel.conversation.Question;
import dev.runnel.conversation.Turn;
import dev.runnel.web.Visitor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests a search index whose disk was full for a while.
 */
@Timeout(180)
@ExtendWith(OutputCaptureExtension.class)
class FullDiskSearchTests {

	private static final Visitor ANN = new Visitor("ann");

	@TempDir
	private Path folder;

	private static void ask(Storage storage, String question) {
		Turn turn = Storage
			.get(storage.turns().begin(ANN, new Question(null, null, question, false), Storage.plan(100)));
		Storage.done(storage.turns().end(turn, BenchmarkTexts.answer("an answer")));
	}

	private static void found(Storage storage, String word) {
		Awaitility.await()
			.atMost(60, TimeUnit.SECONDS)
			.ignoreExceptions()
			.untilAsserted(
					() -> assertThat(Storage.get(storage.conversations().search(ANN, word, null, 10)).hits()).as(word)
						.hasSize(1));
	}

	@Test
	void knowsAllAgainWhenThereIsRoom(CapturedOutput output) throws Exception {
		try (SmallDisk disk = SmallDisk.mount(this.folder);
				Storage storage = Storage.start("runnel.data-dir=" + disk.resolve("data"))) {
			ask(storage, "giraffe");
			found(storage, "giraffe");
			disk.fill();
			Awaitility.await()
				.atMost(60, TimeUnit.SECONDS)
				.until(() -> output.getAll().contains("The search index could not be updated"));
			found(storage, "giraffe");
			disk.makeRoom();
			Awaitility.await().atMost(60, TimeUnit.SECONDS).ignoreExceptions().until(() -> {
				ask(storage, "zebra");
				return true;
			});
			found(storage, "zebra");
			found(storage, "giraffe");
		}
	}

}
