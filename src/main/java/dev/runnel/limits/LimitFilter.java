package dev.runnel.limits;

import java.util.List;

import dev.runnel.web.Caller;
import dev.runnel.web.ClientAddress;
import dev.runnel.web.Paths;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Counts every request, and refuses those beyond the limits before anything of their body
 * is read. Questions are counted in all only where they are well-formed
 * ({@link Admission}), so that nobody takes the room of others with nonsense.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 30)
final class LimitFilter implements WebFilter {

	/** What a proxy on this machine adds, whether or not it is trusted. */
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
		if (!this.settings.loopback() && isOfThisMachine(exchange)) {
			exchange.getAttributes().put(Caller.SPARED, true);
		}
		else if (!Paths.isHealth(exchange.getRequest())) {
			count(exchange, RequestKind.of(exchange.getRequest()));
		}
		return chain.filter(exchange);
	}

	private static boolean isOfThisMachine(ServerWebExchange exchange) {
		return ClientAddress.of(exchange).address().isLoopbackAddress()
				&& BY_PROXY.stream().noneMatch(exchange.getRequest().getHeaders()::containsHeader);
	}

	private void count(ServerWebExchange exchange, RequestKind kind) {
		this.requests.countByAddress(kind, ClientAddress.of(exchange));
		if (kind != RequestKind.QUESTION) {
			this.requests.countInAll(kind);
			return;
		}
		Caller caller = Caller.of(exchange);
		if (caller.known()) {
			this.requests.countByVisitor(caller.visitor());
		}
	}

}
