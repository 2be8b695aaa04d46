package dev.runnel.imports;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;

import dev.runnel.conversation.Title;
import org.jspecify.annotations.Nullable;

/**
 * Makes values of what a file says, if they can be true.
 */
final class Trusted {

	private static final Instant FIRST = Instant.EPOCH;

	private static final Instant LAST = Instant.parse("2999-12-31T23:59:59.999999Z");

	private static final Duration LONGEST = Duration.ofDays(366);

	private static final int NAME_CHARS = 200;

	private Trusted() {
	}

	/** A time to the microsecond, as a database keeps it. */
	static Instant time(@Nullable String text, String place) {
		try {
			Instant time = Instant.parse((text != null) ? text : "");
			if (isPossible(time)) {
				return time.truncatedTo(ChronoUnit.MICROS);
			}
		}
		catch (DateTimeException ex) {
			// Told below, like a time that cannot be.
		}
		throw new RefusedException("needs a time such as 2026-01-31T12:00:00Z in " + place);
	}

	/**
	 * A time of a foreign file, which may have none.
	 * @param seconds since the epoch
	 * @param otherwise what to take where there is none, or none that can be
	 * @return the time
	 */
	static Instant time(@Nullable Double seconds, Instant otherwise) {
		if (seconds == null || !(seconds >= 0) || seconds > LAST.getEpochSecond()) {
			return otherwise;
		}
		return FIRST.plus(Math.round(seconds * 1e6), ChronoUnit.MICROS);
	}

	private static boolean isPossible(Instant time) {
		return !time.isBefore(FIRST) && !time.isAfter(LAST);
	}

	static @Nullable Duration duration(@Nullable Long millis, String place) {
		if (millis == null) {
			return null;
		}
		if (millis < 0 || millis > LONGEST.toMillis()) {
			throw new RefusedException("has an impossible time in " + place);
		}
		return Duration.ofMillis(millis);
	}

	/** The name of a model or of who runs it: one short line. */
	static @Nullable String name(@Nullable String text) {
		String line = (text != null) ? Title.line(text) : "";
		return line.isEmpty() ? null : line.substring(0, Math.min(line.length(), NAME_CHARS));
	}

	/**
	 * One of few values.
	 * @param values all there are
	 * @param name what a file calls a value
	 * @param text what this file says
	 * @param place where it says so
	 * @return the value
	 */
	static <T> T oneOf(T[] values, Function<T, String> name, @Nullable String text, String place) {
		return Arrays.stream(values)
			.filter((value) -> name.apply(value).equals(text))
			.findFirst()
			.orElseThrow(() -> new RefusedException(
					"needs one of " + String.join(", ", Arrays.stream(values).map(name).toList()) + " in " + place));
	}

	/** What a file calls a value of an enum that has no other name. */
	static String lower(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

}
