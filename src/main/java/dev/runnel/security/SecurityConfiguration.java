package dev.runnel.security;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import dev.runnel.data.DataSettings;
import dev.runnel.web.Networks;
import reactor.netty.NettyPipeline;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;
import org.springframework.web.server.WebFilter;

/**
 * Configures the visitor cookies and the limits of connections.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	/**
	 * The filter that determines the visitor. In the mode of accounts it recognises only
	 * the browser, and the sign-in determines the visitor behind it.
	 */
	@Bean
	WebFilter visitorFilter(SecuritySettings settings, DataSettings data, SignInSettings signIn,
			Environment environment) {
		VisitorCookies cookies = new VisitorCookies(secret(settings, data));
		return switch (signIn.chosen()) {
			case NONE -> new VisitorFilter(cookies, settings.visitorAge());
			case OWNER -> ownerFilter(cookies, settings, environment.getProperty("server.address", ""));
			case ACCOUNTS -> VisitorFilter.ofBrowsers(cookies, settings.visitorAge());
		};
	}

	private static OwnerFilter ownerFilter(VisitorCookies cookies, SecuritySettings settings, String listening) {
		if (settings.trustedProxies().isEmpty() && !isLoopback(listening)) {
			throw new IllegalArgumentException("runnel.sign-in.mode is owner, so nobody signs in. Therefore the server"
					+ " must listen on this machine only (SERVER_ADDRESS=127.0.0.1), or"
					+ " RUNNEL_SECURITY_TRUSTED_PROXIES must name the proxy in front");
		}
		return new OwnerFilter(cookies, new TrustedProxies(settings.trustedProxies()));
	}

	private static boolean isLoopback(String listening) {
		InetAddress address = Networks.address(listening);
		return (address != null) ? address.isLoopbackAddress() : listening.equals("localhost");
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
