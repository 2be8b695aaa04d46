package dev.runnel.signin;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * A cookie of this server alone. Browsers accept a cookie with the prefix {@code __Host-}
 * only over https and only from this very host, so a neighbour cannot set it. Cookies
 * ignore ports, so the name has the port, if there is one in the address.
 *
 * @param name the name, without prefix and port
 * @param maxChars the maximum number of characters of a value; a longer value is ignored
 */
record HostCookie(String name, int maxChars) {

	/**
	 * Reads the cookie.
	 * @param request the request
	 * @return the value; null if there is none
	 */
	@Nullable String read(ServerHttpRequest request) {
		HttpCookie cookie = request.getCookies().getFirst(fullName(request));
		return (cookie != null && !cookie.getValue().isEmpty() && cookie.getValue().length() <= this.maxChars)
				? cookie.getValue() : null;
	}

	/**
	 * Sets the cookie.
	 * @param exchange the request
	 * @param value the value
	 * @param age how long the browser keeps it
	 */
	void write(ServerWebExchange exchange, String value, Duration age) {
		ServerHttpRequest request = exchange.getRequest();
		String folder = request.getPath().contextPath().value();
		boolean secure = isSecure(request);
		exchange.getResponse()
			.addCookie(ResponseCookie.from(fullName(request), value)
				// The prefix requires the path of the whole host.
				.path((secure || folder.isEmpty()) ? "/" : folder)
				.httpOnly(true)
				.secure(secure)
				.sameSite("Lax")
				.maxAge(age)
				.build());
	}

	/**
	 * Deletes the cookie.
	 * @param exchange the request
	 */
	void delete(ServerWebExchange exchange) {
		write(exchange, "", Duration.ZERO);
	}

	private String fullName(ServerHttpRequest request) {
		int port = request.getURI().getPort();
		return (isSecure(request) ? "__Host-" : "") + this.name + ((port > 0) ? "-" + port : "");
	}

	private static boolean isSecure(ServerHttpRequest request) {
		return "https".equals(request.getURI().getScheme());
	}

}
