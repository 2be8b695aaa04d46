package dev.runnel.limits;

import java.util.List;

import dev.runnel.web.Caller;
import dev.runnel.web.ClientAddress;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Counts every request by its address before anything else is done for it, and refuses
 * requests beyond a limit before it reads their body. The shared limit counts a question
 * only if it is well-formed ({@link Admission}), so that malformed requests cannot use it
 * up.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 15)
final class AddressLimitFilter implements WebFilter {

	/** The exchange attribute of a question that counts for its visitor. */
	static final String QUESTION = AddressLimitFilter.class.getName() + ".question";

	/** Headers that a proxy on this machine adds, trusted or not. */
	private static final List<String> BY_PROXY = List.of("X-Forwarded-For", "Forwarded", "X-Real-IP",
			"X-Forwarded-Host", "X-Forwarded-Proto", HttpHeaders.VIA);

	private final LimitsSettings settings;

	private final Requests requests;

	AddressLimitFilter(LimitsSettings settings, Requests requests) {
		this.settings = settings;
		this.requests = requests;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ClientAddress client = ClientAddress.of(exchange);
		if (isExempt(exchange.getRequest(), client)) {
			exchange.getAttributes().put(Caller.EXEMPT, true);
			return chain.filter(exchange);
		}
		return count(exchange, RequestKind.of(exchange.getRequest()), client.network()).then(chain.filter(exchange));
	}

	private boolean isExempt(ServerHttpRequest request, ClientAddress client) {
		return !this.settings.loopback() && isOfThisMachine(request, client);
	}

	private static boolean isOfThisMachine(ServerHttpRequest request, ClientAddress client) {
		return client.address().isLoopbackAddress()
				&& BY_PROXY.stream().noneMatch(request.getHeaders()::containsHeader);
	}

	private Mono<Void> count(ServerWebExchange exchange, RequestKind kind, String network) {
		Mono<Void> counted = this.requests.countByAddress(kind, network);
		return switch (kind) {
			case QUESTION -> counted.doOnSuccess((done) -> exchange.getAttributes().put(QUESTION, true));
			case HEALTH -> counted;
			default -> counted.then(this.requests.countShared(kind));
		};
	}

}
