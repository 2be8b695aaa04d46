package dev.runnel.upstream.openrouter;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.http.client.HttpClient;
import reactor.netty.transport.ProxyProvider;

import org.springframework.util.StringUtils;
import org.springframework.web.util.UriUtils;

/**
 * The proxy between this server and the model service, as other programs find theirs: by
 * the properties of Java ({@code https.proxyHost} and its like), else by
 * {@code HTTPS_PROXY} for an https address and {@code HTTP_PROXY} for an http one, but
 * for this machine and the hosts of {@code NO_PROXY}. The names may be in lower case,
 * which then count first. The proxy is asked for a tunnel (CONNECT) in any case, and
 * finds the address of the host itself.
 *
 * @param host the proxy's host
 * @param port its port
 * @param user a user and, behind a colon, a password; null where it needs none
 */
record UpstreamProxy(String host, int port, @Nullable String user) {

	private static final Logger log = LoggerFactory.getLogger(UpstreamProxy.class);

	private static final List<String> JAVA = List.of("https.proxyHost", "http.proxyHost", "socksProxyHost");

	private static final int HTTP_PORT = 80;

	/**
	 * Has a client use the proxy that this process is set up for, if there is one.
	 * @param client the client, not bound to event loops yet: then it would resolve the
	 * host itself
	 * @param target what it asks
	 * @param environment gives the value of a variable, null where it is not set
	 * @return the client
	 * @throws IllegalArgumentException if a variable names no proxy that can be used; the
	 * message does not repeat it, which may hold a password
	 */
	static HttpClient use(HttpClient client, URI target, UnaryOperator<@Nullable String> environment) {
		if (JAVA.stream().anyMatch((name) -> StringUtils.hasText(System.getProperty(name)))) {
			log.info("The proxy of Java's system properties is used for the model service");
			return client.proxyWithSystemProperties();
		}
		UpstreamProxy proxy = of(target, environment);
		if (proxy == null) {
			return client;
		}
		log.info("The model service is asked through the proxy {}:{}", proxy.host(), proxy.port());
		return client.proxy(proxy::describe);
	}

	private void describe(ProxyProvider.TypeSpec spec) {
		ProxyProvider.Builder proxy = spec.type(ProxyProvider.Proxy.HTTP).host(this.host).port(this.port);
		if (this.user != null) {
			String[] parts = this.user.split(":", 2);
			proxy.username(decoded(parts[0])).password((name) -> (parts.length > 1) ? decoded(parts[1]) : "");
		}
	}

	private static String decoded(String part) {
		return UriUtils.decode(part, StandardCharsets.UTF_8);
	}

	/**
	 * Finds the proxy of the environment.
	 * @param target what is asked
	 * @param environment gives the value of a variable
	 * @return the proxy, null where none is to be used
	 */
	static @Nullable UpstreamProxy of(URI target, UnaryOperator<@Nullable String> environment) {
		String name = target.getScheme().toLowerCase(Locale.ROOT) + "_proxy";
		String address = value(name, environment);
		if (address == null || isExcepted(target, value("no_proxy", environment))) {
			return null;
		}
		return parsed(name.toUpperCase(Locale.ROOT), address);
	}

	private static @Nullable String value(String name, UnaryOperator<@Nullable String> environment) {
		return Stream.of(name, name.toUpperCase(Locale.ROOT))
			.map(environment)
			.filter(StringUtils::hasText)
			.filter(Objects::nonNull)
			.map(String::strip)
			.findFirst()
			.orElse(null);
	}

	private static boolean isExcepted(URI target, @Nullable String exceptions) {
		String host = target.getHost().toLowerCase(Locale.ROOT);
		int port = (target.getPort() >= 0) ? target.getPort() : target.getScheme().equalsIgnoreCase("https") ? 443 : 80;
		if (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]")) {
			return true;
		}
		return exceptions != null && Arrays.stream(exceptions.toLowerCase(Locale.ROOT).split("[,\\s]+"))
			.anyMatch((exception) -> covers(exception, host, port));
	}

	/**
	 * A host covers those below it, with or without a dot before it, on one port or all.
	 */
	private static boolean covers(String exception, String host, int port) {
		String name = exception.replaceFirst("(?<=[^:]|]):" + port + "$", "").replaceFirst("^\\*?\\.", "");
		return name.equals("*") || (!name.isEmpty()
				&& (host.equals(name) || host.endsWith("." + name) || host.equals("[" + name + "]")));
	}

	private static UpstreamProxy parsed(String name, String address) {
		try {
			URI uri = new URI(address.contains("://") ? address : "http://" + address);
			if ("http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
				return new UpstreamProxy(uri.getHost(), (uri.getPort() >= 0) ? uri.getPort() : HTTP_PORT,
						uri.getRawUserInfo());
			}
		}
		catch (URISyntaxException ex) {
			// Told below. The exception holds the address.
		}
		throw new IllegalArgumentException(name + " is not the address of an HTTP proxy, such as http://proxy:3128");
	}

	/** Leaves the user out. */
	@Override
	public String toString() {
		return this.host + ":" + this.port;
	}

}
