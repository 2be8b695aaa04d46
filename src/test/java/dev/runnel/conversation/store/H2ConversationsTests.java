package dev.runnel.conversation.store;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * The embedded database, in a file as by default.
 */
class H2ConversationsTests extends ConversationsContract {

	@TempDir
	private static Path folder;

	private static Storage storage;

	@BeforeAll
	static void start() {
		storage = Storage.start("runnel.data-dir=" + folder);
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
