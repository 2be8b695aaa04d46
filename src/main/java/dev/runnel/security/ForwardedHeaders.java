package dev.runnel.security;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.runnel.web.ClientAddress;
import dev.runnel.web.LogPause;
import dev.runnel.web.Networks;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.http.server.ConnectionInfo;

/**
 * Takes the client address and the requested address from trusted proxies:
 * {@code X-Forwarded-For}, {@code -Proto}, {@code -Host} and {@code -Port}. Each proxy
 * appends its value, so values are read from the end, one for each trusted proxy on the
 * way. {@code Forwarded} (RFC 7239) is ignored: proxies that do not know it pass on what
 * a stranger sent.
 */
final class ForwardedHeaders implements BiFunction<ConnectionInfo, HttpRequest, ConnectionInfo> {

	private static final Logger log = LoggerFactory.getLogger(ForwardedHeaders.class);

	private static final Pattern HOST = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^\\s/?#@:,\\[\\]]+)(?::(\\d{1,5}))?");

	private static final Pattern ADDRESS_AND_PORT = Pattern.compile("\\[(.*)](?::\\d+)?|([^:]*):\\d+");

	private static final int MAX_PORT = 65_535;

	private static final List<String> FORWARDED = List.of("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host",
			"X-Forwarded-Port", "Forwarded");

	private final LogPause pause = new LogPause();

	private final TrustedProxies proxies;

	ForwardedHeaders(TrustedProxies proxies) {
		this.proxies = proxies;
	}

	@Override
	public ConnectionInfo apply(ConnectionInfo connection, HttpRequest request) {
		InetSocketAddress peer = connection.getRemoteAddress();
		InetAddress proxy = (peer != null) ? peer.getAddress() : null;
		if (proxy == null || !this.proxies.trust(proxy)) {
			warn(peer, request);
			return connection;
		}
		return forwarded(connection, request, proxy);
	}

	/** Follows the chain of addresses back to the first one that is no trusted proxy. */
	private ConnectionInfo forwarded(ConnectionInfo connection, HttpRequest request, InetAddress proxy) {
		InetAddress client = proxy;
		List<String> chain = values(request, "X-Forwarded-For");
		int hops = 0;
		while (hops < chain.size() && this.proxies.trust(client)) {
			InetAddress before = address(chain.get(chain.size() - 1 - hops));
			if (before == null) {
				break;
			}
			client = before;
			hops++;
		}
		ConnectionInfo asked = asked(connection, request, Math.max(1, hops));
		return (hops > 0) ? asked.withRemoteAddress(new InetSocketAddress(client, 0)) : asked;
	}

	/**
	 * Warns about a proxy that is not trusted. Without the setting, all clients behind
	 * the proxy share the limits of one address. The line has nothing of the headers,
	 * because any stranger can send them.
	 */
	private void warn(@Nullable InetSocketAddress peer, HttpRequest request) {
		if (peer != null && isForwarded(request) && this.pause.isOver()) {
			log.warn("Forwarded headers from {} are ignored, because it is no trusted proxy. If it is your proxy,"
					+ " RUNNEL_SECURITY_TRUSTED_PROXIES has to name it: until then all who come through it count as one"
					+ " address", ClientAddress.of(peer).address().getHostAddress());
		}
	}

	private static boolean isForwarded(HttpRequest request) {
		return FORWARDED.stream().anyMatch(request.headers()::contains);
	}

	private static ConnectionInfo asked(ConnectionInfo connection, HttpRequest request, int hops) {
		String scheme = scheme(value(request, "X-Forwarded-Proto", hops), connection);
		String host = value(request, "X-Forwarded-Host", hops);
		Matcher parts = HOST.matcher((host != null) ? host : request.headers().get(HttpHeaderNames.HOST, ""));
		InetSocketAddress local = connection.getHostAddress();
		if (local == null || !parts.matches()) {
			return connection.withScheme(scheme);
		}
		int port = port((parts.group(2) != null) ? parts.group(2) : value(request, "X-Forwarded-Port", hops), scheme);
		return connection.withScheme(scheme).withHostAddress(local, parts.group(1), port);
	}

	private static String scheme(@Nullable String told, ConnectionInfo connection) {
		String scheme = String.valueOf(told).toLowerCase(Locale.ROOT);
		return scheme.matches("https?") ? scheme : connection.getScheme();
	}

	private static int port(@Nullable String text, String scheme) {
		int port = number(text);
		return (port > 0 && port <= MAX_PORT) ? port : ConnectionInfo.getDefaultHostPort(scheme);
	}

	private static int number(@Nullable String text) {
		return (text != null && text.matches("\\d{1,5}")) ? Integer.parseInt(text) : 0;
	}

	private static @Nullable InetAddress address(String text) {
		Matcher withPort = ADDRESS_AND_PORT.matcher(text);
		if (withPort.matches()) {
			return Networks.address((withPort.group(1) != null) ? withPort.group(1) : withPort.group(2));
		}
		return Networks.address(text);
	}

	/**
	 * Returns the value set by the outermost trusted proxy. A proxy that replaces the
	 * header instead of appending leaves only one value.
	 */
	private static @Nullable String value(HttpRequest request, String name, int hops) {
		List<String> values = values(request, name);
		return values.isEmpty() ? null : values.get(Math.max(0, values.size() - hops));
	}

	private static List<String> values(HttpRequest request, String name) {
		return request.headers()
			.getAll(name)
			.stream()
			.flatMap((line) -> Stream.of(line.split(",")))
			.map(String::strip)
			.filter((value) -> !value.isEmpty())
			.toList();
	}

}
