package dev.runnel.signin;

import dev.runnel.web.ErrorCode;
import dev.runnel.web.ProblemException;
import dev.runnel.web.SignedIn;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.web.server.util.matcher.OrServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;

/**
 * Asks a person to confirm the sign-in before what a stolen session must not do: create
 * keys, end sessions, delete an account, and change the accounts of others. A new
 * password is not among it, because its form asks for the old one.
 */
final class RecentSignIn {

	private static final String ADMIN = "/admin";

	private static final String DELETE_OWN = "/account/delete";

	private static final String CALLS = "/api/admin";

	private static final ServerWebExchangeMatcher DELICATE = new OrServerWebExchangeMatcher(
			ServerWebExchangeMatchers.pathMatchers(HttpMethod.POST, ADMIN + "/**", CALLS + "/**", "/account/keys",
					"/account/sessions/**", DELETE_OWN),
			ServerWebExchangeMatchers.pathMatchers(HttpMethod.GET, "/admin/delete", DELETE_OWN));

	private RecentSignIn() {
	}

	/**
	 * Filters a request that has the right it needs.
	 * @param exchange the request
	 * @param chain the rest of the filters
	 * @return completes when the request is answered
	 */
	static Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return DELICATE.matches(exchange)
			.map((match) -> match.isMatch() && !SignedIn.of(exchange).recent() && !hasKey(exchange))
			.flatMap((old) -> old ? confirm(exchange) : chain.filter(exchange));
	}

	/** Keys are for programs, which cannot confirm anything. */
	private static boolean hasKey(ServerWebExchange exchange) {
		return SignedInFilter.keyOf(exchange.getRequest()) != null;
	}

	private static Mono<Void> confirm(ServerWebExchange exchange) {
		if (exchange.getRequest().getPath().pathWithinApplication().value().startsWith(CALLS)) {
			return Mono.error(ProblemException.of(ErrorCode.FORBIDDEN, "Sign in again, or send a key."));
		}
		return ReturnPath.redirect(exchange,
				"/sign-in?confirm&" + ReturnPath.FIELD + "=" + ReturnPath.of(page(exchange.getRequest())));
	}

	/** Returns the page whose form or link was used. */
	private static String page(ServerHttpRequest request) {
		String path = request.getPath().pathWithinApplication().value();
		if (request.getMethod() == HttpMethod.GET) {
			String id = request.getQueryParams().getFirst("id");
			return (id != null) ? path + "?id=" + id : path;
		}
		return path.startsWith(ADMIN) ? ADMIN : "/account";
	}

}
