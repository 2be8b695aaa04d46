package dev.runnel.upstream.openrouter;

import java.net.URI;

import dev.runnel.upstream.LanguageModel;
import dev.runnel.upstream.ModelDirectory;
import dev.runnel.upstream.ModelEndpoint;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Configures the connection to the endpoint. It connects only when a request is sent.
 */
@Configuration(proxyBeanMethods = false)
class OpenRouterConfiguration {

	@Bean
	ModelEndpoint modelEndpoint(OpenRouterSettings settings) {
		return new ModelEndpoint(settings.knownModel(), settings.configured() ? settings.host() : null);
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

	@Bean
	WebClient openRouterClient(OpenRouterSettings settings, ConnectionProvider openRouterConnections,
			LoopResources eventLoops, Environment environment) {
		HttpClient direct = httpClient(settings, openRouterConnections);
		HttpClient client = UpstreamProxy.use(direct, settings.address(), environment::getProperty).runOn(eventLoops);
		return WebClient.builder()
			.clientConnector(new ReactorClientHttpConnector(client))
			.defaultHeaders((headers) -> addHeaders(settings, headers))
			.build();
	}

	@Bean
	LanguageModel openRouter(OpenRouterSettings settings, WebClient openRouterClient) {
		URI completions = URI.create("/chat/completions");
		return new OpenRouter(settings, new Exchange(openRouterClient, completions, new LogText(settings.apiKey())));
	}

	@Bean
	ModelDirectory openRouterModels(OpenRouterSettings settings, WebClient openRouterClient) {
		return new OpenRouterModels(settings, openRouterClient);
	}

	/**
	 * Redirects are not followed, because one could send the key to another host. The
	 * base URL stays a text, because an absolute {@link URI} has no host if its name has
	 * an underscore.
	 */
	private static HttpClient httpClient(OpenRouterSettings settings, ConnectionProvider connections) {
		return HttpClient.create(connections)
			.baseUrl(settings.baseUrl())
			.followRedirect(false)
			.disableRetry(true)
			.doOnChannelInit((observer, channel, address) -> addHandlers(channel))
			.doOnRequest((request, connection) -> request.currentContextView()
				.<ExchangeChannel>getOrEmpty(ExchangeChannel.class)
				.ifPresent((line) -> line.connect(connection)))
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(settings.timeout().connect().toMillis()));
	}

	/**
	 * Adds the handlers after the HTTP codec. The coalescer is first, so that the other
	 * one sees one piece for many chunks.
	 */
	private static void addHandlers(Channel channel) {
		channel.pipeline()
			.addBefore(NettyPipeline.ReactiveBridge, "runnel.readCoalescer", new ReadCoalescer())
			.addBefore(NettyPipeline.ReactiveBridge, "runnel.interimResponses", new InterimResponses());
	}

	private static void addHeaders(OpenRouterSettings settings, HttpHeaders headers) {
		if (settings.apiKey() != null) {
			headers.setBearerAuth(settings.apiKey());
		}
		if (!settings.title().isEmpty()) {
			headers.set("X-OpenRouter-Title", settings.title());
		}
		if (settings.referer() != null) {
			headers.set("HTTP-Referer", settings.referer());
		}
	}

}
