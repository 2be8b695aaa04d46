package dev.runnel.signin;

import java.net.URI;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;

/**
 * The path to go on to after a sign-in. Only pages of this server are allowed, by their
 * whole path, so that a link to the sign-in cannot lead to another site.
 */
final class ReturnPath {

	/** The query parameter and the form field. */
	static final String FIELD = "continue";

	private static final String CHAT = "/ai-demo";

	private static final Pattern ALLOWED = Pattern
		.compile("/(ai-demo(/c/[0-9a-fA-F-]{36})?|account(/delete)?|admin(/delete\\?id=[0-9a-fA-F-]{36})?)");

	private ReturnPath() {
	}

	/**
	 * Checks a path.
	 * @param asked the path that a request names; null for none
	 * @return the path, or the path of the chat if it is not allowed
	 */
	static String of(@Nullable String asked) {
		return (asked != null && ALLOWED.matcher(asked).matches()) ? asked : CHAT;
	}

	/**
	 * Returns whether a path leads to the chat.
	 * @param path a path of this class
	 * @return true if so
	 */
	static boolean isChat(String path) {
		return path.startsWith(CHAT);
	}

	/**
	 * Redirects to a path of this server.
	 * @param exchange the request
	 * @param path the path below the base path, with or without a query
	 * @return completes when the redirect is sent
	 */
	static Mono<Void> redirect(ServerWebExchange exchange, String path) {
		String base = exchange.getRequest().getPath().contextPath().value();
		exchange.getResponse().setStatusCode(HttpStatus.SEE_OTHER);
		exchange.getResponse().getHeaders().setLocation(URI.create(base + path));
		return exchange.getResponse().setComplete();
	}

}
