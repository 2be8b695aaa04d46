package dev.runnel.signin;

import dev.runnel.web.ErrorCode;
import dev.runnel.web.Paths;
import dev.runnel.web.ProblemException;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.config.web.server.ServerHttpSecurity.AuthorizeExchangeSpec;
import org.springframework.web.server.ServerWebExchange;

/**
 * The right that each request needs. A path that is not listed needs the right to manage,
 * so that a new path is never open by mistake.
 */
final class AccessRules {

	private static final String[] FOR_EVERYBODY = { "/", "/assets/**", "/css/**", "/js/**", "/icons/**", "/vendor/**",
			"/manifest.webmanifest", "/actuator/health/**", "/sign-in/**", "/registration", "/setup", "/invitation",
			"/password" };

	private AccessRules() {
	}

	static void define(AuthorizeExchangeSpec paths) {
		paths.pathMatchers(FOR_EVERYBODY)
			.permitAll()
			// The session has ended before.
			.pathMatchers(HttpMethod.POST, "/sign-out")
			.permitAll()
			// MetricsFilter in metrics has hidden it from everybody who is no admin.
			.pathMatchers("/actuator/prometheus")
			.hasAuthority(Right.READ)
			.pathMatchers("/admin/**")
			.hasAuthority(Right.ADMIN)
			.pathMatchers("/ai-demo/**", "/account/**")
			.hasAuthority(Right.PAGE);
		defineApi(paths);
		paths.anyExchange().hasAuthority(Right.MANAGE);
	}

	/** A program that may ask also reads again what it has asked. */
	private static void defineApi(AuthorizeExchangeSpec paths) {
		paths.pathMatchers("/api/admin/**")
			.hasAuthority(Right.BACKUP)
			.pathMatchers(HttpMethod.GET, "/api/chat/**")
			.hasAnyAuthority(Right.ASK, Right.READ)
			.pathMatchers("/api/chat/**")
			.hasAuthority(Right.ASK)
			.pathMatchers(HttpMethod.GET, "/api/files/**")
			.hasAnyAuthority(Right.ASK, Right.READ)
			.pathMatchers("/api/files/**")
			.hasAuthority(Right.ASK)
			.pathMatchers(HttpMethod.GET, "/api/models", "/api/services")
			.hasAnyAuthority(Right.ASK, Right.READ)
			.pathMatchers(HttpMethod.GET, "/api/**")
			.hasAuthority(Right.READ);
	}

	/**
	 * Answers a request without a session or a key: redirects a page to the sign-in, and
	 * refuses any other request with 401.
	 */
	static Mono<Void> signInFirst(ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		if (request.getMethod() == HttpMethod.GET && (Paths.isPage(request) || Paths.isAccountPage(request))) {
			String path = ReturnPath.of(request.getPath().pathWithinApplication().value());
			return ReturnPath.redirect(exchange, "/sign-in?" + ReturnPath.FIELD + "=" + path);
		}
		exchange.getResponse().getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
		return Mono.error(ProblemException.of(ErrorCode.UNAUTHENTICATED,
				"Sign in first, or send a key in the header Authorization: Bearer."));
	}

	/** Answers a request whose account or key lacks the right. */
	static Mono<Void> refuse() {
		return Mono.error(ProblemException.of(ErrorCode.FORBIDDEN, "This account or this key may not do this."));
	}

	/** Answers a form without the token of its page. */
	static Mono<Void> refuseForm() {
		return Mono.error(ProblemException.of(ErrorCode.FORBIDDEN,
				"This form is out of date, or this browser sends no cookies. Allow cookies and reload the page."));
	}

}
