package dev.runnel.limits;

import java.util.List;

import dev.runnel.web.Caller;
import dev.runnel.web.ClientAddress;
import dev.runnel.web.Paths;
import dev.runnel.web.RenderingThreads;
import dev.runnel.web.Visitor;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Counts every request, and refuses requests beyond a limit before it reads their body.
 * The shared limit counts a question only if it is well-formed ({@link Admission}), so
 * that malformed requests cannot use it up.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 30)
final class LimitFilter implements WebFilter {

	/** Headers that a proxy on this machine adds, trusted or not. */
	private static final List<String> BY_PROXY = List.of("X-Forwarded-For", "Forwarded", "X-Real-IP",
			"X-Forwarded-Host", "X-Forwarded-Proto", HttpHeaders.VIA);

	private final LimitsSettings settings;

	private final Requests requests;

	LimitFilter(LimitsSettings settings, Requests requests) {
		this.settings = settings;
		this.requests = requests;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ClientAddress client = ClientAddress.of(exchange);
		String network = client.network();
		if (isExempt(exchange, client)) {
			exchange.getAttributes().put(Caller.EXEMPT, true);
		}
		else if (!Paths.isHealth(exchange.getRequest())) {
			count(exchange, RequestKind.of(exchange.getRequest()), network);
		}
		Object owner = owner(exchange, network);
		return chain.filter(exchange).contextWrite((context) -> RenderingThreads.withOwner(context, owner));
	}

	private boolean isExempt(ServerWebExchange exchange, ClientAddress client) {
		return !this.settings.loopback() && isOfThisMachine(exchange, client);
	}

	/**
	 * Returns who takes turns with others: the address, or the visitor on this machine.
	 */
	private static Object owner(ServerWebExchange exchange, String network) {
		Object visitor = exchange.getAttribute(Visitor.ATTRIBUTE);
		return (visitor != null && exchange.getAttributes().containsKey(Caller.EXEMPT)) ? visitor : network;
	}

	private static boolean isOfThisMachine(ServerWebExchange exchange, ClientAddress client) {
		return client.address().isLoopbackAddress()
				&& BY_PROXY.stream().noneMatch(exchange.getRequest().getHeaders()::containsHeader);
	}

	private void count(ServerWebExchange exchange, RequestKind kind, String network) {
		this.requests.countByAddress(kind, network);
		if (kind != RequestKind.QUESTION) {
			this.requests.countShared(kind);
			return;
		}
		Caller caller = Caller.of(exchange);
		if (caller.known()) {
			this.requests.countByVisitor(caller.visitor());
		}
	}

}
