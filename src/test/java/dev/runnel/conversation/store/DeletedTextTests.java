package dev.runnel.conversation.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.ConversationSettings;
import dev.runnel.conversation.ImportedConversation;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.Preset;
import dev.runnel.conversation.Question;
import dev.runnel.conversation.Turn;
import dev.runnel.upstream.Role;
import dev.runnel.web.Visitor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Deleted text is removed from the files of the embedded database while the server runs.
 */
@Timeout(120)
class DeletedTextTests {

	private static final Visitor ANN = new Visitor("ann");

	private static final String GONE = "qzxgonemarkerjvw";

	private static final String KEPT = "qzxkeptmarkerjvw";

	@TempDir
	private Path folder;

	private Storage storage;

	@BeforeEach
	void start() {
		this.storage = Storage.start("runnel.data-dir=" + this.folder);
	}

	@AfterEach
	void stop() {
		this.storage.close();
	}

	private ConversationId add(String marker, int messages) {
		Random random = new Random(1);
		Instant now = Instant.now();
		List<Message> texts = IntStream.range(0, messages)
			.mapToObj(
					(i) -> new Message(new MessageId(UUID.randomUUID()), null, Role.USER,
							marker + " " + random.ints(20_000, 'a', 'z' + 1)
								.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append),
							now, null))
			.toList();
		return Storage.get(this.storage.conversations()
			.add(ANN,
					new ImportedConversation(marker, false, false, now, now, null, ConversationSettings.NONE, texts)));
	}

	private List<String> filesWith(String marker) throws IOException {
		return MarkedFiles.containing(this.folder, marker);
	}

	private void untilNoFileHas(String marker) {
		Awaitility.await().atMost(Storage.LIMIT).untilAsserted(() -> assertThat(filesWith(marker)).isEmpty());
	}

	private void untilFound(String word, int times) {
		Awaitility.await()
			.atMost(Storage.LIMIT)
			.untilAsserted(
					() -> assertThat(Storage.get(this.storage.conversations().search(ANN, word, null, 10)).hits())
						.hasSize(times));
	}

	private void deleteOneOfTwo() throws IOException {
		ConversationId gone = add(GONE, 150);
		add(KEPT, 2);
		untilFound(GONE, 1);
		Storage.done(this.storage.bean(Database.class).flush());
		assertThat(filesWith(GONE)).isNotEmpty();
		Storage.done(this.storage.conversations().delete(ANN, gone));
		untilFound(GONE, 0);
		assertThat(filesWith(GONE)).isNotEmpty();
	}

	private Flux<Turn> questions(int count) {
		return Flux.range(0, count)
			.flatMap(
					(i) -> this.storage.turns().begin(ANN, new Question(null, null, "q" + i, false), Storage.plan(100)),
					4);
	}

	@Test
	void isGoneWhenTheFilesAreCompacted() throws IOException {
		deleteOneOfTwo();
		long size = Files.size(this.folder.resolve("runnel.mv.db"));
		Storage.done(this.storage.bean(Compaction.class).compact());
		assertThat(filesWith(GONE)).isEmpty();
		assertThat(Files.size(this.folder.resolve("runnel.mv.db"))).isLessThan(size / 2);
		assertThat(filesWith(KEPT)).isNotEmpty();
		untilFound(KEPT, 1);
		assertThat(Storage.all(questions(30))).hasSize(30);
	}

	@Test
	void staysToBeRemovedIfTheFileCannotBeRewritten() throws IOException {
		deleteOneOfTwo();
		Path inTheWay = this.folder.resolve("runnel.mv.db.tempFile");
		Files.createDirectories(inTheWay.resolve("folder"));
		Compaction compaction = this.storage.bean(Compaction.class);
		StepVerifier.create(compaction.compact())
			.expectErrorSatisfies((ex) -> assertThat(ex).hasMessageContaining("could not be rewritten"))
			.verify(Storage.LIMIT);
		assertThat(compaction.isNeeded()).isTrue();
		// H2 deletes a temporary file that it finds, and an empty folder as well.
		Files.delete(inTheWay.resolve("folder"));
		Storage.done(compaction.compact());
		assertThat(filesWith(GONE)).isEmpty();
		untilFound(KEPT, 1);
	}

	@Test
	void questionsAreAskedWhileTheFilesAreCompacted() throws IOException {
		deleteOneOfTwo();
		List<Turn> turns = Storage
			.all(Flux.merge(this.storage.bean(Compaction.class).compact().thenMany(Flux.empty()), questions(300)));
		assertThat(turns).hasSize(300);
		assertThat(filesWith(GONE)).isEmpty();
	}

	@Test
	void isGoneByItselfInAQuietMoment() throws IOException {
		Compaction compaction = compaction(Duration.ofMillis(300), Duration.ofHours(1));
		deleteOneOfTwo();
		compaction.start();
		untilNoFileHas(GONE);
		compaction.stop();
		assertThat(Storage.all(questions(30))).hasSize(30);
	}

	@Test
	void isGoneByItselfInTheEndWhereNoMomentIsQuiet() throws IOException {
		Compaction compaction = compaction(Duration.ofHours(1), Duration.ofMillis(300));
		deleteOneOfTwo();
		compaction.start();
		untilNoFileHas(GONE);
		compaction.stop();
	}

	@Test
	void aDeletedPresetIsTextToBeRemoved() {
		Compaction compaction = this.storage.bean(Compaction.class);
		Preset preset = Storage.get(this.storage.presets().add(ANN, GONE, ConversationSettings.NONE));
		Storage.done(compaction.compact());
		assertThat(compaction.isNeeded()).isFalse();
		Storage.done(this.storage.presets().delete(ANN, preset.id()));
		assertThat(compaction.isNeeded()).isTrue();
	}

	private Compaction compaction(Duration quiet, Duration latest) {
		return new Compaction(this.storage.bean(Database.class), this.storage.bean(DatabaseConnections.class),
				this.storage.bean(SearchIndex.class), new Compaction.Times(Duration.ofMillis(50), quiet, latest));
	}

	@Test
	void aDatabaseInMemoryIsLeftAlone() {
		try (Storage memory = Storage.start("runnel.data-dir=mem")) {
			Turn turn = Storage.get(memory.turns().begin(ANN, new Question(null, null, "q", false), Storage.plan(100)));
			Storage.done(memory.bean(Compaction.class).compact());
			assertThat(Storage.get(memory.conversations().head(ANN, turn.conversation()))).isNotNull();
		}
	}

}
