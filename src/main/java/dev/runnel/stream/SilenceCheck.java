package dev.runnel.stream;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;

/**
 * Asks every stream to end if its writer was silent for too long. If this check itself is
 * late, the whole process was paused: writers then get time until the next check.
 */
final class SilenceCheck implements Runnable {

	/**
	 * A timer that is later than this shows that the process was paused. A busy process
	 * delays timers less.
	 */
	private static final long LATE_MILLIS = 1000;

	private final long limitMillis;

	private final long everyMillis;

	private final Clock clock;

	private final Collection<? extends MemoryStreamLog<?>> logs;

	private volatile long lastCheck;

	/**
	 * Creates a check.
	 * @param limit how long a writer may be silent
	 * @param checks how many checks are made within the limit
	 * @param clock the clock of the streams
	 * @param logs all streams, as they are at each check
	 */
	SilenceCheck(Duration limit, int checks, Clock clock, Collection<? extends MemoryStreamLog<?>> logs) {
		this.limitMillis = limit.toMillis();
		this.everyMillis = this.limitMillis / checks;
		this.clock = clock;
		this.logs = logs;
		this.lastCheck = clock.millis();
	}

	@Override
	public void run() {
		long now = this.clock.millis();
		long late = now - this.lastCheck - this.everyMillis;
		this.lastCheck = now;
		if (late > LATE_MILLIS) {
			return;
		}
		this.logs.stream()
			.filter((log) -> log.silentMillis() > this.limitMillis)
			.forEach((log) -> log.end(EndRequest.SILENT));
	}

}
