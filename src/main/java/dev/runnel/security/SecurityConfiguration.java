package dev.runnel.security;

import java.io.UncheckedIOException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
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
		byte[] secret = secret(settings.secretFile(), dataDir);
		return new VisitorFilter(new VisitorCookies(secret), settings.visitorAge());
	}

	/**
	 * Whoever asked is known before any filter runs. It replaces what
	 * {@code server.forward-headers-strategy} sets up, which believes everybody.
	 */
	@Bean
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> forwarding(SecuritySettings settings) {
		ForwardedHeaders headers = new ForwardedHeaders(new TrustedProxies(settings.trustedProxies()));
		return (factory) -> factory.addServerCustomizers((server) -> server.forwarded(headers));
	}

	private static byte[] secret(@Nullable String file, String dataDir) {
		if (file != null) {
			return StringUtils.hasText(file) ? kept(Path.of(file), "runnel.security.secret-file names a file that")
					: Secret.create();
		}
		return dataDir.equals(MEMORY) ? Secret.create() : kept(Path.of(dataDir, "visitor-secret"),
				"runnel.data-dir names a directory whose file visitor-secret");
	}

	private static byte[] kept(Path file, String setting) {
		try {
			return Secret.keptIn(file);
		}
		catch (UncheckedIOException ex) {
			throw new IllegalArgumentException(setting + " can be neither read nor made: " + ex.getCause(), ex);
		}
	}

}
