package dev.runnel.limits;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import dev.runnel.web.LogPause;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses requests beyond a limit, counts the refusals, and logs the counts at most once
 * a minute.
 */
final class Refusals {

	private static final Logger log = LoggerFactory.getLogger(Refusals.class);

	private static final long TWO_MINUTES = 120;

	private static final long TWO_HOURS = 7200;

	private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

	private final LogPause pause;

	Refusals() {
		this(new LogPause());
	}

	Refusals(LogPause pause) {
		this.pause = pause;
	}

	/**
	 * Counts one refusal.
	 * @param reason the reason
	 * @param limit the name of the limit
	 * @param nanos the nanoseconds until there is room again
	 * @return the problem to answer with
	 */
	ProblemException refuse(Reason reason, String limit, long nanos) {
		this.counts.computeIfAbsent(limit, (missing) -> new LongAdder()).increment();
		if (this.pause.isOver()) {
			log.warn("Requests beyond a limit are refused; counts since the start: {}", counts());
		}
		Duration wait = Duration.ofSeconds(1).plusNanos(nanos - 1).truncatedTo(ChronoUnit.SECONDS);
		return ProblemException.tooMany("Too many " + limit + ". Try again in " + words(wait.toSeconds()) + ".", wait)
			.because(reason);
	}

	private static String words(long seconds) {
		if (seconds < TWO_MINUTES) {
			return (seconds == 1) ? "1 second" : seconds + " seconds";
		}
		long minutes = (seconds + 59) / 60;
		return (seconds < TWO_HOURS) ? minutes + " minutes" : (minutes + 59) / 60 + " hours";
	}

	/**
	 * Returns how many requests each limit refused.
	 * @return refusals since the start, by the name of the limit
	 */
	Map<String, Long> counts() {
		Map<String, Long> now = new TreeMap<>();
		this.counts.forEach((limit, count) -> now.put(limit, count.sum()));
		return now;
	}

}
