package dev.runnel.models;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.runnel.upstream.ModelEndpoint;
import reactor.core.publisher.Mono;

import org.springframework.boot.health.contributor.CompositeReactiveHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The health of the model services: that of the only one, or that of each by its name.
 */
@Configuration(proxyBeanMethods = false)
class ModelServiceHealthConfiguration {

	/** The mock has no service to reach. */
	private static final ReactiveHealthIndicator MOCK = () -> Mono
		.just(Health.unknown().withDetail("answers", "mock").build());

	@Bean
	ReactiveHealthContributor modelServiceHealthIndicator(ModelEndpoint endpoint, Catalogue catalogue,
			CatalogueSettings settings) {
		if (!endpoint.configured()) {
			return MOCK;
		}
		Map<String, ReactiveHealthIndicator> services = new LinkedHashMap<>();
		catalogue.lists()
			.forEach((list) -> services.put(list.service().name(), new ModelServiceHealth(list, catalogue, settings)));
		return (services.size() == 1) ? services.values().iterator().next()
				: CompositeReactiveHealthContributor.fromMap(services);
	}

}
