package dev.runnel.page;

import java.io.IOException;
import java.time.Duration;

import dev.runnel.web.Paths;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebFilter;

import static org.springframework.web.reactive.function.server.RequestPredicates.methods;
import static org.springframework.web.reactive.function.server.RequestPredicates.path;

/**
 * Configures the page's languages and serves the {@link Assets}. Shared caches may store
 * them, because they are the same for all visitors and carry no cookie.
 */
@Configuration(proxyBeanMethods = false)
class PageConfiguration {

	/** The response header with the version of the page's files. */
	private static final String VERSION = "Runnel-Assets";

	private static final Duration A_YEAR = Duration.ofDays(365);

	@Bean
	Assets assets(ResourcePatternResolver resources) throws IOException {
		return Assets.in(resources);
	}

	@Bean
	ScriptTexts scriptTexts() {
		return new ScriptTexts();
	}

	/** Spring looks for a bean with this name. */
	@Bean
	PageLanguages localeContextResolver() {
		return new PageLanguages();
	}

	/**
	 * Adds the version to each API response, so that a page that is open during an update
	 * learns that it is outdated.
	 */
	@Bean
	WebFilter assetVersion(Assets assets) {
		String version = assets.path().substring(assets.path().lastIndexOf('/') + 1);
		return (exchange, chain) -> {
			if (Paths.isApi(exchange.getRequest())) {
				exchange.getResponse().getHeaders().set(VERSION, version);
			}
			return chain.filter(exchange);
		};
	}

	@Bean
	RouterFunction<ServerResponse> assetRoute(Assets assets) {
		return RouterFunctions.route(methods(HttpMethod.GET, HttpMethod.HEAD).and(path(assets.path() + "/{*name}")),
				(request) -> {
					Asset asset = assets.find(request.pathVariable("name").substring(1));
					return (asset != null) ? send(asset, request) : ServerResponse.notFound().build();
				});
	}

	private static Mono<ServerResponse> send(Asset asset, ServerRequest request) {
		ServerResponse.BodyBuilder response = ServerResponse.ok()
			.contentType(asset.type())
			.cacheControl(CacheControl.maxAge(A_YEAR).cachePublic().immutable())
			.varyBy(HttpHeaders.ACCEPT_ENCODING);
		byte[] compressed = asset.compressed();
		if (compressed == null || !acceptsGzip(request)) {
			return response.bodyValue(asset.content());
		}
		return response.header(HttpHeaders.CONTENT_ENCODING, "gzip").bodyValue(compressed);
	}

	/**
	 * Whether the browser names gzip. Its weight is ignored, because a browser that does
	 * not accept gzip does not name it.
	 */
	private static boolean acceptsGzip(ServerRequest request) {
		return request.headers().header(HttpHeaders.ACCEPT_ENCODING).stream().anyMatch((one) -> one.contains("gzip"));
	}

}
