package dev.runnel.metrics;

import java.util.stream.Stream;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Collects the meters of all features, and those of the virtual machine.
 */
@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {

	@Bean
	PrometheusMeterRegistry meterRegistry(ObjectProvider<MeterBinder> features) {
		PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		Stream<MeterBinder> machine = Stream.of(new JvmMemoryMetrics(), new JvmThreadMetrics(), new ProcessorMetrics());
		Stream.concat(machine, features.orderedStream()).forEach((meters) -> meters.bindTo(registry));
		return registry;
	}

}
