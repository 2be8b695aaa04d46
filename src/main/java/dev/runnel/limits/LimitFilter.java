package dev.runnel.limits;

import dev.runnel.web.Caller;
import dev.runnel.web.ClientAddress;
import dev.runnel.web.RenderingThreads;
import dev.runnel.web.Visitor;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Counts questions by their visitor, after the visitor was recognised, and sets the owner
 * by whom stored texts are rendered in turns. {@link AddressLimitFilter} has counted the
 * request before.
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
		if (visitor != null && exchange.getAttributes().containsKey(AddressLimitFilter.QUESTION)
				&& exchange.getAttributes().containsKey(Caller.KNOWN)) {
			this.requests.countByVisitor(visitor);
		}
		Object owner = (visitor != null && exchange.getAttributes().containsKey(Caller.EXEMPT)) ? visitor
				: ClientAddress.of(exchange).network();
		return chain.filter(exchange).contextWrite((context) -> RenderingThreads.withOwner(context, owner));
	}

}
