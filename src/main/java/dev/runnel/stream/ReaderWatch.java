package dev.runnel.stream;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * Notices when a running stream has had no reader for the grace period. A timer that
 * comes much too late tells that this process stood still: a reader may be waiting to be
 * let in, so the watch waits once more.
 */
final class ReaderWatch {

	/** How long a new stream waits for its first reader, whatever the grace. */
	private static final Duration FIRST_READER = Duration.ofSeconds(5);

	/** A busy process has late timers too, but not so late. */
	private static final long LATE_MILLIS = 1000;

	/** Enough for a reader that waits to be let in. */
	private static final Duration LOOK = Duration.ofSeconds(2);

	private final Duration grace;

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

	/** A reader has come. */
	synchronized void attached() {
		this.readers++;
		disarm();
	}

	/** A reader has gone. */
	void detached() {
		if (lastOneLeft()) {
			this.abandoned.run();
		}
	}

	/** The stream has ended: whether it is read does not matter any more. */
	synchronized void ended() {
		this.ended = true;
		disarm();
	}

	private synchronized boolean lastOneLeft() {
		this.readers--;
		if (this.readers > 0 || this.ended) {
			return false;
		}
		if (this.grace.isZero()) {
			return true;
		}
		arm(this.grace);
		return false;
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
		boolean alone = this.readers == 0 && !this.ended;
		if (alone && this.millis.getAsLong() - this.due > LATE_MILLIS) {
			arm(LOOK);
			return false;
		}
		return alone;
	}

}
