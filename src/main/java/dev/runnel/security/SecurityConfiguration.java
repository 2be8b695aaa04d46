package dev.runnel.security;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import dev.runnel.data.DataSettings;
import reactor.netty.NettyPipeline;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.StringUtils;

/**
 * Configures the visitor cookies and the limits of connections.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	@Bean
	VisitorFilter visitorFilter(SecuritySettings settings, DataSettings data) {
		byte[] secret = secret(settings, data);
		return new VisitorFilter(new VisitorCookies(secret), settings.visitorAge());
	}

	/**
	 * Determines the client address before any filter runs. It replaces
	 * {@code server.forward-headers-strategy}, which trusts every peer.
	 */
	@Bean
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> connections(SecuritySettings settings,
			ConnectionSettings connections) {
		TrustedProxies proxies = new TrustedProxies(settings.trustedProxies());
		ForwardedHeaders headers = new ForwardedHeaders(proxies);
		ConnectionLimits limits = ConnectionLimits.of(connections, proxies);
		return (factory) -> factory.addServerCustomizers((server) -> server.forwarded(headers)
			.idleTimeout(connections.idleTimeout())
			.doOnChannelInit((observer, channel, address) -> {
				if (limits.admit(channel)) {
					channel.pipeline()
						.addAfter(NettyPipeline.HttpCodec, ConnectionWatch.class.getSimpleName(),
								new ConnectionWatch(connections.requestTimeout(), connections.writeTimeout()));
				}
			}));
	}

	private static byte[] secret(SecuritySettings settings, DataSettings data) {
		String secret = settings.secret();
		if (StringUtils.hasText(secret)) {
			return secret.getBytes(StandardCharsets.UTF_8);
		}
		return (settings.secretFile() != null) ? secret(settings.secretFile()) : secret(data);
	}

	private static byte[] secret(String file) {
		return StringUtils.hasText(file) ? Secret.keptIn(Path.of(file), "runnel.security.secret-file names a file that")
				: Secret.create();
	}

	private static byte[] secret(DataSettings data) {
		return data.inMemory() ? Secret.create() : Secret.keptIn(data.directory().resolve("visitor-secret"),
				"runnel.data-dir names a directory whose file visitor-secret");
	}

}
