package dev.runnel.stream.redis;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether this server may judge that others are gone. If it could not reach Redis itself,
 * or was paused, the others may be well.
 */
final class Steadiness {

	/** The number of signs of life in a row after which this server may judge others. */
	private static final int STEADY = 8;

	private final long timeout;

	private final LongSupplier nanos;

	private int beats;

	private long last;

	/**
	 * Creates the judgement of a server that has given no sign of life.
	 * @param timeout the time after which a server without a sign of life is gone
	 * @param nanos the time, as {@link System#nanoTime} gives it
	 */
	Steadiness(Duration timeout, LongSupplier nanos) {
		this.timeout = timeout.toNanos();
		this.nanos = nanos;
		this.last = nanos.getAsLong();
	}

	/**
	 * Notes that this server has given a sign of life.
	 * @param unknown whether Redis did not know this server
	 */
	synchronized void beaten(boolean unknown) {
		this.beats = (isLate() || unknown) ? 0 : this.beats + 1;
		this.last = this.nanos.getAsLong();
	}

	/** Notes that this server could not give a sign of life. */
	synchronized void failed() {
		this.beats = 0;
	}

	/**
	 * Whether this server may judge others. After a pause the next sign of life may not
	 * have been given yet.
	 */
	synchronized boolean mayJudge() {
		return this.beats >= STEADY && !isLate();
	}

	private boolean isLate() {
		return this.nanos.getAsLong() - this.last > this.timeout;
	}

}
