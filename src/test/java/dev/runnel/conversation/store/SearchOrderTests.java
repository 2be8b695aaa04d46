package dev.runnel.conversation.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.runnel.conversation.ConversationSettings;
import dev.runnel.conversation.ImportedConversation;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.Question;
import dev.runnel.conversation.TimeUuid;
import dev.runnel.conversation.Turn;
import dev.runnel.upstream.Role;
import dev.runnel.web.Visitor;
import io.r2dbc.spi.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.r2dbc.connection.SingleConnectionFactory;
import org.springframework.r2dbc.core.DatabaseClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The index receives every change, in whatever order transactions commit.
 */
@Tag("one-jdk")
@Timeout(120)
class SearchOrderTests {

	private static final Visitor ANN = new Visitor("ann");

	/** Each message is longer than half a page. */
	private static final int PAGES = 40;

	@TempDir
	private Path folder;

	private Storage storage;

	private Connection slow;

	@BeforeEach
	void start() {
		this.storage = Storage.start("runnel.data-dir=" + this.folder);
		this.slow = Storage.get(this.storage.bean(DatabaseConnections.class).create());
	}

	@AfterEach
	void stop() {
		Storage.done(Mono.from(this.slow.close()));
		this.storage.close();
	}

	/** Inserts a conversation and its task without a commit. */
	private void insertSlowly(String title) {
		DatabaseClient client = DatabaseClient.create(new SingleConnectionFactory(this.slow,
				this.storage.bean(DatabaseConnections.class).getMetadata(), true));
		UUID id = TimeUuid.next();
		Storage.done(Mono.from(this.slow.beginTransaction()));
		Storage.done(client
			.sql("insert into conversation (id, owner, title, titled_by_hand, pinned, created_at, updated_at,"
					+ " next_position) values (:id, 'ann', :title, false, false, :now, :now, 0)")
			.bind("id", id)
			.bind("title", title)
			.bind("now", OffsetDateTime.now())
			.then()
			.then(client.sql("insert into search_task (conversation_id) values (:id)").bind("id", id).then()));
	}

	private void commit() {
		Storage.done(Mono.from(this.slow.commitTransaction()));
		this.storage.bean(SearchIndex.class).changed();
	}

	private void insert(String title) {
		Turn turn = Storage
			.get(this.storage.turns().begin(ANN, new Question(null, null, title, false), Storage.plan(100)));
		Storage.done(this.storage.turns().end(turn, BenchmarkTexts.answer("an answer")));
	}

	private void untilFound(String word) {
		Awaitility.await()
			.atMost(Storage.LIMIT)
			.untilAsserted(
					() -> assertThat(Storage.get(this.storage.conversations().search(ANN, word, null, 10)).hits())
						.as(word)
						.hasSize(1));
	}

	private long notes() {
		return Storage.get(this.storage.bean(Database.class)
			.read((client) -> client.sql("select count(*) from search_task").map((row) -> row.get(0, Long.class)).all())
			.single());
	}

	private void untilNotesAreDeleted() {
		Awaitility.await().atMost(Storage.LIMIT).until(() -> notes() == 0);
	}

	@Test
	void takesInANoteThatCommitsAfterALaterOne() {
		insertSlowly("giraffe");
		insert("zebra");
		untilFound("zebra");
		commit();
		untilFound("giraffe");
		untilNotesAreDeleted();
	}

	@Test
	void takesInANoteThatCommitsWhenLaterOnesAreDeleted() {
		insertSlowly("giraffe");
		insert("zebra");
		untilFound("zebra");
		untilNotesAreDeleted();
		commit();
		untilFound("giraffe");
		untilNotesAreDeleted();
	}

	@Test
	void takesInANoteThatCommitsFarBehindLaterOnes() {
		insertSlowly("giraffe");
		for (int i = 0; i < 100; i++) {
			insert("zebra" + i);
		}
		untilFound("zebra99");
		commit();
		untilFound("giraffe");
		untilNotesAreDeleted();
	}

	@Test
	void takesInMoreThanItRemembersAtOnce() {
		insertSlowly("giraffe");
		Storage.done(this.storage.bean(Database.class)
			.inTransaction((client) -> client
				.sql("insert into search_task (conversation_id) select random_uuid() from system_range(1, 2500)")
				.then()));
		insert("zebra");
		untilFound("zebra");
		commit();
		untilFound("giraffe");
		untilNotesAreDeleted();
	}

	@Test
	void takesInALongConversationPageByPage() throws IOException {
		Instant now = Instant.now();
		List<Message> messages = IntStream.range(0, PAGES)
			.mapToObj((i) -> new Message(new MessageId(new UUID(0, i)), null, Role.USER,
					"giraffe" + i + " ".repeat(200_000), now, null))
			.toList();
		Storage.get(this.storage.conversations()
			.add(ANN,
					new ImportedConversation("t", false, false, now, now, null, ConversationSettings.NONE, messages)));
		CountingConnections connections = new CountingConnections(this.storage.bean(DatabaseConnections.class));
		Scheduler scheduler = Schedulers.newSingle("another index");
		try (LuceneIndex index = LuceneIndex.open(null, UUID.randomUUID());
				SearchIndexer indexer = new SearchIndexer(connections.database(false), index, scheduler)) {
			indexer.changed();
			Awaitility.await()
				.atMost(Storage.LIMIT)
				.until(() -> index.find(ANN.id(), List.of("giraffe" + (PAGES - 1))).size() == 1);
			assertThat(connections.taken()).isGreaterThan(PAGES);
		}
		finally {
			scheduler.dispose();
		}
	}

}
