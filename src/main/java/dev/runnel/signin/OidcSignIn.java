package dev.runnel.signin;

import java.time.Duration;

import dev.runnel.accounts.IfPeopleSignIn;
import dev.runnel.accounts.OidcSettings;
import dev.runnel.web.LogPause;
import dev.runnel.web.SignedIn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.OAuth2LoginSpec;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.endpoint.WebClientReactiveAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeReactiveAuthenticationManager;
import org.springframework.security.oauth2.client.web.server.ServerOAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.web.server.authentication.ServerAuthenticationSuccessHandler;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import org.springframework.util.StringUtils;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;

/**
 * Configures the sign-in by an OpenID Connect provider, if the settings name one: the
 * authorization code flow with PKCE. The tokens of the provider are checked. Only the ID
 * token may be kept, for the sign-out.
 */
@Component
@IfPeopleSignIn
final class OidcSignIn {

	private static final Logger log = LoggerFactory.getLogger(OidcSignIn.class);

	/** The time for all calls to the provider after a browser has come back from it. */
	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final ServerWebExchangeMatcher ANSWERS = new PathPatternParserServerWebExchangeMatcher(
			OidcProvider.ANSWER, HttpMethod.GET);

	private final LogPause pause = new LogPause();

	private final OidcSettings settings;

	private final OidcProvider provider;

	private final OidcPeople people;

	private final SessionRepository sessions;

	private final OidcSignOut signOut;

	OidcSignIn(OidcSettings settings, OidcProvider provider, OidcPeople people, SessionRepository sessions,
			OidcSignOut signOut) {
		this.settings = settings;
		this.provider = provider;
		this.people = people;
		this.sessions = sessions;
		this.signOut = signOut;
	}

	/**
	 * Adds the sign-in to the filters.
	 * @param http the filters
	 * @param goOn handles a request that has signed in
	 */
	void addTo(ServerHttpSecurity http, ServerAuthenticationSuccessHandler goOn) {
		if (this.settings.isOn()) {
			http.oauth2Login((login) -> define(login, goOn));
			this.signOut.addTo(http);
			http.addFilterBefore(OidcSignIn::comeBack, SecurityWebFiltersOrder.AUTHENTICATION);
		}
	}

	private void define(OAuth2LoginSpec login, ServerAuthenticationSuccessHandler goOn) {
		login.clientRegistrationRepository(this.provider)
			.authorizationRequestResolver(new OidcRequests(this.provider, this.settings))
			.authorizationRequestRepository(new PendingSignIns(this.provider))
			.authorizedClientRepository(new NoClients())
			.authenticationMatcher(OidcSignIn::isAnswer)
			.authenticationManager(manager())
			.securityContextRepository(this.sessions)
			.authenticationSuccessHandler(goOn)
			.authenticationFailureHandler((exchange, ex) -> askAgain(exchange.getExchange(), ex));
	}

	private static Mono<MatchResult> isAnswer(ServerWebExchange exchange) {
		return answersASignIn(exchange) ? ANSWERS.matches(exchange) : MatchResult.notMatch();
	}

	/** An answer to a sign-in has a code or an error. */
	private static boolean answersASignIn(ServerWebExchange exchange) {
		MultiValueMap<String, String> query = exchange.getRequest().getQueryParams();
		return StringUtils.hasText(query.getFirst(OAuth2ParameterNames.CODE))
				|| StringUtils.hasText(query.getFirst(OAuth2ParameterNames.ERROR));
	}

	/** After a sign-out, the provider leads back to the same path. */
	private static Mono<Void> comeBack(ServerWebExchange exchange, WebFilterChain chain) {
		return ANSWERS.matches(exchange)
			.flatMap((match) -> (match.isMatch() && !answersASignIn(exchange))
					? ReturnPath.redirect(exchange, afterSignOut(exchange)) : chain.filter(exchange));
	}

	/** Whoever has signed in again meanwhile is not told to have signed out. */
	private static String afterSignOut(ServerWebExchange exchange) {
		return (exchange.getAttribute(SignedIn.ATTRIBUTE) != null) ? ReturnPath.of(null) : SignOutThere.ENDED;
	}

	private ReactiveAuthenticationManager manager() {
		ReactiveAuthenticationManager code = new OidcAuthorizationCodeReactiveAuthenticationManager(
				new WebClientReactiveAuthorizationCodeTokenResponseClient(), this.people);
		return (attempt) -> code.authenticate(attempt)
			.timeout(TIMEOUT)
			.onErrorMap((ex) -> !(ex instanceof AuthenticationException), OidcSignIn::broken);
	}

	/** The error for a provider that cannot be reached or sends an invalid answer. */
	private static AuthenticationException broken(Throwable ex) {
		return new OAuth2AuthenticationException(new OAuth2Error(OAuth2ErrorCodes.SERVER_ERROR), ex);
	}

	private Mono<Void> askAgain(ServerWebExchange exchange, AuthenticationException ex) {
		boolean refused = ex instanceof OAuth2AuthenticationException oauth
				&& OAuth2ErrorCodes.ACCESS_DENIED.equals(oauth.getError().getErrorCode());
		if (!refused && this.pause.isOver()) {
			log.warn("A sign-in by {} failed", this.settings.issuer(), ex);
		}
		return ReturnPath.redirect(exchange, refused ? "/sign-in?refused" : "/sign-in?broken");
	}

	/**
	 * Keeps no token of the provider, because nothing calls the provider in the name of a
	 * person later.
	 */
	private static final class NoClients implements ServerOAuth2AuthorizedClientRepository {

		@Override
		public <T extends OAuth2AuthorizedClient> Mono<T> loadAuthorizedClient(String id, Authentication principal,
				ServerWebExchange exchange) {
			return Mono.empty();
		}

		@Override
		public Mono<Void> saveAuthorizedClient(OAuth2AuthorizedClient client, Authentication principal,
				ServerWebExchange exchange) {
			return Mono.empty();
		}

		@Override
		public Mono<Void> removeAuthorizedClient(String id, Authentication principal, ServerWebExchange exchange) {
			return Mono.empty();
		}

	}

}
