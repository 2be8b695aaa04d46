package dev.runnel.upstream.openrouter;

import java.util.List;
import java.util.stream.Stream;

import dev.runnel.memory.MemoryAccount;
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

	/** Not in small letters, because ids such as openrouter/auto begin like that. */
	private static final String OPENROUTER = "OpenRouter";

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
			ConnectionProvider openRouterConnections, LoopResources eventLoops, Environment environment,
			MemoryAccount memory) {
		Connector connector = new Connector(openRouterConnections, eventLoops, environment, memory);
		Stream<ModelService> own = (settings.configured() || further.upstreams().isEmpty())
				? Stream.of(own(settings, further, connector)) : Stream.empty();
		Stream<ModelService> others = further.upstreams()
			.stream()
			.map((service) -> connector.connect(service.name(), settings.at(service), service.models(),
					service.users() == FurtherService.Users.ADMINS));
		return new ModelServices(Stream.concat(own, others).toList(), settings.models());
	}

	private static ModelService own(OpenRouterSettings settings, FurtherServices further, Connector connector) {
		String name = settings.isOpenRouter() ? OPENROUTER : settings.host();
		return connector.connect(name, settings.trying(ownModels(settings, further)), List.of(), false);
	}

	/**
	 * The models to try that are surely of the own service. Ids at OpenRouter have an
	 * author.
	 */
	private static List<String> ownModels(OpenRouterSettings settings, FurtherServices further) {
		return further.upstreams().isEmpty() ? settings.models()
				: settings.models()
					.stream()
					.filter((model) -> settings.isOpenRouter() && model.contains("/") && !further.own(model))
					.toList();
	}

}
