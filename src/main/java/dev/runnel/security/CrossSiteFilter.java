package dev.runnel.security;

import java.util.List;
import java.util.Set;

import dev.runnel.web.ErrorCode;
import dev.runnel.web.ProblemException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Refuses requests that act and that a browser marks as coming from another site.
 * Requests without such marks, as programs send them, pass.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
final class CrossSiteFilter implements WebFilter {

	private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		if (SAFE.contains(request.getMethod()) || isOwn(request)) {
			return chain.filter(exchange);
		}
		return Mono.error(new ProblemException(HttpStatus.FORBIDDEN, ErrorCode.INVALID_REQUEST.code(),
				"A page of another site may not do this.", List.of(), null));
	}

	/**
	 * The browser's own verdict counts where there is one (Fetch Metadata), else the
	 * origin.
	 */
	private static boolean isOwn(ServerHttpRequest request) {
		String site = request.getHeaders().getFirst("Sec-Fetch-Site");
		if (site != null) {
			return site.equals("same-origin") || site.equals("none");
		}
		String origin = request.getHeaders().getOrigin();
		return origin == null || isSameHost(origin, request.getHeaders().getFirst(HttpHeaders.HOST));
	}

	/**
	 * Both are compared as they were sent: a host may be called what no URI may. The
	 * scheme does not count, since a proxy in front may speak another.
	 */
	private static boolean isSameHost(String origin, @Nullable String host) {
		int authority = origin.indexOf("://") + "://".length();
		return host != null && authority >= "://".length() && origin.substring(authority).equalsIgnoreCase(host);
	}

}
