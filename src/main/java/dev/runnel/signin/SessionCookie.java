package dev.runnel.signin;

import java.time.Duration;

import dev.runnel.accounts.Token;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * The cookie with the token of a session.
 */
final class SessionCookie {

	/** A token has 43 characters. */
	private static final HostCookie COOKIE = new HostCookie("runnel-session", 100);

	/** The server ends the session earlier than the browser forgets it. */
	private static final Duration AGE = Duration.ofDays(365);

	private SessionCookie() {
	}

	/**
	 * Reads the cookie.
	 * @param request the request
	 * @return the token; null if there is none
	 */
	static @Nullable Token read(ServerHttpRequest request) {
		String value = COOKIE.read(request);
		return (value != null) ? new Token(value) : null;
	}

	/**
	 * Sets the cookie.
	 * @param exchange the request
	 * @param token the token
	 */
	static void write(ServerWebExchange exchange, Token token) {
		COOKIE.write(exchange, token.value(), AGE);
	}

	/**
	 * Deletes the cookie.
	 * @param exchange the request
	 */
	static void delete(ServerWebExchange exchange) {
		COOKIE.delete(exchange);
	}

}
