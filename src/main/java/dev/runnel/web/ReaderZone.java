package dev.runnel.web;

import java.time.DateTimeException;
import java.time.ZoneId;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpCookie;
import org.springframework.web.server.ServerWebExchange;

/**
 * The reader's time zone. A browser does not send its zone, so the page's script stores
 * it in a cookie.
 */
public final class ReaderZone {

	/** The cookie with the zone's name. */
	private static final String COOKIE = "zone";

	private ReaderZone() {
	}

	/**
	 * Returns the zone of the reader.
	 * @param exchange the request
	 * @return the zone; null if the request names none that exists
	 */
	public static @Nullable ZoneId of(ServerWebExchange exchange) {
		HttpCookie cookie = exchange.getRequest().getCookies().getFirst(COOKIE);
		try {
			return (cookie != null) ? ZoneId.of(cookie.getValue()) : null;
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

}
