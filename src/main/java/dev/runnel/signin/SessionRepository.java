package dev.runnel.signin;

import java.util.UUID;

import dev.runnel.accounts.Account;
import dev.runnel.accounts.Accounts;
import dev.runnel.accounts.Browser;
import dev.runnel.accounts.IfPeopleSignIn;
import dev.runnel.accounts.Sessions;
import dev.runnel.accounts.Token;
import dev.runnel.accounts.Verified;
import dev.runnel.web.SignedIn;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.server.context.ServerSecurityContextRepository;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Begins a session after a sign-in and ends it after a sign-out. Each sign-in gets a new
 * token, so nobody can choose the token of another person's session.
 */
@Component
@IfPeopleSignIn
final class SessionRepository implements ServerSecurityContextRepository {

	/** The exchange attribute of the account whose session has just begun. */
	static final String BEGUN = SessionRepository.class.getName() + ".begun";

	private final Sessions sessions;

	private final Accounts accounts;

	SessionRepository(Sessions sessions, Accounts accounts) {
		this.sessions = sessions;
		this.accounts = accounts;
	}

	@Override
	public Mono<Void> save(ServerWebExchange exchange, @Nullable SecurityContext context) {
		Authentication signedIn = (context != null) ? context.getAuthentication() : null;
		Object principal = (signedIn != null) ? signedIn.getPrincipal() : null;
		if (principal instanceof Verified verified) {
			return begin(exchange, verified.account(),
					(browser, before) -> this.sessions.begin(verified, browser, before));
		}
		if (principal instanceof OidcPerson person) {
			return begin(exchange, person.account(),
					(browser, before) -> this.sessions.begin(person.account(), browser, person.confirmation(), before));
		}
		SessionCookie.delete(exchange);
		return keepIdToken(exchange).onErrorResume((unread) -> Mono.empty()).then(end(exchange));
	}

	/**
	 * The ID token goes with the session, and the sign-out needs it afterwards. Without
	 * it the session ends too.
	 */
	private Mono<Void> keepIdToken(ServerWebExchange exchange) {
		Token session = SessionCookie.read(exchange.getRequest());
		if (session == null || !(exchange.getAttribute(SignedIn.ATTRIBUTE) instanceof SignedIn person)) {
			return Mono.empty();
		}
		return this.sessions.idToken(session, person.access())
			.doOnNext((idToken) -> exchange.getAttributes().put(SignOutThere.ID_TOKEN, idToken))
			.then();
	}

	/**
	 * A person who only signs in once more has the same session with another token. A
	 * session of somebody else ends.
	 */
	private Mono<Void> begin(ServerWebExchange exchange, Account next, Beginning session) {
		UUID before = (exchange.getAttribute(SignedIn.ATTRIBUTE) instanceof SignedIn person
				&& person.account().equals(next.id())) ? person.access() : null;
		Mono<Void> left = (before != null) ? Mono.fromRunnable(() -> forget(exchange)) : end(exchange);
		return left.then(Mono.defer(() -> session.begin(Browser.of(exchange), before)))
			.switchIfEmpty(Mono.error(() -> new BadCredentialsException("The account has changed meanwhile")))
			.doOnNext((token) -> SessionCookie.write(exchange, token))
			.doOnNext((token) -> exchange.getAttributes().put(BEGUN, next))
			.then();
	}

	/** Ends the session of this request. */
	private Mono<Void> end(ServerWebExchange exchange) {
		return Mono.defer(() -> (forget(exchange) instanceof SignedIn person)
				? this.accounts.find(person.account()).flatMap((account) -> this.sessions.end(account, person.access()))
				: Mono.empty());
	}

	/** The request forgets its session, because it must not end with it. */
	private static @Nullable Object forget(ServerWebExchange exchange) {
		return exchange.getAttributes().remove(SignedIn.ATTRIBUTE);
	}

	@Override
	public Mono<SecurityContext> load(ServerWebExchange exchange) {
		return Mono.justOrEmpty(exchange.<SecurityContext>getAttribute(SecurityContext.class.getName()));
	}

	/**
	 * Begins a session.
	 */
	@FunctionalInterface
	private interface Beginning {

		/**
		 * Begins it.
		 * @param browser the browser
		 * @param before the id of the session that the new one replaces; null for none
		 * @return the token of the session; empty if the account has changed meanwhile
		 */
		Mono<Token> begin(Browser browser, @Nullable UUID before);

	}

}
