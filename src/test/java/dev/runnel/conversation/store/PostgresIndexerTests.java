package dev.runnel.conversation.store;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.runnel.conversation.ConversationSettings;
import dev.runnel.conversation.ImportedConversation;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.MessageId;
import dev.runnel.upstream.Role;
import dev.runnel.web.Visitor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The memory of the index in PostgreSQL.
 */
@Timeout(120)
class PostgresIndexerTests {

	@RegisterExtension
	static final Postgres postgres = new Postgres();

	private static final Visitor ANN = new Visitor("ann");

	/** Each text is longer than half a transaction. */
	private static final int LONG_TEXTS = 40;

	private static ImportedConversation conversation(int texts, String padding) {
		Instant now = Instant.now();
		List<Message> messages = IntStream.range(0, texts)
			.mapToObj((i) -> new Message(new MessageId(new UUID(0, i)), null, Role.USER, "giraffe" + i + padding, now,
					null))
			.toList();
		return new ImportedConversation("t", false, false, now, now, null, ConversationSettings.NONE, messages);
	}

	private static int transactionsFor(ImportedConversation conversation) {
		try (Storage storage = Storage.start("runnel.data-dir=mem", "runnel.database-url=" + postgres.newDatabase())) {
			storage.bean(PostgresSearch.class).close();
			Storage.get(storage.conversations().add(ANN, conversation));
			CountingConnections connections = new CountingConnections(storage.bean(DatabaseConnections.class));
			try (PostgresIndexer indexer = new PostgresIndexer(connections.database(true))) {
				indexer.changed();
				Awaitility.await().atMost(Storage.LIMIT).until(() -> unread(storage) == 0);
				return connections.taken();
			}
		}
	}

	private static long unread(Storage storage) {
		return Storage.get(storage.bean(Database.class)
			.read((client) -> client.sql("select count(*) as n from message where words is null")
				.map((row) -> Rows.size(row, "n"))
				.all())
			.single());
	}

	@Test
	void longTextsAreNotReadTogether() {
		assertThat(transactionsFor(conversation(LONG_TEXTS, " ".repeat(200_000)))).isGreaterThan(LONG_TEXTS);
	}

	@Test
	void shortTextsAreReadTogether() {
		assertThat(transactionsFor(conversation(LONG_TEXTS, ""))).isLessThan(LONG_TEXTS);
	}

}
