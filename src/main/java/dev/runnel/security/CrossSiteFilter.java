package dev.runnel.security;

import java.util.Set;

import dev.runnel.web.ErrorCode;
import dev.runnel.web.LogPause;
import dev.runnel.web.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
 * Refuses requests other than GET, HEAD and OPTIONS if a browser marks them as coming
 * from another site. Requests without such headers, for example from programs, pass.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
final class CrossSiteFilter implements WebFilter {

	private static final Logger log = LoggerFactory.getLogger(CrossSiteFilter.class);

	private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

	/** The verdicts for the page itself, and for a person who opens an address. */
	private static final Set<String> OWN = Set.of("same-origin", "none");

	private static final String OTHER_SITE = "A page of another site may not do this.";

	private static final String PROXY = " If this is your own page, a proxy in front changes the Host header; it must"
			+ " pass the one that the browser sent, with its port (nginx: proxy_set_header Host $http_host).";

	private final LogPause pause = new LogPause();

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		Mono<Void> allowed = chain.filter(exchange);
		return SAFE.contains(request.getMethod()) ? allowed : check(request, allowed);
	}

	private Mono<Void> check(ServerHttpRequest request, Mono<Void> allowed) {
		// If the browser sends its own verdict, it decides (Fetch Metadata).
		String site = request.getHeaders().getFirst("Sec-Fetch-Site");
		if (site != null) {
			return OWN.contains(site) ? allowed : refuse(OTHER_SITE);
		}
		String origin = request.getHeaders().getOrigin();
		return (origin != null) ? check(origin, request, allowed) : allowed;
	}

	private Mono<Void> check(String origin, ServerHttpRequest request, Mono<Void> allowed) {
		if (isSameHost(origin, request)) {
			return allowed;
		}
		return origin.contains("://") ? refuseHost(request, origin) : refuse(OTHER_SITE);
	}

	private Mono<Void> refuseHost(ServerHttpRequest request, String origin) {
		if (this.pause.isOver()) {
			log.warn("A page at {} asked for the host {} and was refused.{}", origin, authority(request), PROXY);
		}
		return refuse(OTHER_SITE + PROXY);
	}

	private static Mono<Void> refuse(String detail) {
		return Mono.error(ProblemException.of(HttpStatus.FORBIDDEN, ErrorCode.INVALID_REQUEST, detail));
	}

	/**
	 * Compares the hosts as text, because a Host header may contain a name that is not
	 * valid in a URI. The scheme is ignored, because a proxy in front may use another
	 * one.
	 */
	private static boolean isSameHost(String origin, ServerHttpRequest request) {
		int authority = origin.indexOf("://") + "://".length();
		String port = origin.startsWith("https:") ? ":443" : ":80";
		return authority >= "://".length()
				&& without(port, origin.substring(authority)).equalsIgnoreCase(without(port, authority(request)));
	}

	private static String without(String port, String host) {
		return host.endsWith(port) ? host.substring(0, host.length() - port.length()) : host;
	}

	/** Returns the requested host, as reported by a trusted proxy if there is one. */
	private static String authority(ServerHttpRequest request) {
		String authority = request.getURI().getRawAuthority();
		return (authority != null) ? authority : String.valueOf(request.getHeaders().getFirst(HttpHeaders.HOST));
	}

}
