package dev.runnel.conversation.store;

import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.UUID;

import dev.runnel.conversation.Question;
import dev.runnel.conversation.Turn;
import dev.runnel.web.Visitor;
import io.r2dbc.spi.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.connection.SingleConnectionFactory;
import org.springframework.r2dbc.core.DatabaseClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The index receives every change, in whatever order transactions commit.
 */
@Timeout(120)
class SearchOrderTests {

	private static final Visitor ANN = new Visitor("ann");

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
			.get(this.storage.conversations().begin(ANN, new Question(null, null, title, false), Storage.plan(100)));
		Storage.done(this.storage.conversations().end(turn, BenchmarkTexts.answer("an answer")));
	}

	private void untilFound(String word) {
		Awaitility.await()
			.atMost(Storage.LIMIT)
			.untilAsserted(
					() -> assertThat(Storage.get(this.storage.library().search(ANN, word, null, 10)).hits()).as(word)
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
	void takesInMoreThanItRemembersAtOnce() {
		insertSlowly("giraffe");
		Storage.all(Flux.range(0, 2500)
			.flatMap((i) -> this.storage.bean(Database.class)
				.once((client) -> client.sql("insert into search_task (conversation_id) values (random_uuid())")
					.fetch()
					.rowsUpdated())));
		insert("zebra");
		untilFound("zebra");
		commit();
		untilFound("giraffe");
		untilNotesAreDeleted();
	}

}
