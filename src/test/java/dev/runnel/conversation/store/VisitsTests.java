package dev.runnel.conversation.store;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;

import dev.runnel.conversation.ConversationFilter;
import dev.runnel.web.Visitor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Visits are recorded together, in both databases.
 */
@Timeout(60)
class VisitsTests {

	@RegisterExtension
	static final Postgres postgres = new Postgres();

	private static final int VISITORS = 100;

	private static List<String> noted(Storage storage) {
		return Storage.all(storage.bean(Database.class)
			.read((client) -> client.sql("select id from visitor").map((row) -> Rows.text(row, "id")).all()));
	}

	private static void visitsOfASecondAreOneStatement(String... settings) {
		try (Storage storage = Storage.start(settings)) {
			visitsOfASecondAreOneStatement(storage);
		}
	}

	private static void visitsOfASecondAreOneStatement(Storage storage) {
		CountingConnections connections = new CountingConnections(storage.bean(DatabaseConnections.class));
		List<Visitor> visitors = IntStream.range(0, VISITORS).mapToObj((i) -> new Visitor("visitor " + i)).toList();
		try (Database database = connections.database(storage.bean(Database.class).isPostgres())) {
			Visits visits = Visits.in(database, Clock.systemUTC());
			visitors.forEach(visits::seen);
			Storage.done(visits.finish());
			visitors.forEach(visits::seen);
			Awaitility.await().atMost(Storage.LIMIT).until(() -> noted(storage).size() == VISITORS);
			assertThat(connections.newStatements()).hasSizeLessThan(VISITORS);
			Visits later = Visits.in(database, Clock.systemUTC());
			visitors.forEach(later::seen);
			later.seen(new Visitor("another"));
			Storage.done(later.finish());
			Awaitility.await().atMost(Storage.LIMIT).until(() -> noted(storage).size() == VISITORS + 1);
		}
	}

	@Test
	void visitsOfASecondAreOneStatementForTheEmbeddedDatabase() {
		visitsOfASecondAreOneStatement("runnel.data-dir=mem");
	}

	@Test
	void visitsOfASecondAreOneStatementForPostgres() {
		visitsOfASecondAreOneStatement("runnel.data-dir=mem", "runnel.database-url=" + postgres.newDatabase());
	}

	@Test
	void theLastVisitsAreRecordedWhenTheServerStops(@TempDir Path folder) {
		String data = "runnel.data-dir=" + folder;
		try (Storage storage = Storage.start(data, "runnel.conversation.visitor-retention=90d")) {
			Storage.get(storage.conversations().list(new Visitor("ann"), ConversationFilter.ALL, null, 10));
		}
		try (Storage storage = Storage.start(data)) {
			assertThat(noted(storage)).containsExactly("ann");
		}
	}

}
