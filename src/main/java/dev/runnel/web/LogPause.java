package dev.runnel.web;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits log lines that strangers can cause to one per minute.
 */
public final class LogPause {

	private static final long PAUSE = Duration.ofMinutes(1).toNanos();

	private final AtomicLong next = new AtomicLong(System.nanoTime());

	/**
	 * Returns whether a line may be written now. Safe for use by several threads.
	 * @return true at most once a minute
	 */
	public boolean isOver() {
		long now = System.nanoTime();
		long due = this.next.get();
		return now - due >= 0 && this.next.compareAndSet(due, now + PAUSE);
	}

}
