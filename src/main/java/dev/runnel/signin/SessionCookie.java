package dev.runnel.signin;

import java.time.Duration;

import dev.runnel.accounts.Token;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * The cookie with the token of a session. Browsers accept a cookie with the prefix
 * {@code __Host-} only over https and only from this very host, so a neighbour cannot set
 * it. Cookies ignore ports, so the name has the port, if there is one in the address.
 */
final class SessionCookie {

	/** A token has 43 characters; a longer value is none. */
	private static final int MAX_CHARS = 100;

	private SessionCookie() {
	}

	/**
	 * Reads the cookie.
	 * @param request the request
	 * @return the token; null if there is none
	 */
	static @Nullable Token read(ServerHttpRequest request) {
		HttpCookie cookie = request.getCookies().getFirst(name(request));
		return (cookie != null && !cookie.getValue().isEmpty() && cookie.getValue().length() <= MAX_CHARS)
				? new Token(cookie.getValue()) : null;
	}

	/**
	 * Sets the cookie. The server ends the session earlier than the browser forgets it.
	 * @param exchange the request
	 * @param token the token
	 */
	static void write(ServerWebExchange exchange, Token token) {
		exchange.getResponse().addCookie(cookie(exchange.getRequest(), token.value(), Duration.ofDays(365)));
	}

	/**
	 * Deletes the cookie.
	 * @param exchange the request
	 */
	static void delete(ServerWebExchange exchange) {
		exchange.getResponse().addCookie(cookie(exchange.getRequest(), "", Duration.ZERO));
	}

	private static ResponseCookie cookie(ServerHttpRequest request, String value, Duration age) {
		return ResponseCookie.from(name(request), value)
			.path("/")
			.httpOnly(true)
			.secure(isSecure(request))
			.sameSite("Lax")
			.maxAge(age)
			.build();
	}

	private static String name(ServerHttpRequest request) {
		int port = request.getURI().getPort();
		return (isSecure(request) ? "__Host-" : "") + "runnel-session" + ((port > 0) ? "-" + port : "");
	}

	private static boolean isSecure(ServerHttpRequest request) {
		return "https".equals(request.getURI().getScheme());
	}

}
