package dev.runnel.accounts.web;

import java.time.Instant;
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
 * The times and browsers of the pages about accounts, as a reader writes them.
 *
 * @param locale the language of the page
 * @param zone the time zone of the reader; null if unknown
 */
record ReaderWords(Locale locale, @Nullable ZoneId zone) {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM);

	static ReaderWords of(ServerWebExchange exchange) {
		Locale locale = exchange.getLocaleContext().getLocale();
		return new ReaderWords(Objects.requireNonNullElse(locale, Locale.ENGLISH), ReaderZone.of(exchange));
	}

	/** The date and time, to the second; in UTC, and saying so, if no zone is known. */
	public String time(Instant time) {
		String text = TIME.withLocale(this.locale)
			.withZone(Objects.requireNonNullElse(this.zone, ZoneOffset.UTC))
			.format(time);
		return (this.zone != null) ? text : text + " UTC";
	}

	public Device device(String agent) {
		return Device.of(agent);
	}

}
