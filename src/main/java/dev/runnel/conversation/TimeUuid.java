package dev.runnel.conversation;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Generates UUIDs of version 7. They begin with the time, so that they sort by time and
 * new entries come at the end of an index. They have 62 random bits (RFC 9562, section
 * 5.7).
 * <p>
 * The UUIDs of one process increase strictly. The 12 bits after the milliseconds are a
 * counter (section 6.2, method 1). The time runs ahead of the clock if there are more
 * than 4096 UUIDs in one millisecond.
 */
public final class TimeUuid {

	private static final SecureRandom random = new SecureRandom();

	/** The last used milliseconds, followed by the 12 bits of the counter. */
	private static final AtomicLong newest = new AtomicLong();

	private static final int COUNTER_BITS = 12;

	private static final long VERSION = 0x7000L;

	private static final long VARIANT = 0x8000_0000_0000_0000L;

	private TimeUuid() {
	}

	/**
	 * Generates the next UUID.
	 * @return a UUID greater than all earlier ones of this process
	 */
	public static UUID next() {
		long now = System.currentTimeMillis() << COUNTER_BITS;
		long ticks = newest.updateAndGet((before) -> Math.max(now, before + 1));
		long high = (ticks >>> COUNTER_BITS << 16) | VERSION | (ticks & 0xFFF);
		return new UUID(high, (random.nextLong() >>> 2) | VARIANT);
	}

	/**
	 * Returns the smallest UUID of a time.
	 * @param time the time, used in milliseconds
	 * @return a UUID that is greater than all created in earlier milliseconds
	 */
	public static UUID least(Instant time) {
		return new UUID((time.toEpochMilli() << 16) | VERSION, VARIANT);
	}

}
