package dev.runnel.signin;

import dev.runnel.accounts.Identities;
import dev.runnel.accounts.IfPeopleSignIn;
import dev.runnel.accounts.OidcSettings;
import dev.runnel.accounts.Sessions;
import dev.runnel.web.ErrorCode;
import dev.runnel.web.ProblemException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.OidcLogoutSpec;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.oidc.authentication.logout.OidcLogoutToken;
import org.springframework.security.oauth2.client.oidc.server.session.ReactiveOidcSessionRegistry;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionInformation;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;

/**
 * Ends the sessions of a person who has signed out at the provider. The provider calls
 * this server (OpenID Connect Back-Channel Logout). If it names its session, only those
 * end that began by it, else all of the person.
 */
@Component
@IfPeopleSignIn
final class OidcSignOut {

	private static final ServerWebExchangeMatcher MESSAGES = ServerWebExchangeMatchers.pathMatchers(HttpMethod.POST,
			"/logout/connect/back-channel/**");

	private final OidcSettings settings;

	private final OidcProvider provider;

	private final Identities identities;

	private final Sessions sessions;

	private final ProviderKeys keys;

	OidcSignOut(OidcSettings settings, OidcProvider provider, Identities identities, Sessions sessions,
			ProviderKeys keys) {
		this.settings = settings;
		this.provider = provider;
		this.identities = identities;
		this.sessions = sessions;
		this.keys = keys;
	}

	/**
	 * Adds the sign-out to the filters. Spring Security checks the token and answers.
	 * @param http the filters
	 */
	void addTo(ServerHttpSecurity http) {
		http.oidcLogout(this::define).addFilterAt(this::refuse, SecurityWebFiltersOrder.FIRST);
	}

	/**
	 * Refuses a token that the provider has not signed, and one of the provider that is
	 * no logout token, such as one of a sign-in. Spring Security answers some of them
	 * with 500.
	 */
	private Mono<Void> refuse(ServerWebExchange exchange, WebFilterChain chain) {
		return MESSAGES.matches(exchange)
			.filter(MatchResult::isMatch)
			.flatMap((message) -> exchange.getFormData())
			.mapNotNull((form) -> form.getFirst("logout_token"))
			.flatMap(this.keys::check)
			.then(Mono.defer(() -> chain.filter(exchange)))
			.onErrorMap(AuthenticationServiceException.class, (ex) -> ProblemException.of(ErrorCode.INVALID_REQUEST,
					"The field logout_token must be a logout token of the provider."));
	}

	private void define(OidcLogoutSpec logout) {
		logout.clientRegistrationRepository(this.provider)
			.oidcSessionRegistry(new NoSessions())
			.backChannel((calls) -> calls.logoutHandler((exchange, told) -> end(told)));
	}

	private Mono<Void> end(Authentication told) {
		OidcLogoutToken token = (told.getPrincipal() instanceof OidcLogoutToken given) ? given : null;
		String subject = (token != null) ? token.getSubject() : null;
		String session = (token != null) ? token.getSessionId() : null;
		if (subject == null) {
			return Mono.error(ProblemException.of(ErrorCode.INVALID_REQUEST,
					"The logout token must name the person (sub). A session of the provider (sid) is not enough."));
		}
		return this.identities.find(this.settings.issuer(), subject)
			.flatMap((account) -> (session != null) ? this.sessions.endAtProvider(account, session)
					: this.sessions.endAll(account, null));
	}

	/** The sessions are in the database. Spring Security would keep them in memory. */
	private static final class NoSessions implements ReactiveOidcSessionRegistry {

		@Override
		public Mono<Void> saveSessionInformation(OidcSessionInformation session) {
			return Mono.empty();
		}

		@Override
		public Mono<OidcSessionInformation> removeSessionInformation(String session) {
			return Mono.empty();
		}

		@Override
		public Flux<OidcSessionInformation> removeSessionInformation(OidcLogoutToken token) {
			return Flux.empty();
		}

	}

}
