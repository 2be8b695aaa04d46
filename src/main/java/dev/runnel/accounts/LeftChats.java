package dev.runnel.accounts;

import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.runnel.web.Sha256;
import dev.runnel.web.Visitor;

import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Remembers in a cookie which accounts have left the earlier conversations of a browser,
 * so that nobody is asked twice. Another account of the same browser is asked as well,
 * because the conversations may be its own. Only the question depends on this cookie.
 */
public final class LeftChats {

	private static final String NAME = "runnel-left";

	/** The most that browsers keep is 400 days. */
	private static final Duration AGE = Duration.ofDays(365);

	/** The most accounts of a browser. The first ones are forgotten. */
	private static final int MAX_ACCOUNTS = 20;

	/** The bytes of a hash that are kept. */
	private static final int BYTES = 8;

	private static final String BETWEEN = ".";

	private LeftChats() {
	}

	/**
	 * Returns whether an account has left the conversations of a browser.
	 * @param request a request of the browser
	 * @param browser the owner of the conversations
	 * @param account the id of the account
	 * @return true if so
	 */
	public static boolean areLeft(ServerHttpRequest request, Visitor browser, UUID account) {
		return read(request).contains(entry(browser, account));
	}

	/**
	 * Remembers that an account has left the conversations of a browser.
	 * @param exchange a request of the browser
	 * @param browser the owner of the conversations
	 * @param account the id of the account
	 */
	public static void leave(ServerWebExchange exchange, Visitor browser, UUID account) {
		ServerHttpRequest request = exchange.getRequest();
		List<String> entries = Stream.concat(read(request).stream(), Stream.of(entry(browser, account)))
			.distinct()
			.toList();
		String value = entries.stream()
			.skip(Math.max(0, entries.size() - MAX_ACCOUNTS))
			.collect(Collectors.joining(BETWEEN));
		String folder = request.getPath().contextPath().value();
		exchange.getResponse()
			.addCookie(ResponseCookie.from(NAME, value)
				.path(folder.isEmpty() ? "/" : folder)
				.httpOnly(true)
				.secure("https".equals(request.getURI().getScheme()))
				.sameSite("Lax")
				.maxAge(AGE)
				.build());
	}

	private static List<String> read(ServerHttpRequest request) {
		HttpCookie cookie = request.getCookies().getFirst(NAME);
		return (cookie == null) ? List.of()
				: Arrays.stream(cookie.getValue().split("[" + BETWEEN + "]"))
					.filter((entry) -> entry.matches("[0-9a-f]{" + 2 * BYTES + "}"))
					.toList();
	}

	private static String entry(Visitor browser, UUID account) {
		return HexFormat.of().formatHex(Sha256.of(browser.id() + " " + account), 0, BYTES);
	}

}
