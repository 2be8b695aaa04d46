package dev.runnel.chat;

import java.time.Duration;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Measures how long a model reasons: the sum of all times from reasoning to the next
 * text. Used by one thread at a time.
 */
final class ThinkingTime {

	private final LongSupplier nanoTime;

	/** The reasoning time of earlier turns. */
	private final @Nullable Duration earlier;

	private @Nullable Duration before;

	private long since;

	private boolean running;

	/**
	 * Starts in the state without reasoning.
	 * @param before the reasoning time of earlier turns; null for none
	 * @param nanoTime the clock, in nanoseconds
	 */
	ThinkingTime(@Nullable Duration before, LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
		this.earlier = before;
		this.before = before;
	}

	/** Notes that reasoning has arrived. */
	void goOn() {
		if (!this.running) {
			this.running = true;
			this.since = this.nanoTime.getAsLong();
		}
	}

	/** Notes that text has arrived, or that the answer has ended. */
	void pause() {
		this.before = soFar();
		this.running = false;
	}

	/** Adds time that turned out to be reasoning. */
	void add(Duration time) {
		pause();
		this.before = ((this.before != null) ? this.before : Duration.ZERO).plus(time);
	}

	/** Forgets the reasoning of this turn. */
	void forget() {
		this.before = this.earlier;
		this.running = false;
	}

	/**
	 * The reasoning time until now.
	 * @return null if the model did not reason
	 */
	@Nullable Duration soFar() {
		if (!this.running) {
			return this.before;
		}
		Duration earlier = (this.before != null) ? this.before : Duration.ZERO;
		return earlier.plusNanos(this.nanoTime.getAsLong() - this.since);
	}

}
