package dev.runnel.signin;

import java.util.Objects;

import dev.runnel.accounts.Account;
import dev.runnel.accounts.Accounts;
import dev.runnel.accounts.IfPeopleSignIn;
import dev.runnel.accounts.Sessions;
import dev.runnel.web.SignedIn;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
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

	private final Sessions sessions;

	private final Accounts accounts;

	SessionRepository(Sessions sessions, Accounts accounts) {
		this.sessions = sessions;
		this.accounts = accounts;
	}

	@Override
	public Mono<Void> save(ServerWebExchange exchange, @Nullable SecurityContext context) {
		Authentication signedIn = (context != null) ? context.getAuthentication() : null;
		Account account = (signedIn != null) ? account(signedIn.getPrincipal()) : null;
		if (account != null) {
			return end(exchange).then(Mono.defer(() -> begin(exchange, account)));
		}
		SessionCookie.delete(exchange);
		return end(exchange);
	}

	private static @Nullable Account account(@Nullable Object principal) {
		if (principal instanceof OidcPerson person) {
			return person.account();
		}
		return (principal instanceof Account account) ? account : null;
	}

	private Mono<Void> begin(ServerWebExchange exchange, Account account) {
		String device = Objects.requireNonNullElse(exchange.getRequest().getHeaders().getFirst(HttpHeaders.USER_AGENT),
				"");
		return this.sessions.begin(account, device).doOnNext((token) -> SessionCookie.write(exchange, token)).then();
	}

	/**
	 * Ends the session of this request. The request forgets it first, because it must not
	 * end with its session.
	 */
	private Mono<Void> end(ServerWebExchange exchange) {
		return Mono.defer(() -> {
			Object before = exchange.getAttributes().remove(SignedIn.ATTRIBUTE);
			return (before instanceof SignedIn person) ? this.accounts.find(person.account())
				.flatMap((account) -> this.sessions.end(account, person.access())) : Mono.empty();
		});
	}

	@Override
	public Mono<SecurityContext> load(ServerWebExchange exchange) {
		return Mono.justOrEmpty(exchange.<SecurityContext>getAttribute(SecurityContext.class.getName()));
	}

}
