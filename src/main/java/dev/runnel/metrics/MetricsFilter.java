package dev.runnel.metrics;

import dev.runnel.web.Paths;
import dev.runnel.web.ProblemException;
import dev.runnel.web.SignedIn;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Shows the metrics on the port of the page to admins only. For everybody else the
 * address does not exist. On a management port of its own everybody who reaches the port
 * may read them, and the port of the page has no such address.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 28)
final class MetricsFilter implements WebFilter {

	private final boolean ownPort;

	private final PathPattern path;

	MetricsFilter(Environment environment) {
		this.ownPort = ManagementPortType.get(environment) == ManagementPortType.DIFFERENT;
		String name = environment.getProperty("management.endpoints.web.path-mapping.prometheus", "prometheus");
		this.path = PathPatternParser.defaultInstance
			.parse(environment.getProperty("management.endpoints.web.base-path", "/actuator") + "/" + name);
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return (this.ownPort || !Paths.matches(this.path, exchange.getRequest()) || isOfAdmin(exchange))
				? chain.filter(exchange) : Mono.error(ProblemException.notFound("page"));
	}

	private static boolean isOfAdmin(ServerWebExchange exchange) {
		return exchange.getAttribute(SignedIn.ATTRIBUTE) instanceof SignedIn person && person.admin();
	}

}
