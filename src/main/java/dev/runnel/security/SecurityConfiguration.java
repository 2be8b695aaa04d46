package dev.runnel.security;

import java.nio.file.Path;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.StringUtils;

/**
 * Sets up the recognition of visitors.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	/** The data directory that keeps nothing. */
	private static final String MEMORY = "mem";

	@Bean
	VisitorFilter visitorFilter(SecuritySettings settings, @Value("${runnel.data-dir}") String dataDir) {
		String file = (settings.secretFile() != null) ? settings.secretFile()
				: dataDir.equals(MEMORY) ? "" : Path.of(dataDir, "visitor-secret").toString();
		byte[] secret = StringUtils.hasText(file) ? Secret.keptIn(Path.of(file)) : Secret.create();
		return new VisitorFilter(new VisitorCookies(secret), settings.visitorAge());
	}

}
