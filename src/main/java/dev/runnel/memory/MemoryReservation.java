package dev.runnel.memory;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory of one piece of work in the {@link MemoryAccount}. Safe for use by several
 * threads.
 */
public final class MemoryReservation implements AutoCloseable {

	private final MemoryAccount account;

	private final MemoryUse use;

	private final AtomicLong bytes = new AtomicLong();

	MemoryReservation(MemoryAccount account, MemoryUse use) {
		this.account = account;
		this.use = use;
	}

	/**
	 * Takes more memory if there is room.
	 * @param more the additional bytes
	 * @return false if there is no room even after eviction; then nothing is taken
	 */
	public boolean tryGrow(long more) {
		if (!this.account.tryTake(this.use, more, this.account.max())) {
			return false;
		}
		this.bytes.addAndGet(more);
		return true;
	}

	/**
	 * Takes more memory like new work, which leaves the last quarter to started work.
	 * @param more the additional bytes
	 * @return false if there is no room even after eviction; then nothing is taken
	 */
	public boolean tryBegin(long more) {
		boolean taken = this.account.tryTake(this.use, more, this.account.maxOfNewWork());
		this.bytes.addAndGet(taken ? more : 0);
		return taken;
	}

	/**
	 * Sets the memory of this work, even if it exceeds the limit. It is meant for memory
	 * that is already in use.
	 * @param total the total bytes
	 */
	public void set(long total) {
		this.account.take(this.use, total - this.bytes.getAndSet(total));
	}

	/**
	 * Returns the memory of this work.
	 * @return the memory, in bytes
	 */
	public long bytes() {
		return this.bytes.get();
	}

	/** Releases all memory of this work. */
	@Override
	public void close() {
		set(0);
	}

}
