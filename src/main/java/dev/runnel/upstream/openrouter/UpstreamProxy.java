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
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriUtils;

/**
 * The proxy between this server and the model service. It is found as in other programs:
 * by Java's system properties ({@code https.proxyHost} and similar), else by
 * {@code HTTPS_PROXY} for an https address or {@code HTTP_PROXY} for an http address.
 * There is no proxy for this machine and for the hosts of {@code NO_PROXY}. Names in
 * lower case take precedence. The proxy always gets a tunnel request (CONNECT), and
 * resolves the address of the host itself.
 *
 * @param host the proxy's host
 * @param port its port
 * @param user the user and, after a colon, the password; null if it needs none
 */
record UpstreamProxy(String host, int port, @Nullable String user) {

	private static final Logger log = LoggerFactory.getLogger(UpstreamProxy.class);

	private static final List<String> JAVA = List.of("https.proxyHost", "http.proxyHost", "socksProxyHost");

	private static final int HTTP_PORT = 80;

	/**
	 * Sets the configured proxy on a client, if there is one.
	 * @param client the client, not yet bound to event loops; otherwise it would resolve
	 * the host itself
	 * @param target the address of the model service
	 * @param environment returns the value of a variable, null if it is not set
	 * @return the client, with the proxy if there is one
	 * @throws IllegalArgumentException if a variable holds no usable proxy; the message
	 * omits the value, which may hold a password
	 */
	static HttpClient use(HttpClient client, UriComponents target, UnaryOperator<@Nullable String> environment) {
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
	 * Finds the proxy in the environment.
	 * @param target the address of the model service
	 * @param environment returns the value of a variable
	 * @return the proxy; null for none
	 */
	static @Nullable UpstreamProxy of(UriComponents target, UnaryOperator<@Nullable String> environment) {
		String name = scheme(target).toLowerCase(Locale.ROOT) + "_proxy";
		String address = value(name, environment);
		if (address == null || isExcepted(target, value("no_proxy", environment))) {
			return null;
		}
		return parsed(name.toUpperCase(Locale.ROOT), address);
	}

	private static String scheme(UriComponents target) {
		return Objects.requireNonNull(target.getScheme());
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

	private static boolean isExcepted(UriComponents target, @Nullable String exceptions) {
		String host = Objects.requireNonNull(target.getHost()).toLowerCase(Locale.ROOT);
		int port = (target.getPort() >= 0) ? target.getPort() : scheme(target).equalsIgnoreCase("https") ? 443 : 80;
		if (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]")) {
			return true;
		}
		return exceptions != null && Arrays.stream(exceptions.toLowerCase(Locale.ROOT).split("[,\\s]+"))
			.anyMatch((exception) -> covers(exception, host, port));
	}

	/**
	 * Whether an exception covers a host. A name covers its subdomains too, with or
	 * without a leading dot, on one port or on all.
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
			// Reported below without the exception, whose message holds the address.
		}
		throw new IllegalArgumentException(name + " is not the address of an HTTP proxy, such as http://proxy:3128");
	}

	/** The address without user and password. */
	@Override
	public String toString() {
		return this.host + ":" + this.port;
	}

}
