package dev.runnel.security;

import java.time.Duration;
import java.util.Optional;

import dev.runnel.web.FormToken;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Recognises the visitor by a cookie, and gives one to whoever has none. A value that
 * this server did not issue is replaced, not adopted.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
final class VisitorFilter implements WebFilter {

	private final VisitorCookies cookies;

	private final Duration age;

	VisitorFilter(VisitorCookies cookies, Duration age) {
		this.cookies = cookies;
		this.age = age;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		boolean secure = "https".equals(exchange.getRequest().getURI().getScheme());
		// The prefix makes browsers refuse the cookie from anyone but this host (RFC
		// 6265bis).
		String name = secure ? "__Host-runnel" : "runnel";
		Optional<Visitor> known = recognise(exchange.getRequest().getCookies().getFirst(name));
		Visitor visitor = known.orElseGet(this.cookies::create);
		exchange.getAttributes().put(Visitor.ATTRIBUTE, visitor);
		if (isPage(exchange)) {
			exchange.getAttributes().put(FormToken.ATTRIBUTE, this.cookies.formToken(visitor));
		}
		if (known.isEmpty() || isPage(exchange)) {
			exchange.getResponse().addCookie(cookie(name, visitor, secure));
		}
		return chain.filter(exchange);
	}

	/**
	 * A visit to the page renews the cookie; answers that may be cached do not carry it.
	 */
	private static boolean isPage(ServerWebExchange exchange) {
		return exchange.getRequest().getPath().value().startsWith("/ai-demo");
	}

	private Optional<Visitor> recognise(@Nullable HttpCookie sent) {
		return Optional.ofNullable(sent).map(HttpCookie::getValue).flatMap(this.cookies::visitor);
	}

	private ResponseCookie cookie(String name, Visitor visitor, boolean secure) {
		return ResponseCookie.from(name, this.cookies.value(visitor))
			.path("/")
			.httpOnly(true)
			.secure(secure)
			.sameSite("Lax")
			.maxAge(this.age)
			.build();
	}

}
