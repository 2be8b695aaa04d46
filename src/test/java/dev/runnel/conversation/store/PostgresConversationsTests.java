package dev.runnel.conversation.store;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Runs the contract with a real PostgreSQL.
 */
@Tag("one-jdk")
class PostgresConversationsTests extends ConversationsContract {

	@RegisterExtension
	static final Postgres postgres = new Postgres();

	private static Storage storage;

	@BeforeAll
	static void start() {
		storage = Storage.start("runnel.data-dir=mem", "runnel.database-url=" + postgres.newDatabase());
	}

	@AfterAll
	static void stop() {
		storage.close();
	}

	@Override
	Storage storage() {
		return storage;
	}

}
