package dev.runnel.chat;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Measures how long the Markdown of one answer takes to render.
 */
final class RenderingTime {

	/**
	 * The average time above which an answer is costly: many times the cost of a usual
	 * piece. The time includes pauses of the thread. With a limit close to the usual
	 * cost, a busy processor would make every answer costly, and the switches between
	 * threads would keep the processor busy.
	 */
	private static final long COSTLY_NANOS = 500_000;

	/**
	 * One piece counts for one part in this many, so that one slow piece, for example
	 * during a garbage collection, changes the average little.
	 */
	private static final int RECENT_PIECES = 8;

	/**
	 * A piece counts as no longer than this in the average. Other threads may use the
	 * processor for some milliseconds meanwhile, which happens to usual pieces, too, but
	 * not to several in a row.
	 */
	private static final long MOST_COUNTED_NANOS = 2_000_000;

	/** No pause of a thread is usually as long as this, so the piece itself is slow. */
	private static final long SLOW_NANOS = 20_000_000;

	private final long most;

	private final LongSupplier nanos;

	private long begun;

	private long total;

	/** A moving average of the latest pieces, in nanoseconds. */
	private long recent;

	/**
	 * Starts without any time used.
	 * @param most the maximum rendering time of the answer
	 * @param nanos the clock, in nanoseconds
	 */
	RenderingTime(Duration most, LongSupplier nanos) {
		this.most = most.toNanos();
		this.nanos = nanos;
	}

	/** Starts to measure a piece. */
	void begin() {
		this.begun = this.nanos.getAsLong();
	}

	/** Ends the measurement of the current piece. */
	void end() {
		long took = this.nanos.getAsLong() - this.begun;
		this.total += took;
		this.recent += (counted(took) - this.recent) / RECENT_PIECES;
	}

	private static long counted(long took) {
		return (took < SLOW_NANOS) ? Math.min(took, MOST_COUNTED_NANOS) : took;
	}

	/** Whether recent pieces were slow enough to delay other work on the thread. */
	boolean isCostly() {
		return this.recent > COSTLY_NANOS;
	}

	/** Whether the answer has used its rendering time. */
	boolean isSpent() {
		return this.total > this.most;
	}

	/** Whether the answer has used half of its rendering time. */
	boolean isHalfSpent() {
		return this.total > this.most / 2;
	}

}
