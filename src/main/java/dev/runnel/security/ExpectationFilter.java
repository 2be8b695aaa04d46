package dev.runnel.security;

import dev.runnel.web.ErrorCode;
import dev.runnel.web.ProblemException;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Refuses requests that expect anything but {@code 100-continue} (RFC 9110, section
 * 10.1.1). Their clients wait for an answer before they send the body, and the server
 * would wait for the body.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 6)
final class ExpectationFilter implements WebFilter {

	private static final String CONTINUE = "100-continue";

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		HttpHeaders headers = exchange.getRequest().getHeaders();
		boolean known = !headers.containsHeader(HttpHeaders.EXPECT)
				|| headers.getValuesAsList(HttpHeaders.EXPECT).stream().allMatch(CONTINUE::equalsIgnoreCase);
		return known ? chain.filter(exchange) : refuse(exchange);
	}

	/** Closes the connection, because the body may follow or not. */
	private static Mono<Void> refuse(ServerWebExchange exchange) {
		exchange.getResponse().getHeaders().setConnection("close");
		return Mono.error(ProblemException.of(HttpStatus.EXPECTATION_FAILED, ErrorCode.INVALID_REQUEST,
				"The header Expect may only say " + CONTINUE + "."));
	}

}
