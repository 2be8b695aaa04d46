package dev.runnel.stream;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * Notices when a running stream has had no reader for the grace period.
 */
final class ReaderWatch {

	/** How long a new stream waits for its first reader, whatever the grace. */
	private static final Duration FIRST_READER = Duration.ofSeconds(5);

	private final Duration grace;

	private final Scheduler scheduler;

	private final Runnable abandoned;

	private int readers;

	private boolean ended;

	private @Nullable Disposable timer;

	ReaderWatch(Duration grace, Scheduler scheduler, Runnable abandoned) {
		this.grace = grace;
		this.scheduler = scheduler;
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
		return this.readers == 0 && !this.ended;
	}

}
