package dev.runnel.limits;

import dev.runnel.web.Caller;
import dev.runnel.web.ClientAddress;
import dev.runnel.web.RenderingThreads;
import dev.runnel.web.SignedIn;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Counts questions by their visitor and by the session or key that they came with, after
 * the visitor was recognised, and sets the owner by whom stored texts are rendered in
 * turns. {@link AddressLimitFilter} has counted the request before.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 30)
final class LimitFilter implements WebFilter {

	private final Requests requests;

	LimitFilter(Requests requests) {
		this.requests = requests;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		Visitor visitor = exchange.getAttribute(Visitor.ATTRIBUTE);
		Object owner = (visitor != null && exchange.getAttributes().containsKey(Caller.EXEMPT)) ? visitor
				: ClientAddress.of(exchange).network();
		return count(exchange, visitor).then(chain.filter(exchange))
			.contextWrite((context) -> RenderingThreads.withOwner(context, owner));
	}

	private Mono<Void> count(ServerWebExchange exchange, @Nullable Visitor visitor) {
		if (visitor == null || !exchange.getAttributes().containsKey(AddressLimitFilter.QUESTION)
				|| !exchange.getAttributes().containsKey(Caller.KNOWN)) {
			return Mono.empty();
		}
		Mono<Void> counted = this.requests.countByVisitor(visitor);
		return (exchange.getAttribute(SignedIn.ATTRIBUTE) instanceof SignedIn person)
				? counted.then(this.requests.countByAccess(person.access())) : counted;
	}

}
