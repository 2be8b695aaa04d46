package dev.runnel.stream;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * Detects that a running stream had no reader for the grace period. If a timer fires much
 * too late, the process was paused, and a reader may be waiting to connect. So the watch
 * then waits once more.
 */
final class ReaderWatch {

	/** The minimum time that a new stream waits for its first reader. */
	private static final Duration FIRST_READER = Duration.ofSeconds(5);

	/**
	 * A timer that is later than this shows that the process was paused. A busy process
	 * delays timers less.
	 */
	private static final long LATE_MILLIS = 1000;

	/** The extra wait after a pause, enough for a waiting reader to connect. */
	private static final Duration EXTRA_WAIT = Duration.ofSeconds(2);

	/** Guarded by this object. */
	private Duration grace;

	private final Scheduler scheduler;

	private final LongSupplier millis;

	private final Runnable abandoned;

	private int readers;

	private boolean ended;

	private @Nullable Disposable timer;

	private long due;

	ReaderWatch(Duration grace, Scheduler scheduler, LongSupplier millis, Runnable abandoned) {
		this.grace = grace;
		this.scheduler = scheduler;
		this.millis = millis;
		this.abandoned = abandoned;
	}

	/** The stream has begun. */
	synchronized void begun() {
		arm((this.grace.compareTo(FIRST_READER) > 0) ? this.grace : FIRST_READER);
	}

	/** A reader has joined. */
	synchronized void attached() {
		this.readers++;
		disarm();
	}

	/** A reader has left. */
	void detached() {
		if (lastOneLeft()) {
			this.abandoned.run();
		}
	}

	/** The stream ends as soon as it has no reader. */
	void dropGrace() {
		if (isAloneWithoutGrace()) {
			this.abandoned.run();
		}
	}

	private synchronized boolean isAloneWithoutGrace() {
		this.grace = Duration.ZERO;
		return isAlone();
	}

	/** The stream has ended, so missing readers no longer matter. */
	synchronized void ended() {
		this.ended = true;
		disarm();
	}

	private synchronized boolean lastOneLeft() {
		this.readers--;
		if (isAlone() && !this.grace.isZero()) {
			arm(this.grace);
			return false;
		}
		return isAlone();
	}

	/** Returns whether the stream runs without a reader. */
	private boolean isAlone() {
		return this.readers == 0 && !this.ended;
	}

	private void arm(Duration delay) {
		this.due = this.millis.getAsLong() + delay.toMillis();
		this.timer = this.scheduler.schedule(this::expired, delay.toMillis(), TimeUnit.MILLISECONDS);
	}

	private void disarm() {
		if (this.timer != null) {
			this.timer.dispose();
			this.timer = null;
		}
	}

	private void expired() {
		if (stillAlone()) {
			this.abandoned.run();
		}
	}

	private synchronized boolean stillAlone() {
		if (isAlone() && this.millis.getAsLong() - this.due > LATE_MILLIS) {
			arm(EXTRA_WAIT);
			return false;
		}
		return isAlone();
	}

}
