package dev.runnel.page;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.runnel.web.Paths;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.config.ResourceHandlerRegistration;
import org.springframework.web.reactive.config.ResourceHandlerRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.resource.EncodedResourceResolver;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;

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

	/**
	 * Completes the headers of files. Each file varies by encoding, even one that is sent
	 * uncompressed, so that a shared cache keeps both forms. A response without content
	 * leaves the stored one as it is, so the cache rule of other responses is removed.
	 */
	@Bean
	WebFilter fileHeaders(Assets assets) {
		return (exchange, chain) -> {
			ServerHttpRequest request = exchange.getRequest();
			ServerHttpResponse response = exchange.getResponse();
			if (!Paths.isApi(request)) {
				response.beforeCommit(() -> Mono.fromRunnable(() -> keepStoredRule(response)));
			}
			if (request.getPath().pathWithinApplication().value().startsWith(assets.path())) {
				response.getHeaders().setVary(List.of(HttpHeaders.ACCEPT_ENCODING));
			}
			return chain.filter(exchange);
		};
	}

	/**
	 * Sends each file whole, which HTTP allows, because the files are small. Spring
	 * announces the length of the file and sends no content if ranges are malformed or
	 * too many, so that the client would wait for it.
	 */
	@Bean
	WebFilter wholeFiles() {
		return (exchange, chain) -> chain.filter(exchange.getRequest().getHeaders().containsHeader(HttpHeaders.RANGE)
				? withoutRange(exchange) : exchange);
	}

	private static ServerWebExchange withoutRange(ServerWebExchange exchange) {
		return exchange.mutate()
			.request((request) -> request.headers((headers) -> headers.remove(HttpHeaders.RANGE)))
			.build();
	}

	private static void keepStoredRule(ServerHttpResponse response) {
		if (HttpStatus.NOT_MODIFIED.equals(response.getStatusCode())) {
			response.getHeaders().remove(HttpHeaders.CACHE_CONTROL);
		}
	}

	/**
	 * Serves the files from the class path, in the compressed form that the build wrote
	 * beside a file if the browser accepts it. Nothing is cached in memory, because a
	 * file has any number of paths ({@code ./} and the like), and each would be an entry.
	 */
	@Bean
	WebFluxConfigurer assetFiles(Assets assets) {
		return new WebFluxConfigurer() {
			@Override
			public void addResourceHandlers(ResourceHandlerRegistry registry) {
				ResourceHandlerRegistration files = registry.addResourceHandler(assets.path() + "/**");
				Assets.FOLDERS.forEach((folder) -> files.addResourceLocations("classpath:" + folder));
				files.setCacheControl(CacheControl.maxAge(A_YEAR).cachePublic().immutable())
					.setMediaTypes(Map.of("webmanifest", MediaType.parseMediaType("application/manifest+json")));
				files.resourceChain(false).addResolver(new EncodedResourceResolver());
			}
		};
	}

}
