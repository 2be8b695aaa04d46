package dev.runnel.conversation.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.Question;
import dev.runnel.conversation.Turn;
import dev.runnel.web.Visitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The queries for the texts of the index in the embedded database.
 */
@Timeout(60)
class IndexedTextsTests {

	private static final Visitor ANN = new Visitor("ann");

	private static final int ANSWERS = 20;

	private final Storage storage = Storage.start("runnel.data-dir=mem");

	private final CountingConnections connections = new CountingConnections(
			this.storage.bean(DatabaseConnections.class));

	private final Scheduler scheduler = Schedulers.newSingle("another index");

	@AfterEach
	void stop() {
		this.scheduler.dispose();
		this.storage.close();
	}

	private SearchTask answered(int number, String answer) {
		Turn turn = Storage.get(this.storage.turns()
			.begin(ANN, new Question(null, null, "question" + number, false), Storage.plan(100)));
		Storage.done(this.storage.turns().end(turn, BenchmarkTexts.answer(answer)));
		return new SearchTask(number, turn.conversation().value(), turn.answerId().value());
	}

	/** Indexes answers, and returns the number of queries. */
	private int queriesFor(String answer) throws IOException {
		List<SearchTask> tasks = IntStream.range(0, ANSWERS).mapToObj((i) -> answered(i, answer)).toList();
		try (LuceneIndex index = LuceneIndex.open(null, UUID.randomUUID());
				Database database = this.connections.database(false)) {
			IndexedTexts texts = new IndexedTexts(database, index, new IndexThread(this.scheduler));
			Storage.done(texts.index(tasks));
			assertThat(index.find(ANN.id(), List.of("giraffe"))).hasSize(ANSWERS);
			assertThat(index.find(ANN.id(), List.of("question" + (ANSWERS - 1)))).hasSize(1);
		}
		return this.connections.taken();
	}

	@Test
	void shortAnswersAreReadTogetherWithTheirQuestions() throws IOException {
		assertThat(queriesFor("a giraffe")).isLessThan(ANSWERS);
	}

	@Test
	void aNewTitleIsReadWithoutTheMessages() throws IOException {
		UUID conversation = answered(1, "a giraffe").conversation();
		Storage.get(this.storage.conversations().suggestTitle(ANN, new ConversationId(conversation), "about a zebra"));
		try (LuceneIndex index = LuceneIndex.open(null, UUID.randomUUID());
				Database database = this.connections.database(false)) {
			IndexedTexts texts = new IndexedTexts(database, index, new IndexThread(this.scheduler));
			Storage.done(texts.index(List.of(new SearchTask(2, conversation, conversation))));
			assertThat(index.find(ANN.id(), List.of("zebra"))).containsOnlyKeys(conversation);
			assertThat(index.find(ANN.id(), List.of("giraffe"))).isEmpty();
		}
		assertThat(this.connections.taken()).isEqualTo(1);
	}

	@Test
	void onlyASearchWritesASegment(@TempDir Path folder) throws IOException {
		UUID conversation = UUID.randomUUID();
		try (LuceneIndex index = LuceneIndex.open(folder, UUID.randomUUID())) {
			index.put(ANN.id(), conversation, UUID.randomUUID(), 0, "a giraffe");
			index.reopen();
			assertThat(folder).isDirectoryNotContaining("glob:**/*.si");
			assertThat(index.find(ANN.id(), List.of("giraffe"))).containsOnlyKeys(conversation);
			assertThat(folder).isDirectoryContaining("glob:**/*.si");
		}
	}

	@Test
	void longAnswersAreNotReadTogether() throws IOException {
		assertThat(queriesFor("a giraffe" + " ".repeat(200_000))).isGreaterThan(ANSWERS);
	}

}
