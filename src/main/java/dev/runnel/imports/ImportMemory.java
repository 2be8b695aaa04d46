package dev.runnel.imports;

import dev.runnel.memory.MemoryAccount;
import dev.runnel.memory.MemoryReservation;
import dev.runnel.memory.MemoryUse;

/**
 * The heap that one import takes: buffers, and the one conversation that is read and then
 * stored. One import is on one thread at a time.
 */
final class ImportMemory implements AutoCloseable {

	/** Buffers of the parser and of a zip. */
	private static final long BUFFERS = 1024 * 1024;

	private final MemoryReservation taken;

	/**
	 * Lets an import begin.
	 * @param account the memory of the server
	 * @throws dev.runnel.web.ProblemException with the status 503 if there is no room
	 */
	ImportMemory(MemoryAccount account) {
		this.taken = account.begin(MemoryUse.IMPORTS, BUFFERS);
	}

	/** The conversation before is stored. */
	void beginConversation() {
		this.taken.set(BUFFERS);
	}

	/**
	 * Takes more as new work does, so that running answers keep the last quarter.
	 * @param bytes how much
	 * @return false if there is no room
	 */
	boolean take(long bytes) {
		return this.taken.tryBegin(bytes);
	}

	@Override
	public void close() {
		this.taken.close();
	}

}
