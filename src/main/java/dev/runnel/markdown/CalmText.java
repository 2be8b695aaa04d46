package dev.runnel.markdown;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Passes a growing text on, except a short end whose meaning depends on the next
 * characters. Without it a reader would see marks for a moment: {@code **bo} before it is
 * bold, or the head of a table as text. The text itself does not change, so the HTML of
 * {@link StreamingMarkdown} after each piece is that of a batch rendering.
 * <p>
 * Plain text passes at once. An end waits at most until its line ends (a table's head
 * until the line after it ends), until it is longer than 256 characters, or for 300 ms.
 * The time is checked when more text comes. So the caller calls {@link #takeAll} if
 * {@link #isHolding} is true and nothing has come for the {@link #longestPause}.
 * <p>
 * Not thread-safe. Use one instance for each answer.
 */
public final class CalmText {

	/**
	 * The longest end that may wait, in UTF-16 units. Most links and heads of tables are
	 * shorter.
	 */
	static final int MAX_CHARS = 256;

	static final long MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

	/** A model that has been silent for this time may stay silent for longer. */
	static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private final LongSupplier nanos;

	private final UndecidedEnd end = new UndecidedEnd();

	private final StringBuilder held = new StringBuilder();

	/** The time at which the held text began to wait. */
	private long since;

	/** The time for which the held text could still wait when the last piece came. */
	private long nanosLeft;

	/**
	 * Creates an empty text.
	 */
	public CalmText() {
		this(System::nanoTime);
	}

	/**
	 * Creates an empty text.
	 * @param nanos the clock, in nanoseconds
	 */
	public CalmText(LongSupplier nanos) {
		this.nanos = nanos;
	}

	/**
	 * Adds a piece of the text.
	 * @param delta the piece; it may end anywhere
	 * @return the text to render now, which follows all text passed on before; may be
	 * empty
	 */
	public String take(String delta) {
		for (int i = 0; i < delta.length(); i++) {
			this.end.read(delta.charAt(i));
		}
		if (this.held.isEmpty() && this.end.length() == 0) {
			return delta;
		}
		boolean waiting = isHolding();
		this.held.append(delta);
		int decided = this.held.length() - this.end.length();
		return pass(mayWait(waiting, decided) ? decided : this.held.length());
	}

	/**
	 * Whether the undecided end may wait. If its beginning was passed on before, the rest
	 * follows at once.
	 * @param waiting whether some text has waited before
	 * @param decided the number of held characters before the end; negative if some of
	 * the end was passed on
	 */
	private boolean mayWait(boolean waiting, int decided) {
		if (decided < 0 || decided == this.held.length() || this.end.length() > MAX_CHARS) {
			return false;
		}
		long now = this.nanos.getAsLong();
		if (!waiting || decided > 0) {
			this.since = now;
		}
		this.nanosLeft = MAX_NANOS - (now - this.since);
		return this.nanosLeft > 0;
	}

	/**
	 * Whether some text waits.
	 * @return true if {@link #takeAll} would return some
	 */
	public boolean isHolding() {
		return !this.held.isEmpty();
	}

	/**
	 * The longest time for which the held text may wait without a further piece.
	 * @return the time from the last piece on, at most 100 ms; without meaning if no text
	 * waits
	 */
	public Duration longestPause() {
		return Duration.ofNanos(Math.min(PAUSE_NANOS, this.nanosLeft));
	}

	/**
	 * Passes on the text that waits.
	 * @return the text to render now; may be empty
	 */
	public String takeAll() {
		return pass(this.held.length());
	}

	private String pass(int length) {
		String text = this.held.substring(0, length);
		this.held.delete(0, length);
		return text;
	}

}
