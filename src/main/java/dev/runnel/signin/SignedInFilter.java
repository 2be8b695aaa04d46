package dev.runnel.signin;

import java.util.Map;

import dev.runnel.accounts.AccessKeys;
import dev.runnel.accounts.Admitted;
import dev.runnel.accounts.IfPeopleSignIn;
import dev.runnel.accounts.Sessions;
import dev.runnel.accounts.Token;
import dev.runnel.web.Caller;
import dev.runnel.web.Paths;
import dev.runnel.web.SignedIn;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Determines the account of a request: by the key in its header {@code Authorization}, or
 * else by the name that a proxy gives, or else by the session in its cookie. A proxy in
 * front may use the header for a scheme of its own. One lookup serves the visitor, the
 * rights and the name on the page. The request ends when its access ends.
 */
@Component
@IfPeopleSignIn
@Order(Ordered.HIGHEST_PRECEDENCE + 25)
final class SignedInFilter implements WebFilter {

	private static final String BEARER = "Bearer ";

	/** A key has 50 characters; a longer value is ignored. */
	private static final int MAX_CHARS = 200;

	private final Sessions sessions;

	private final AccessKeys keys;

	private final HeaderSignIn header;

	private final AccessEnds ends;

	SignedInFilter(Sessions sessions, AccessKeys keys, HeaderSignIn header, AccessEnds ends) {
		this.sessions = sessions;
		this.keys = keys;
		this.header = header;
		this.ends = ends;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		forgetBrowser(exchange.getAttributes());
		Mono<Admitted> admitted = isConcerned(exchange.getRequest()) ? admitted(exchange.getRequest()) : null;
		if (admitted == null) {
			return chain.filter(exchange);
		}
		Mono<Void> entered = admitted.doOnNext((found) -> enter(exchange, found)).then().cache();
		return entered.then(Mono.defer(() -> chain.filter(exchange)))
			.takeUntilOther(this.ends.of(exchange, entered, admitted));
	}

	/**
	 * Takes the identity of the browser away, because only accounts own conversations in
	 * this mode.
	 */
	private static void forgetBrowser(Map<String, Object> attributes) {
		Object browser = attributes.remove(Visitor.ATTRIBUTE);
		if (browser != null) {
			attributes.put(SignedIn.BROWSER, browser);
		}
		attributes.remove(Caller.KNOWN);
	}

	/** The files of the pages need no lookup. */
	private static boolean isConcerned(ServerHttpRequest request) {
		return Paths.isApi(request) || Paths.isPage(request) || Paths.isAccountPage(request)
				|| Paths.isMetrics(request);
	}

	/** Returns the lookup; null if the request names nobody. */
	private @Nullable Mono<Admitted> admitted(ServerHttpRequest request) {
		String key = keyOf(request);
		if (key != null) {
			return key(key);
		}
		Mono<Admitted> named = this.header.admitted(request);
		if (named != null) {
			return named;
		}
		Token session = SessionCookie.read(request);
		return (session != null) ? this.sessions.find(session) : null;
	}

	/**
	 * The key that a request names, whether or not there is one like it.
	 * @param request the request
	 * @return the key; null if the request names none
	 */
	static @Nullable String keyOf(ServerHttpRequest request) {
		String header = request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
		return (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
				? header.substring(BEARER.length()).strip() : null;
	}

	private @Nullable Mono<Admitted> key(String value) {
		return (value.length() <= MAX_CHARS) ? this.keys.find(new Token(value)) : null;
	}

	private static void enter(ServerWebExchange exchange, Admitted admitted) {
		Visitor visitor = admitted.account().visitor();
		SignedIn person = new SignedIn(visitor, admitted.account().id(), admitted.account().name(),
				admitted.account().isAdmin(), admitted.access(), admitted.recent());
		Map<String, Object> attributes = exchange.getAttributes();
		attributes.put(Visitor.ATTRIBUTE, visitor);
		attributes.put(Caller.KNOWN, true);
		attributes.put(SignedIn.ATTRIBUTE, person);
		attributes.put(SecurityContext.class.getName(), new SecurityContextImpl(
				UsernamePasswordAuthenticationToken.authenticated(person, null, Right.of(admitted))));
	}

}
