package dev.runnel.security;

import java.net.InetAddress;

import dev.runnel.web.Caller;
import dev.runnel.web.ErrorCode;
import dev.runnel.web.FormToken;
import dev.runnel.web.Networks;
import dev.runnel.web.Paths;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Makes every request one of the owner, so that a laptop and a phone see the same
 * conversations. Nobody signs in, so only this machine and the trusted proxies may
 * connect: a proxy can ask for a password.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
final class OwnerFilter implements WebFilter {

	private final FormToken token;

	private final TrustedProxies proxies;

	OwnerFilter(VisitorCookies cookies, TrustedProxies proxies) {
		this.token = cookies.formToken(Visitor.OWNER);
		this.proxies = proxies;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		boolean page = Paths.isPage(exchange.getRequest());
		if (!page && !Paths.isApi(exchange.getRequest())) {
			return chain.filter(exchange);
		}
		if (!mayConnect(exchange.getRequest())) {
			return Mono.error(ProblemException.of(HttpStatus.FORBIDDEN, ErrorCode.FORBIDDEN,
					"This server belongs to one owner. Only its own machine and the proxies in"
							+ " RUNNEL_SECURITY_TRUSTED_PROXIES can connect."));
		}
		exchange.getAttributes().put(Visitor.ATTRIBUTE, Visitor.OWNER);
		exchange.getAttributes().put(Caller.KNOWN, true);
		if (page) {
			exchange.getAttributes().put(FormToken.ATTRIBUTE, this.token);
		}
		return chain.filter(exchange);
	}

	/**
	 * Looks at the peer of the connection. A header names the client, and any peer can
	 * send one.
	 */
	private boolean mayConnect(ServerHttpRequest request) {
		InetAddress peer = Networks.peer(request);
		return peer != null && (peer.isLoopbackAddress() || this.proxies.trust(peer));
	}

}
