package dev.runnel.conversation.store;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes UUIDs of version 7: they begin with the time, so that they sort by it and that an
 * index grows at its end, and are random in 62 bits (RFC 9562, section 5.7).
 * <p>
 * Those of one process rise strictly: the 12 bits after the millisecond count (section
 * 6.2, method 1), and run ahead of the clock when there are more than 4096 in one.
 */
final class TimeUuid {

	private static final SecureRandom random = new SecureRandom();

	/** The newest millisecond, and 12 bits of counter. */
	private static final AtomicLong newest = new AtomicLong();

	private static final int COUNTER_BITS = 12;

	private static final long VERSION = 0x7000L;

	private static final long VARIANT = 0x8000_0000_0000_0000L;

	private TimeUuid() {
	}

	/**
	 * Makes the next one.
	 * @return a UUID greater than all that this process made before
	 */
	static UUID next() {
		long now = System.currentTimeMillis() << COUNTER_BITS;
		long ticks = newest.updateAndGet((before) -> Math.max(now, before + 1));
		long high = (ticks >>> COUNTER_BITS << 16) | VERSION | (ticks & 0xFFF);
		return new UUID(high, (random.nextLong() >>> 2) | VARIANT);
	}

}
