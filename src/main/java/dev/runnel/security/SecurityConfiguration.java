package dev.runnel.security;

import java.nio.file.Path;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.StringUtils;

/**
 * Sets up the recognition of visitors.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	@Bean
	VisitorFilter visitorFilter(SecuritySettings settings) {
		String file = settings.secretFile();
		byte[] secret = StringUtils.hasText(file) ? Secret.keptIn(Path.of(file)) : Secret.create();
		return new VisitorFilter(new VisitorCookies(secret), settings.visitorAge());
	}

}
