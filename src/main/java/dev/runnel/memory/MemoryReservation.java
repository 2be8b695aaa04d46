package dev.runnel.memory;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What one piece of work has taken of the {@link MemoryAccount}. Any thread may call it.
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
	 * Takes more, if there is room.
	 * @param more bytes
	 * @return false if there is no room even without what may go; then nothing is taken
	 */
	public boolean tryGrow(long more) {
		if (!this.account.tryTake(this.use, more, this.account.max())) {
			return false;
		}
		this.bytes.addAndGet(more);
		return true;
	}

	/**
	 * Takes more as new work does: the last quarter is left to work that has begun.
	 * @param more bytes
	 * @return false if there is no room; then nothing is taken
	 */
	public boolean tryBegin(long more) {
		boolean taken = this.account.tryTake(this.use, more, this.account.maxOfNewWork());
		this.bytes.addAndGet(taken ? more : 0);
		return taken;
	}

	/**
	 * Says how much the work takes now, whether or not there is room: for memory that is
	 * in use already.
	 * @param total bytes
	 */
	public void set(long total) {
		this.account.take(this.use, total - this.bytes.getAndSet(total));
	}

	/**
	 * How much the work has taken.
	 * @return bytes
	 */
	public long bytes() {
		return this.bytes.get();
	}

	/** Gives everything back. */
	@Override
	public void close() {
		set(0);
	}

}
