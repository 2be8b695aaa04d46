package dev.runnel.imports;

import dev.runnel.memory.MemoryAccount;
import dev.runnel.memory.MemoryReservation;
import dev.runnel.memory.MemoryUse;

/**
 * The memory of one import: buffers, and one conversation at a time. If the client leaves
 * while another thread parses, the parser gets no more memory. Safe for use by several
 * threads.
 */
final class ImportMemory implements AutoCloseable {

	/** The size of the buffers of the parser and of a zip, in bytes. */
	private static final long BUFFERS = 1024 * 1024;

	private final MemoryReservation taken;

	/** The memory that is taken until the import ends, in bytes. */
	private long kept = BUFFERS;

	/**
	 * Reserves memory for the start of an import.
	 * @param account the memory of the server
	 * @throws dev.runnel.web.ProblemException with status 503 if there is no room
	 */
	ImportMemory(MemoryAccount account) {
		this.taken = account.begin(MemoryUse.IMPORTS, BUFFERS);
	}

	/** Releases the memory of the previous conversation, which is stored. */
	synchronized void beginConversation() {
		this.taken.set(this.kept);
	}

	/**
	 * Takes memory until the import ends.
	 * @param bytes the bytes
	 * @return false if there is no room
	 */
	synchronized boolean keep(long bytes) {
		boolean fits = take(bytes);
		this.kept += fits ? bytes : 0;
		return fits;
	}

	/**
	 * Takes more memory like new work, which leaves the last quarter to running answers.
	 * @param bytes the additional bytes
	 * @return false if there is no room, or if the import has ended
	 */
	boolean take(long bytes) {
		return this.taken.tryBegin(bytes);
	}

	@Override
	public void close() {
		this.taken.close();
	}

}
