package dev.runnel.conversation.store;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the contract with the embedded database in a file and the bytes in a folder, which
 * is the default.
 */
class H2AttachmentsTests extends AttachmentsContract {

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
