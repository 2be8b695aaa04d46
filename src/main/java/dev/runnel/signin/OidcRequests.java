package dev.runnel.signin;

import java.util.Map;

import reactor.core.publisher.Mono;

import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.server.DefaultServerOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.server.ServerOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import org.springframework.web.server.ServerWebExchange;

/**
 * What this server asks the provider, by way of the browser. A person who confirms a
 * sign-in has to prove there again who they are.
 */
final class OidcRequests implements ServerOAuth2AuthorizationRequestResolver {

	/** With a longest age, the provider has to say when the person signed in there. */
	private static final Map<String, Object> AGAIN = Map.of("prompt", "login", "max_age", "0");

	private final DefaultServerOAuth2AuthorizationRequestResolver requests;

	OidcRequests(OidcProvider provider) {
		this.requests = new DefaultServerOAuth2AuthorizationRequestResolver(provider,
				new PathPatternParserServerWebExchangeMatcher("/sign-in/{registrationId:oidc}"));
		this.requests.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
	}

	@Override
	public Mono<OAuth2AuthorizationRequest> resolve(ServerWebExchange exchange) {
		return this.requests.resolve(exchange).map((asked) -> completed(exchange, asked));
	}

	@Override
	public Mono<OAuth2AuthorizationRequest> resolve(ServerWebExchange exchange, String registration) {
		return this.requests.resolve(exchange, registration).map((asked) -> completed(exchange, asked));
	}

	private static OAuth2AuthorizationRequest completed(ServerWebExchange exchange, OAuth2AuthorizationRequest asked) {
		return exchange.getRequest().getQueryParams().containsKey("confirm")
				? OAuth2AuthorizationRequest.from(asked).additionalParameters((more) -> more.putAll(AGAIN)).build()
				: asked;
	}

}
