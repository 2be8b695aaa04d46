package dev.runnel.upstream.openrouter;

import java.net.URI;
import java.util.List;

import dev.runnel.memory.MemoryAccount;
import dev.runnel.upstream.LanguageModel;
import dev.runnel.upstream.ModelService;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Connects services. Each has a client of its own, which knows only the address and the
 * key of that service. They share the pool, which counts connections by their host.
 *
 * @param connections the pool
 * @param eventLoops the event loops of the connections
 * @param environment names the proxy, if there is one
 * @param memory counts the memory of pictures
 */
record Connector(ConnectionProvider connections, LoopResources eventLoops, Environment environment,
		MemoryAccount memory) {

	/**
	 * Connects a service.
	 * @param name its name
	 * @param settings its address, its key and the limits
	 * @param allowed the models that it may be asked for
	 * @param forAdmins whether only admins may use it
	 * @return the service
	 */
	ModelService connect(String name, OpenRouterSettings settings, List<String> allowed, boolean forAdmins) {
		WebClient client = client(settings);
		return new ModelService(name, settings.host(), OwnNetwork.has(settings.host()), forAdmins, allowed,
				settings.isOpenRouter(), new OpenRouterModels(settings, client), model(settings, client));
	}

	/**
	 * Connects a model.
	 * @param settings the address and the key of its service, and the limits
	 * @return the model
	 */
	LanguageModel model(OpenRouterSettings settings) {
		return model(settings, client(settings));
	}

	private LanguageModel model(OpenRouterSettings settings, WebClient client) {
		URI completions = URI.create("/chat/completions");
		return new OpenRouter(settings, new Exchange(client, completions, new LogText(settings.apiKey())), this.memory);
	}

	private WebClient client(OpenRouterSettings settings) {
		HttpClient direct = httpClient(settings, this.connections);
		HttpClient client = UpstreamProxy.use(direct, settings.address(), this.environment::getProperty)
			.runOn(this.eventLoops);
		return WebClient.builder()
			.clientConnector(new ReactorClientHttpConnector(client))
			.defaultHeaders((headers) -> addHeaders(settings, headers))
			.build();
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
				.ifPresent((channel) -> channel.connect(connection)))
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
