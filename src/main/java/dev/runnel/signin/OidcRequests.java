package dev.runnel.signin;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import dev.runnel.accounts.OidcSettings;
import reactor.core.publisher.Mono;

import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.server.DefaultServerOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.server.ServerOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import org.springframework.web.server.ServerWebExchange;

/**
 * What this server asks the provider, by way of the browser: the settings say how people
 * have to sign in there. A person who confirms a sign-in has to prove there again who
 * they are.
 */
final class OidcRequests implements ServerOAuth2AuthorizationRequestResolver {

	private static final String MAX_AGE = "max_age";

	/** With a longest age, the provider has to say when the person signed in there. */
	private static final Map<String, Object> AGAIN = Map.of("prompt", "login", MAX_AGE, "0");

	private final Map<String, Object> always = new TreeMap<>();

	private final DefaultServerOAuth2AuthorizationRequestResolver requests;

	OidcRequests(OidcProvider provider, OidcSettings settings) {
		Duration maxAge = settings.maxAge();
		if (maxAge != null) {
			this.always.put(MAX_AGE, String.valueOf(maxAge.toSeconds()));
		}
		if (!settings.acrValues().isEmpty()) {
			this.always.put("acr_values", String.join(" ", settings.acrValues()));
		}
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

	private OAuth2AuthorizationRequest completed(ServerWebExchange exchange, OAuth2AuthorizationRequest asked) {
		boolean again = exchange.getRequest().getQueryParams().containsKey("confirm");
		return OAuth2AuthorizationRequest.from(asked).additionalParameters((more) -> {
			more.putAll(this.always);
			more.putAll(again ? AGAIN : Map.of());
		}).build();
	}

}
