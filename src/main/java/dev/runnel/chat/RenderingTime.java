package dev.runnel.chat;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long the Markdown of one answer takes to render.
 */
final class RenderingTime {

	/**
	 * Several times what a usual piece takes, and what a change of threads costs.
	 * Hundreds of pieces may come in one read, for all of which an event loop serves
	 * nobody else.
	 */
	private static final long COSTLY_NANOS = 50_000;

	/** One slow piece, as during a garbage collection, counts for this part. */
	private static final int RECENT_PIECES = 8;

	private final long most;

	private final LongSupplier nanos;

	private long begun;

	private long total;

	/** A moving average over the latest pieces. */
	private long recent;

	/**
	 * Starts at zero.
	 * @param most how much time the answer has
	 * @param nanos the clock
	 */
	RenderingTime(Duration most, LongSupplier nanos) {
		this.most = most.toNanos();
		this.nanos = nanos;
	}

	/** A piece begins to be rendered. */
	void begin() {
		this.begun = this.nanos.getAsLong();
	}

	/** The piece that began last is rendered. */
	void end() {
		long took = this.nanos.getAsLong() - this.begun;
		this.total += took;
		this.recent += (took - this.recent) / RECENT_PIECES;
	}

	/** Whether pieces lately took long enough to hold up others on the thread. */
	boolean isCostly() {
		return this.recent > COSTLY_NANOS;
	}

	/** Whether the answer has had all its time. */
	boolean isSpent() {
		return this.total > this.most;
	}

}
