package dev.runnel.page;

import java.io.IOException;
import java.time.Duration;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.web.reactive.config.ResourceHandlerRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurer;

/**
 * Sets up the page's languages and serves the {@link Assets}. Only a browser may keep
 * them, no cache that several people share, since a response to somebody new carries a
 * cookie.
 */
@Configuration(proxyBeanMethods = false)
class PageConfiguration {

	private static final Duration A_YEAR = Duration.ofDays(365);

	@Bean
	Assets assets(ResourcePatternResolver resources) throws IOException {
		return Assets.in(resources);
	}

	@Bean
	ScriptTexts scriptTexts() {
		return new ScriptTexts();
	}

	/** By this name the server finds it. */
	@Bean
	PageLanguages localeContextResolver() {
		return new PageLanguages();
	}

	@Bean
	WebFluxConfigurer assetHandlers(Assets assets) {
		return new WebFluxConfigurer() {
			@Override
			public void addResourceHandlers(ResourceHandlerRegistry registry) {
				registry.addResourceHandler(assets.path() + "/**")
					.addResourceLocations("classpath:/static/")
					.setCacheControl(CacheControl.maxAge(A_YEAR).cachePrivate().immutable());
			}
		};
	}

}
