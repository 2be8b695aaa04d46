package dev.runnel.limits;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the buckets of several servers cannot be reached. While it lasts, one call in
 * two seconds tries them again and the others do not wait for them.
 */
final class Outage {

	private static final Logger log = LoggerFactory.getLogger(Outage.class);

	private static final long PAUSE = Duration.ofSeconds(2).toNanos();

	private final AtomicBoolean began = new AtomicBoolean();

	private final AtomicLong nextTry = new AtomicLong();

	/**
	 * Returns whether a call has to do without the shared buckets.
	 * @return false as well for the call that tries them again
	 */
	boolean lasts() {
		if (!this.began.get()) {
			return false;
		}
		long now = System.nanoTime();
		long due = this.nextTry.get();
		return now - due < 0 || !this.nextTry.compareAndSet(due, now + PAUSE);
	}

	/**
	 * Notes that a call has failed.
	 * @param ex the reason
	 */
	void began(Throwable ex) {
		this.nextTry.set(System.nanoTime() + PAUSE);
		if (this.began.compareAndSet(false, true)) {
			log.warn("Redis does not answer, so each server counts requests and tokens by itself: {}",
					String.valueOf(ex.getMessage()));
		}
	}

	/** Notes that a call has succeeded. */
	void ended() {
		if (this.began.compareAndSet(true, false)) {
			log.info("Redis answers again; requests and tokens are counted on all servers together");
		}
	}

}
