package dev.runnel.upstream.openrouter;

import java.util.List;
import java.util.stream.Stream;

import dev.runnel.upstream.ModelDirectory;
import dev.runnel.upstream.ModelEndpoint;
import dev.runnel.upstream.ModelService;
import dev.runnel.upstream.ModelServices;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Connects the services of the settings. A connection is opened only when a request is
 * sent.
 */
@Configuration(proxyBeanMethods = false)
class OpenRouterConfiguration {

	@Bean
	ModelEndpoint modelEndpoint(OpenRouterSettings settings, FurtherServices further) {
		if (settings.configured() || further.upstreams().isEmpty()) {
			return new ModelEndpoint(settings.knownModel(), settings.configured() ? settings.host() : null);
		}
		return new ModelEndpoint(settings.model(), settings.at(further.upstreams().get(0)).host());
	}

	@Bean(destroyMethod = "dispose")
	ConnectionProvider openRouterConnections(OpenRouterSettings settings) {
		int connections = settings.pool().maxConnections();
		return ConnectionProvider.builder("openrouter")
			.maxConnections(connections)
			.pendingAcquireMaxCount(connections)
			.pendingAcquireTimeout(settings.timeout().firstData())
			.maxIdleTime(settings.pool().maxIdleTime())
			.build();
	}

	/**
	 * The service of {@link OpenRouterSettings} comes first. It is left out if only
	 * others are configured.
	 */
	@Bean
	ModelServices modelServices(OpenRouterSettings settings, FurtherServices further,
			ConnectionProvider openRouterConnections, LoopResources eventLoops, Environment environment) {
		Connector connector = new Connector(openRouterConnections, eventLoops, environment);
		Stream<ModelService> own = (settings.configured() || further.upstreams().isEmpty())
				? Stream.of(own(settings, further, connector)) : Stream.empty();
		Stream<ModelService> others = further.upstreams()
			.stream()
			.map((service) -> connector.connect(service.name(), settings.at(service), service.models(),
					service.users() == FurtherService.Users.ADMINS));
		return new ModelServices(Stream.concat(own, others).toList(), settings.models());
	}

	@Bean
	ModelDirectory modelDirectory(ModelServices services) {
		return services.first().directory();
	}

	private static ModelService own(OpenRouterSettings settings, FurtherServices further, Connector connector) {
		String name = settings.isOpenRouter() ? "openrouter" : settings.host();
		List<String> models = settings.models().stream().filter((model) -> !further.own(model)).toList();
		return connector.connect(name, settings.trying(models), List.of(), false);
	}

}
