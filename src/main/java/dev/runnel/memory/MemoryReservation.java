package dev.runnel.memory;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;

/**
 * The memory of one piece of work in the {@link MemoryAccount}. Its end releases the
 * memory once and for all: a thread that still works for it takes none after that,
 * because nothing would release it. Safe for use by several threads.
 */
public final class MemoryReservation implements AutoCloseable {

	private static final long CLOSED = -1;

	private final MemoryAccount account;

	private final MemoryUse use;

	/** The memory taken, in bytes; {@link #CLOSED} after the end of the work. */
	private final AtomicLong bytes = new AtomicLong();

	MemoryReservation(MemoryAccount account, MemoryUse use) {
		this.account = account;
		this.use = use;
	}

	/**
	 * Takes more memory if there is room.
	 * @param more the additional bytes
	 * @return false if there is no room even after eviction, or if the work has ended;
	 * then nothing is taken
	 */
	public boolean tryGrow(long more) {
		return tryTake(more, this.account.max());
	}

	/**
	 * Takes more memory like new work, which leaves the last quarter to started work.
	 * @param more the additional bytes
	 * @return false if there is no room even after eviction, or if the work has ended;
	 * then nothing is taken
	 */
	public boolean tryBegin(long more) {
		return tryTake(more, this.account.maxOfNewWork());
	}

	private boolean tryTake(long more, long bound) {
		if (isClosed() || !this.account.tryTake(this.use, more, bound)) {
			return false;
		}
		boolean taken = change((before) -> before + more) != CLOSED;
		if (!taken) {
			this.account.take(this.use, -more);
		}
		return taken;
	}

	private boolean isClosed() {
		return this.bytes.get() == CLOSED;
	}

	/** Changes the bytes, unless the work has ended. */
	private long change(LongUnaryOperator change) {
		return this.bytes.getAndUpdate((before) -> (before != CLOSED) ? change.applyAsLong(before) : CLOSED);
	}

	/**
	 * Sets the memory of this work, even if it exceeds the limit. It is meant for memory
	 * that is already in use. After the end of the work it does nothing.
	 * @param total the total bytes
	 */
	public void set(long total) {
		long before = change((same) -> total);
		if (before != CLOSED) {
			this.account.take(this.use, total - before);
		}
	}

	/**
	 * Returns the memory of this work.
	 * @return the memory, in bytes; 0 after the end of the work
	 */
	public long bytes() {
		return Math.max(0, this.bytes.get());
	}

	/** Releases all memory of this work. Closing again does nothing. */
	@Override
	public void close() {
		long before = this.bytes.getAndSet(CLOSED);
		if (before != CLOSED) {
			this.account.take(this.use, -before);
		}
	}

}
