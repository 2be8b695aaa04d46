package dev.runnel.web;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps what strangers can cause from filling the log: one line a minute.
 */
public final class LogPause {

	private static final long PAUSE = Duration.ofMinutes(1).toNanos();

	private final AtomicLong next = new AtomicLong(System.nanoTime());

	/**
	 * Whether a line is due. Safe for use by several threads.
	 * @return true at most once a minute
	 */
	public boolean isOver() {
		long now = System.nanoTime();
		long due = this.next.get();
		return now - due >= 0 && this.next.compareAndSet(due, now + PAUSE);
	}

}
