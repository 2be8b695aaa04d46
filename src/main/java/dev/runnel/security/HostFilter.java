package dev.runnel.security;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.runnel.web.ErrorCode;
import dev.runnel.web.LogPause;
import dev.runnel.web.Paths;
import dev.runnel.web.ProblemException;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Answers only requests to known hosts: IP addresses, {@code localhost} and the hosts in
 * the settings. In DNS rebinding, a site points its own name to this machine; its
 * requests carry that name and are refused. Both the original {@code Host} and the host
 * reported by a trusted proxy must be known.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
final class HostFilter implements WebFilter {

	private static final Logger log = LoggerFactory.getLogger(HostFilter.class);

	private static final String ANY = "*";

	private static final Pattern ABSOLUTE = Pattern.compile("https?://([^/?#]+)", Pattern.CASE_INSENSITIVE);

	private final LogPause pause = new LogPause();

	private final Set<String> names;

	HostFilter(SecuritySettings settings) {
		this.names = settings.hosts().stream().map(HostFilter::plain).collect(Collectors.toUnmodifiableSet());
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		// Health checks reveal nothing, and their senders may use any host or none.
		if (Paths.isHealth(request)) {
			return chain.filter(exchange);
		}
		List<String> hosts = request.getHeaders().getOrEmpty(HttpHeaders.HOST);
		if (hosts.size() != 1) {
			return Mono.error(ProblemException.of(ErrorCode.INVALID_REQUEST, "A request has exactly one Host header."));
		}
		if (!isFor(request, hosts.get(0))) {
			return Mono.error(ProblemException.of(ErrorCode.INVALID_REQUEST,
					"The request target is a path, or an address with the host of the Host header."));
		}
		String refused = unknown(hosts.get(0), request.getURI().getRawAuthority());
		return (refused != null) ? refuse(exchange, refused) : chain.filter(exchange);
	}

	/**
	 * Whether the target is a path, or an address that only a proxy sends (RFC 9112, the
	 * absolute form) with the same host. Another host would take precedence over the
	 * header, which is what is checked.
	 */
	private static boolean isFor(ServerHttpRequest request, String host) {
		String target = target(request);
		if (target.isEmpty() || target.startsWith("/") || target.equals("*")) {
			return true;
		}
		Matcher absolute = ABSOLUTE.matcher(target);
		return absolute.lookingAt() && plain(absolute.group(1)).equals(plain(host));
	}

	/** Returns the target as the client sent it. */
	private static String target(ServerHttpRequest request) {
		return (ServerHttpRequestDecorator.getNativeRequest(request) instanceof HttpServerRequest sent) ? sent.uri()
				: request.getURI().getRawPath();
	}

	/**
	 * Returns the name of the first host that is not known; null if both are known. The
	 * authority is the same host unless a trusted proxy reports another one.
	 */
	private @Nullable String unknown(String host, @Nullable String authority) {
		String refused = unknown(host);
		return (refused != null || authority == null || authority.equals(host)) ? refused : unknown(authority);
	}

	private @Nullable String unknown(String host) {
		String name = plain(host);
		return isKnown(name) ? null : name;
	}

	private boolean isKnown(String name) {
		return isLocal(name) || isAddress(name) || isNamed(name);
	}

	private static boolean isLocal(String name) {
		return name.equals("localhost") || name.endsWith(".localhost");
	}

	private static boolean isAddress(String name) {
		return NetUtil.isValidIpV4Address(name) || (name.startsWith("[") && NetUtil.isValidIpV6Address(name));
	}

	private boolean isNamed(String name) {
		return this.names.contains(name) || this.names.contains(ANY);
	}

	/**
	 * Returns the plain name of a host.
	 * @param host the host with or without a port
	 * @return the host in lower case, without its port and without a trailing dot
	 */
	static String plain(String host) {
		String name = withoutPort(host.strip());
		return (name.endsWith(".") ? name.substring(0, name.length() - 1) : name).toLowerCase(Locale.ROOT);
	}

	/** The last colon of an IPv6 address without brackets does not begin a port. */
	private static String withoutPort(String host) {
		int colon = host.lastIndexOf(':');
		boolean port = colon > 0 && host.charAt(colon - 1) != ':' && isDigits(host, colon + 1);
		return port ? host.substring(0, colon) : host;
	}

	private static boolean isDigits(String text, int from) {
		int at = from;
		while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
			at++;
		}
		return at == text.length();
	}

	private Mono<Void> refuse(ServerWebExchange exchange, String name) {
		if (this.pause.isOver()) {
			log.warn("A request asked for the host {}, which is not allowed: add it to RUNNEL_SECURITY_HOSTS,"
					+ " or let the proxy in front pass another Host", name);
		}
		String detail = "This server does not accept this host name. Its operator can add it to"
				+ " RUNNEL_SECURITY_HOSTS.";
		if (exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.ACCEPT).toString().contains("text/html")) {
			return text(exchange.getResponse(), detail);
		}
		return Mono.error(ProblemException.of(HttpStatus.MISDIRECTED_REQUEST, ErrorCode.INVALID_REQUEST, detail));
	}

	/** Sends plain text, because files of the error page would be refused too. */
	private static Mono<Void> text(ServerHttpResponse response, String text) {
		response.setStatusCode(HttpStatus.MISDIRECTED_REQUEST);
		response.getHeaders().setContentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8));
		return response.writeWith(Mono.fromSupplier(
				() -> response.bufferFactory().wrap((text + System.lineSeparator()).getBytes(StandardCharsets.UTF_8))));
	}

}
