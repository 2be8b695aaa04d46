package dev.runnel.signin;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.web.server.ServerAuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The sign-ins that wait for the answer of the provider. Each browser keeps its own in a
 * cookie: the state, the nonce, the secret of PKCE, and the path to go on to. So an
 * answer counts once, only in the browser that asked, and on any server.
 */
final class PendingSignIns implements ServerAuthorizationRequestRepository<OAuth2AuthorizationRequest> {

	/** The exchange attribute of the path to go on to. */
	static final String TARGET = PendingSignIns.class.getName() + ".target";

	private static final HostCookie COOKIE = new HostCookie("runnel-pending", 1000);

	private static final Duration AGE = Duration.ofMinutes(10);

	/** No part contains it. */
	private static final String BETWEEN = "~";

	private static final int PARTS = 4;

	private final OidcProvider provider;

	PendingSignIns(OidcProvider provider) {
		this.provider = provider;
	}

	@Override
	public Mono<Void> saveAuthorizationRequest(@Nullable OAuth2AuthorizationRequest asked, ServerWebExchange exchange) {
		return Mono.fromRunnable(() -> {
			if (asked != null) {
				String target = ReturnPath.of(exchange.getRequest().getQueryParams().getFirst(ReturnPath.FIELD));
				COOKIE.write(exchange,
						String.join(BETWEEN, Objects.requireNonNull(asked.getState()),
								attribute(asked, OidcParameterNames.NONCE),
								attribute(asked, PkceParameterNames.CODE_VERIFIER), target),
						AGE);
			}
		});
	}

	private static String attribute(OAuth2AuthorizationRequest asked, String name) {
		return Objects.requireNonNull(asked.<String>getAttribute(name), name);
	}

	@Override
	public Mono<OAuth2AuthorizationRequest> loadAuthorizationRequest(ServerWebExchange exchange) {
		String cookie = COOKIE.read(exchange.getRequest());
		String[] parts = (cookie != null) ? cookie.split(BETWEEN) : new String[0];
		String state = exchange.getRequest().getQueryParams().getFirst(OAuth2ParameterNames.STATE);
		if (parts.length != PARTS || !parts[0].equals(state)) {
			return Mono.empty();
		}
		exchange.getAttributes().put(TARGET, ReturnPath.of(parts[PARTS - 1]));
		return this.provider.findByRegistrationId(OidcProvider.ID)
			.map((registration) -> request(exchange, registration, parts));
	}

	private static OAuth2AuthorizationRequest request(ServerWebExchange exchange, ClientRegistration registration,
			String[] parts) {
		String answer = UriComponentsBuilder.fromUri(exchange.getRequest().getURI()).replaceQuery(null).toUriString();
		return OAuth2AuthorizationRequest.authorizationCode()
			.authorizationUri(Objects.requireNonNull(registration.getProviderDetails().getAuthorizationUri()))
			.clientId(registration.getClientId())
			.redirectUri(answer)
			.scopes(registration.getScopes())
			.state(parts[0])
			.attributes(Map.of(OAuth2ParameterNames.REGISTRATION_ID, OidcProvider.ID, OidcParameterNames.NONCE,
					parts[1], PkceParameterNames.CODE_VERIFIER, parts[2]))
			.build();
	}

	@Override
	public Mono<OAuth2AuthorizationRequest> removeAuthorizationRequest(ServerWebExchange exchange) {
		return loadAuthorizationRequest(exchange).doFirst(() -> COOKIE.delete(exchange));
	}

}
