package dev.runnel.page;

import java.time.Duration;

import dev.runnel.web.Paths;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Remembers the language that the address of a page names, on the pages about accounts
 * too, so that it outlasts a sign-in. It runs before the filters that redirect.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 12)
final class RememberedLanguage implements WebFilter {

	private static final Duration AGE = Duration.ofDays(365);

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		if (Paths.isPage(request) || Paths.isAccountPage(request)) {
			PageLanguages.asked(exchange)
				.map((language) -> cookie(language, request))
				.ifPresent(exchange.getResponse()::addCookie);
		}
		return chain.filter(exchange);
	}

	/** Scripts may read and change this cookie, because it holds only a preference. */
	private static ResponseCookie cookie(Language language, ServerHttpRequest request) {
		return ResponseCookie.from(PageLanguages.NAME, language.tag())
			.path(request.getPath().contextPath().value() + "/")
			.sameSite("Lax")
			.maxAge(AGE)
			.build();
	}

}
