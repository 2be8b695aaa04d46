package dev.runnel.upstream.openrouter;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * The time to wait before the next request. The header value is a number of seconds or a
 * date (RFC 9110, section 10.2.3).
 */
final class RetryAfter {

	private RetryAfter() {
	}

	/**
	 * Reads the header.
	 * @param headers the headers of a response
	 * @return the time; null without a header or for any other value
	 */
	static @Nullable Duration of(HttpHeaders headers) {
		String value = headers.getFirst(HttpHeaders.RETRY_AFTER);
		if (value == null) {
			return null;
		}
		return value.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(value)) : untilDate(value);
	}

	private static @Nullable Duration untilDate(String value) {
		try {
			ZonedDateTime date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
			Duration wait = Duration.between(ZonedDateTime.now(ZoneOffset.UTC), date);
			return wait.isNegative() ? Duration.ZERO : wait;
		}
		catch (DateTimeParseException ex) {
			return null;
		}
	}

}
