package dev.runnel.security;

import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Sets security headers on every response: browsers run only files of this server and
 * isolate it from other sites. Caches store nothing, unless a handler overrides the
 * header.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SecurityHeadersFilter implements WebFilter {

	private static final String CONTENT_SECURITY_POLICY = String.join("; ", "default-src 'self'", "script-src 'self'",
			"style-src 'self'", "worker-src 'self'", "img-src 'self' data:", "connect-src 'self'",
			"manifest-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'",
			"frame-ancestors 'none'");

	private static final String PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";

	/**
	 * The value is a constant, because {@code CacheControl} builds its text each time.
	 */
	private static final String NO_STORE = "no-store";

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		HttpHeaders headers = exchange.getResponse().getHeaders();
		headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
		headers.set("X-Content-Type-Options", "nosniff");
		headers.set("X-Frame-Options", "DENY");
		// With no-referrer, browsers hide the origin even of the page's own form.
		headers.set("Referrer-Policy", "same-origin");
		headers.set("Cross-Origin-Opener-Policy", "same-origin");
		headers.set("Cross-Origin-Resource-Policy", "same-origin");
		headers.set("Permissions-Policy", PERMISSIONS_POLICY);
		headers.setCacheControl(NO_STORE);
		return chain.filter(exchange);
	}

}
