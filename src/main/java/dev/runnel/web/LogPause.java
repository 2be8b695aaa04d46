package dev.runnel.web;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Limits log lines that strangers can cause to one per minute.
 */
public final class LogPause {

	private static final long PAUSE = Duration.ofMinutes(1).toNanos();

	private final LongSupplier nanos;

	private final AtomicLong next;

	/** Starts without a pause: the first line may be written at once. */
	public LogPause() {
		this(System::nanoTime);
	}

	/**
	 * Starts without a pause, with a clock.
	 * @param nanos the clock, in nanoseconds
	 */
	public LogPause(LongSupplier nanos) {
		this.nanos = nanos;
		this.next = new AtomicLong(nanos.getAsLong());
	}

	/**
	 * Returns whether a line may be written now. Safe for use by several threads.
	 * @return true at most once a minute
	 */
	public boolean isOver() {
		long now = this.nanos.getAsLong();
		long due = this.next.get();
		return now - due >= 0 && this.next.compareAndSet(due, now + PAUSE);
	}

}
