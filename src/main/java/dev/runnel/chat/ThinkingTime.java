package dev.runnel.chat;

import java.time.Duration;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * How long a model reasons: from reasoning to the text behind it, as often as that
 * happens. Not for several threads at once.
 */
final class ThinkingTime {

	private final LongSupplier nanoTime;

	private @Nullable Duration before;

	private long since;

	private boolean running;

	/**
	 * Begins without reasoning.
	 * @param before the time that was counted earlier; null if there was none
	 * @param nanoTime the clock, in nanoseconds
	 */
	ThinkingTime(@Nullable Duration before, LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
		this.before = before;
	}

	/** Reasoning has come. */
	void goOn() {
		if (!this.running) {
			this.running = true;
			this.since = this.nanoTime.getAsLong();
		}
	}

	/** Text has come, or the end. */
	void pause() {
		this.before = soFar();
		this.running = false;
	}

	/**
	 * The time until now.
	 * @return null if there was no reasoning
	 */
	@Nullable Duration soFar() {
		if (!this.running) {
			return this.before;
		}
		Duration earlier = (this.before != null) ? this.before : Duration.ZERO;
		return earlier.plusNanos(this.nanoTime.getAsLong() - this.since);
	}

}
