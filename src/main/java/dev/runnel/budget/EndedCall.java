package dev.runnel.budget;

import java.time.Duration;
import java.time.LocalDate;

/**
 * The expense of a call that has ended. The ledger gets it a moment later.
 */
final class EndedCall {

	/**
	 * After this time the ledger has the expense, even if its database was away when the
	 * call ended: until it is back, no question begins.
	 */
	private static final long SURELY = Duration.ofMinutes(5).toNanos();

	private final LocalDate day;

	private final long picos;

	/** When the ledger had it, by {@link System#nanoTime}. */
	private volatile long storedAt;

	private volatile boolean stored;

	EndedCall(LocalDate day, long picos) {
		this.day = day;
		this.picos = picos;
	}

	LocalDate day() {
		return this.day;
	}

	long picos() {
		return this.picos;
	}

	/**
	 * Notes the end of the attempt to store it.
	 * @param success false if it will be stored later
	 */
	void stored(boolean success) {
		this.storedAt = System.nanoTime() + (success ? 0 : SURELY);
		this.stored = true;
	}

	boolean isStoredBefore(long nanos) {
		return this.stored && nanos - this.storedAt >= 0;
	}

}
