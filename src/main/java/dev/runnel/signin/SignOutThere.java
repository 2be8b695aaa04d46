package dev.runnel.signin;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.runnel.accounts.IfPeopleSignIn;
import dev.runnel.accounts.OidcSettings;
import dev.runnel.accounts.ProviderSignOut;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.web.server.WebFilterExchange;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * Leads somebody of the provider there after a sign-out here, so that the session there
 * ends too (OpenID Connect RP-Initiated Logout). A page of this server leads there. It
 * does not redirect, because browsers refuse a redirect of a form to another origin under
 * the Content-Security-Policy of the pages.
 */
@Component
@IfPeopleSignIn
final class SignOutThere {

	/** The exchange attribute of the ID token of the session that has ended. */
	static final String ID_TOKEN = SignOutThere.class.getName() + ".idToken";

	/** The sign-in page that says that somebody has signed out. */
	static final String ENDED = "/sign-in?ended";

	/** The provider may have to be asked for its addresses. */
	private static final Duration LIMIT = Duration.ofSeconds(5);

	private final OidcSettings settings;

	private final OidcProvider provider;

	SignOutThere(OidcSettings settings, OidcProvider provider) {
		this.settings = settings;
		this.provider = provider;
	}

	/**
	 * Answers a sign-out, when the session here has ended. Spring Security calls this
	 * before it ends the session.
	 * @param filters the request and the filters after the sign-out
	 * @return completes when it is answered
	 */
	Mono<Void> goOn(WebFilterExchange filters) {
		ServerWebExchange exchange = filters.getExchange();
		return Mono.defer(() -> address(exchange)).singleOptional().flatMap((address) -> {
			if (address.isEmpty()) {
				return ReturnPath.redirect(exchange, ENDED);
			}
			exchange.getAttributes().put(ProviderSignOut.ATTRIBUTE, new ProviderSignOut(address.get()));
			return filters.getChain().filter(exchange);
		});
	}

	/** A provider that cannot be reached now does not keep anybody from signing out. */
	private Mono<String> address(ServerWebExchange exchange) {
		String idToken = exchange.getAttribute(ID_TOKEN);
		if (idToken == null || !this.settings.isOn() || !this.settings.signOutAtProvider()) {
			return Mono.empty();
		}
		return this.provider.findByRegistrationId(OidcProvider.ID)
			.mapNotNull(SignOutThere::endpoint)
			.map((endpoint) -> address(endpoint, idToken, exchange.getRequest()))
			.timeout(LIMIT)
			.onErrorResume((unreachable) -> Mono.empty());
	}

	/**
	 * Returns where the provider ends its sessions.
	 * @param registration what the provider has said
	 * @return the address; null if there is none, or if others could read what is sent
	 * there
	 */
	static @Nullable URI endpoint(ClientRegistration registration) {
		Object named = registration.getProviderDetails().getConfigurationMetadata().get("end_session_endpoint");
		URI endpoint = (named != null) ? URI.create(named.toString()) : null;
		return (endpoint != null && OidcSettings.isPrivate(endpoint)) ? endpoint : null;
	}

	/**
	 * Without an ID token, providers ask the person whether to sign out. The address to
	 * come back to is the one of the answers of the provider, which it knows already.
	 */
	private String address(URI endpoint, String idToken, ServerHttpRequest request) {
		Map<String, String> fields = new TreeMap<>();
		fields.put("client_id", this.settings.clientId());
		fields.put("post_logout_redirect_uri",
				UriComponentsBuilder.fromUri(request.getURI())
					.replacePath(request.getPath().contextPath().value() + OidcProvider.ANSWER)
					.replaceQuery(null)
					.toUriString());
		if (!idToken.isEmpty()) {
			fields.put("id_token_hint", idToken);
		}
		String query = fields.entrySet()
			.stream()
			.map((field) -> field.getKey() + "=" + UriUtils.encode(field.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
		return UriComponentsBuilder.fromUri(endpoint).query(query).build(true).toUriString();
	}

}
