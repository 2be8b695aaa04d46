package dev.runnel.page;

import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Objects;

import dev.runnel.web.ReaderZone;
import org.jspecify.annotations.Nullable;

import org.springframework.web.server.ServerWebExchange;

/**
 * Formats times for a reader's time zone and language.
 *
 * @param zone the reader's zone; UTC if unknown
 * @param locale the page's language
 */
record ReaderClock(ZoneId zone, Locale locale) {

	private static final double MILLIS_OF_SECOND = 1000;

	static ReaderClock of(ServerWebExchange exchange, Locale locale) {
		return new ReaderClock(Objects.requireNonNullElse(ReaderZone.of(exchange), ZoneOffset.UTC), locale);
	}

	LocalDate day(Instant time) {
		return LocalDate.ofInstant(time, this.zone);
	}

	/** The time of day, in hours and minutes. */
	public String hour(Instant time) {
		return format(DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT), time);
	}

	/** The date and time, to the second. */
	public String full(Instant time) {
		return format(DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.MEDIUM), time);
	}

	/**
	 * The date of a message, for a line above it.
	 * @param time when the message was created
	 * @param before when the message before it was created; null for the first message
	 * @return the date; null if the message before it, or today for the first message,
	 * has the same one
	 */
	public @Nullable String newDay(Instant time, @Nullable Instant before) {
		LocalDate last = (before != null) ? day(before) : LocalDate.now(this.zone);
		return day(time).equals(last) ? null : format(DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG), time);
	}

	/** The day of a time in ISO-8601. */
	public String date(String time) {
		return format(DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM), Instant.parse(time));
	}

	/** A duration in seconds, with one decimal digit. */
	public String seconds(long millis) {
		NumberFormat format = NumberFormat.getInstance(this.locale);
		format.setMinimumFractionDigits(1);
		format.setMaximumFractionDigits(1);
		return format.format(millis / MILLIS_OF_SECOND);
	}

	String month(YearMonth month) {
		return DateTimeFormatter.ofPattern("LLLL uuuu", this.locale).format(month);
	}

	private String format(DateTimeFormatter formatter, Instant time) {
		return formatter.withLocale(this.locale).withZone(this.zone).format(time);
	}

}
