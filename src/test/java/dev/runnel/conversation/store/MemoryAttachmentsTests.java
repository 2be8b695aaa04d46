package dev.runnel.conversation.store;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * Runs the contract with a database in memory, which has the bytes too.
 */
class MemoryAttachmentsTests extends AttachmentsContract {

	private static Storage storage;

	@BeforeAll
	static void start() {
		storage = Storage.start("runnel.data-dir=mem");
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
