package dev.runnel.security;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import dev.runnel.web.Caller;
import dev.runnel.web.FormToken;
import dev.runnel.web.Paths;
import dev.runnel.web.Visitor;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Recognises the visitor of the page and the API by a cookie, and issues a cookie to new
 * visitors. A cookie that this server did not issue is ignored. A visitor whose cookie
 * has another name, from plain HTTP or from an earlier version, also gets the current
 * cookie.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
final class VisitorFilter implements WebFilter {

	/**
	 * Browsers accept a cookie with this prefix only from this very host (RFC 6265bis).
	 */
	private static final String HOST_ONLY = "__Host-";

	/** The name of the cookie in an earlier version, the same for every server. */
	private static final String EARLIER = "runnel";

	private final VisitorCookies cookies;

	private final Duration age;

	/**
	 * The accepted cookie names. If a browser sends several cookies, the first name in
	 * this order counts.
	 */
	private final List<String> names;

	/**
	 * Whether accounts are the visitors. The filter then recognises browsers only for the
	 * forms of the pages, and ignores the API.
	 */
	private final boolean browsersOnly;

	VisitorFilter(VisitorCookies cookies, Duration age) {
		this(cookies, age, false);
	}

	private VisitorFilter(VisitorCookies cookies, Duration age, boolean browsersOnly) {
		this.cookies = cookies;
		this.age = age;
		this.browsersOnly = browsersOnly;
		this.names = List.of(HOST_ONLY + cookies.name(), cookies.name(), HOST_ONLY + EARLIER, EARLIER);
	}

	/**
	 * Creates a filter that recognises browsers if accounts are the visitors.
	 * @param cookies the cookies
	 * @param age how long a browser is remembered
	 * @return the filter
	 */
	static VisitorFilter ofBrowsers(VisitorCookies cookies, Duration age) {
		return new VisitorFilter(cookies, age, true);
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		boolean page = Paths.isPage(request) || (this.browsersOnly && Paths.isAccountPage(request));
		if (page || (!this.browsersOnly && Paths.isApi(request))) {
			identify(exchange, page);
		}
		return chain.filter(exchange);
	}

	private void identify(ServerWebExchange exchange, boolean page) {
		String name = isSecure(exchange) ? HOST_ONLY + this.cookies.name() : this.cookies.name();
		MultiValueMap<String, HttpCookie> sent = exchange.getRequest().getCookies();
		Optional<Visitor> known = sent.isEmpty() ? Optional.empty() : recognise(sent, Stream.of(name));
		Optional<Visitor> issued = (known.isPresent() || sent.isEmpty()) ? known : recognise(sent, this.names.stream());
		Visitor visitor = issued.orElseGet(this.cookies::create);
		exchange.getAttributes().put(Visitor.ATTRIBUTE, visitor);
		issued.ifPresent((same) -> exchange.getAttributes().put(Caller.KNOWN, true));
		if (page) {
			exchange.getAttributes().put(FormToken.ATTRIBUTE, this.cookies.formToken(visitor));
		}
		// A visit to the page renews the cookie.
		if (known.isEmpty() || page) {
			exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> addCookie(exchange, name, visitor)));
		}
	}

	private static boolean isSecure(ServerWebExchange exchange) {
		return "https".equals(exchange.getRequest().getURI().getScheme());
	}

	/**
	 * Finds the first valid cookie. A browser may send several cookies with one name, for
	 * different paths.
	 */
	private Optional<Visitor> recognise(MultiValueMap<String, HttpCookie> sent, Stream<String> names) {
		return names.map(sent::get)
			.filter(Objects::nonNull)
			.flatMap(List::stream)
			.map((cookie) -> this.cookies.visitor(cookie.getValue()))
			.flatMap(Optional::stream)
			.findFirst();
	}

	/**
	 * Adds the cookie, except to a 404 response, because a visitor owns nothing there.
	 */
	private void addCookie(ServerWebExchange exchange, String name, Visitor visitor) {
		ServerHttpResponse response = exchange.getResponse();
		HttpStatusCode status = response.getStatusCode();
		if (status == null || !status.isSameCodeAs(HttpStatus.NOT_FOUND)) {
			response.addCookie(cookie(exchange.getRequest(), name, visitor));
		}
	}

	private ResponseCookie cookie(ServerHttpRequest request, String name, Visitor visitor) {
		boolean secure = name.startsWith(HOST_ONLY);
		String folder = request.getPath().contextPath().value();
		return ResponseCookie.from(name, this.cookies.value(visitor))
			// The prefix requires the path of the whole host.
			.path((secure || folder.isEmpty()) ? "/" : folder)
			.httpOnly(true)
			.secure(secure)
			.sameSite("Lax")
			.maxAge(this.age)
			.build();
	}

}
