package dev.runnel.signin;

import java.time.Duration;

import dev.runnel.accounts.IfPeopleSignIn;
import dev.runnel.accounts.OidcSettings;
import dev.runnel.web.ErrorCode;
import dev.runnel.web.LogPause;
import dev.runnel.web.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.IdTokenClaimNames;
import org.springframework.stereotype.Component;

/**
 * The OpenID Connect provider of the settings. This server asks it for its addresses at
 * the first sign-in and then once an hour, so that the start does not need the provider.
 */
@Component
@IfPeopleSignIn
final class OidcProvider implements ReactiveClientRegistrationRepository {

	private static final Logger log = LoggerFactory.getLogger(OidcProvider.class);

	/** The id of the only provider, which is part of its paths. */
	static final String ID = "oidc";

	/** The path to which the provider leads back. */
	static final String ANSWER = "/sign-in/" + ID + "/answer";

	private static final Duration AGE = Duration.ofHours(1);

	private final LogPause pause = new LogPause();

	private final OidcSettings settings;

	private final Mono<ClientRegistration> registration;

	OidcProvider(OidcSettings settings) {
		this.settings = settings;
		// Spring Security asks with a client that blocks. A failure is not kept.
		this.registration = Mono.fromCallable(this::discover)
			.subscribeOn(Schedulers.boundedElastic())
			.cache((found) -> AGE, (failed) -> Duration.ZERO, () -> Duration.ZERO);
	}

	@Override
	public Mono<ClientRegistration> findByRegistrationId(String id) {
		return ID.equals(id) ? this.registration.onErrorMap(this::unreachable) : Mono.empty();
	}

	private ProblemException unreachable(Throwable ex) {
		if (this.pause.isOver()) {
			log.warn("The OpenID Connect provider {} did not say its addresses", this.settings.issuer(), ex);
		}
		return ProblemException.of(ErrorCode.UPSTREAM_UNAVAILABLE,
				"The provider that signs people in cannot be reached. Try again in a moment.");
	}

	private ClientRegistration discover() {
		ClientRegistration.Builder provider = ClientRegistrations.fromIssuerLocation(this.settings.issuer())
			.registrationId(ID)
			.userNameAttributeName(IdTokenClaimNames.SUB)
			.clientId(this.settings.clientId())
			.redirectUri("{baseUrl}" + ANSWER)
			.scope(this.settings.scopes().split(" "));
		return this.settings.clientSecret().isEmpty()
				? provider.clientAuthenticationMethod(ClientAuthenticationMethod.NONE).build()
				: provider.clientSecret(this.settings.clientSecret()).build();
	}

}
