package dev.runnel.signin;

import java.util.UUID;
import java.util.function.Function;

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
			return begin(exchange, verified.account(), (browser) -> this.sessions.begin(verified, browser));
		}
		if (principal instanceof OidcPerson person) {
			return begin(exchange, person.account(),
					(browser) -> this.sessions.begin(person.account(), browser, person.confirmation()));
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

	private Mono<Void> begin(ServerWebExchange exchange, Account next, Function<Browser, Mono<Token>> session) {
		return end(exchange, next).then(Mono.defer(() -> session.apply(Browser.of(exchange))))
			.switchIfEmpty(Mono.error(() -> new BadCredentialsException("The account has changed meanwhile")))
			.doOnNext((token) -> SessionCookie.write(exchange, token))
			.doOnNext((token) -> exchange.getAttributes().put(BEGUN, next))
			.then();
	}

	private Mono<Void> end(ServerWebExchange exchange) {
		return end(exchange, null);
	}

	/**
	 * Ends the session of this request. The request forgets it first, because it must not
	 * end with its session.
	 * @param next the account of the session that follows; null if none follows
	 */
	private Mono<Void> end(ServerWebExchange exchange, @Nullable Account next) {
		return Mono.defer(() -> {
			Object before = exchange.getAttributes().remove(SignedIn.ATTRIBUTE);
			return (before instanceof SignedIn person)
					? this.accounts.find(person.account()).flatMap((account) -> end(account, person.access(), next))
					: Mono.empty();
		});
	}

	private Mono<Void> end(Account account, UUID session, @Nullable Account next) {
		boolean renewed = next != null && next.id().equals(account.id());
		return renewed ? this.sessions.renew(account, session) : this.sessions.end(account, session);
	}

	@Override
	public Mono<SecurityContext> load(ServerWebExchange exchange) {
		return Mono.justOrEmpty(exchange.<SecurityContext>getAttribute(SecurityContext.class.getName()));
	}

}
