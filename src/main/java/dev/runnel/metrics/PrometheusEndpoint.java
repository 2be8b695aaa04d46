package dev.runnel.metrics;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.stereotype.Component;

/**
 * {@code GET /actuator/prometheus}. {@link MetricsFilter} decides who may read it.
 */
@Component
@Endpoint(id = "prometheus")
final class PrometheusEndpoint {

	private final PrometheusMeterRegistry registry;

	PrometheusEndpoint(PrometheusMeterRegistry registry) {
		this.registry = registry;
	}

	@ReadOperation(produces = "text/plain;version=0.0.4;charset=utf-8")
	String scrape() {
		return this.registry.scrape();
	}

}
