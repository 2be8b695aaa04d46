package dev.runnel.imports;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.time.temporal.ValueRange;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.runnel.conversation.Title;
import dev.runnel.upstream.WellFormed;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DatabindException;

/**
 * Converts untrusted values of a file. Impossible values are refused or replaced.
 */
final class ImportValues {

	private static final Instant FIRST = Instant.EPOCH;

	private static final Instant LAST = Instant.parse("2999-12-31T23:59:59.999999Z");

	private static final ValueRange MILLIS = ValueRange.of(0, Duration.ofDays(366).toMillis());

	private static final int NAME_CHARS = 200;

	private ImportValues() {
	}

	/** Returns a time, cut to microseconds like in the database. */
	static Instant time(@Nullable String text, String place) {
		Instant time = timeOrNull(text);
		if (time == null) {
			throw new RefusedException("needs a time such as 2026-01-31T12:00:00Z in " + place);
		}
		return time;
	}

	/**
	 * Returns a time of a foreign file.
	 * @param seconds seconds since the epoch; null if the file has none
	 * @return the time; null if it is missing or impossible
	 */
	static @Nullable Instant seconds(@Nullable Double seconds) {
		return (seconds != null && isPossible(seconds)) ? FIRST.plus(Math.round(seconds * 1e6), ChronoUnit.MICROS)
				: null;
	}

	/**
	 * Returns a time of a foreign file.
	 * @param text the time in ISO 8601; null if the file has none
	 * @return the time, cut to microseconds; null if it is missing or impossible
	 */
	static @Nullable Instant timeOrNull(@Nullable String text) {
		try {
			Instant time = Instant.parse(Objects.requireNonNullElse(text, ""));
			return isPossible(time) ? time.truncatedTo(ChronoUnit.MICROS) : null;
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	private static boolean isPossible(Instant time) {
		return !time.isBefore(FIRST) && !time.isAfter(LAST);
	}

	private static boolean isPossible(double seconds) {
		return seconds >= 0 && seconds <= LAST.getEpochSecond();
	}

	static @Nullable Duration duration(@Nullable Long millis, String place) {
		if (millis == null) {
			return null;
		}
		if (!MILLIS.isValidValue(millis)) {
			throw new RefusedException("has an impossible time in " + place);
		}
		return Duration.ofMillis(millis);
	}

	/**
	 * Returns the name of a model or a provider: one line of at most 200 UTF-16 units;
	 * null if blank.
	 */
	static @Nullable String name(@Nullable String text) {
		String line = (text != null) ? Title.line(text) : "";
		return line.isEmpty() ? null : line.substring(0, Math.min(line.length(), NAME_CHARS));
	}

	/**
	 * Returns the origin that a file of Runnel names.
	 * @param text the origin; null if the file has none
	 * @return the origin; null if it is blank, or too long to be one
	 */
	static @Nullable String origin(@Nullable String text) {
		return (text == null || text.isBlank() || text.length() > NAME_CHARS) ? null : WellFormed.storable(text);
	}

	/**
	 * Reads the current value as an object.
	 * @param <T> the type of the object
	 * @param json the parser
	 * @param type the type of the object
	 * @param place the place in the file, for the reason
	 * @return the object; null for JSON null
	 * @throws RefusedException if the value has the wrong type
	 */
	static <T> @Nullable T read(JsonParser json, Class<T> type, String place) {
		if (json.currentToken() == JsonToken.VALUE_NULL) {
			return null;
		}
		try {
			return json.readValueAs(type);
		}
		catch (DatabindException | InputCoercionException ex) {
			throw new RefusedException("has a value of the wrong type in " + place + path(ex));
		}
	}

	private static String path(JacksonException ex) {
		return ex.getPath()
			.stream()
			.map(JacksonException.Reference::getPropertyName)
			.map((name) -> "." + name)
			.collect(Collectors.joining());
	}

	/**
	 * Returns the enum constant with a given name.
	 * @param values all constants
	 * @param name returns the name of a constant in a file
	 * @param text the name in this file
	 * @param place the place in the file
	 * @return the constant
	 * @throws RefusedException if no constant has this name
	 */
	static <T> T oneOf(T[] values, Function<T, String> name, @Nullable String text, String place) {
		return Arrays.stream(values)
			.filter((value) -> name.apply(value).equals(text))
			.findFirst()
			.orElseThrow(() -> new RefusedException(
					"needs one of " + String.join(", ", Arrays.stream(values).map(name).toList()) + " in " + place));
	}

	/** Returns the name in a file of an enum constant without a wire name. */
	static String lower(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

}
