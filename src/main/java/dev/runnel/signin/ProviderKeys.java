package dev.runnel.signin;

import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import dev.runnel.accounts.IfPeopleSignIn;
import dev.runnel.web.ErrorCode;
import dev.runnel.web.ProblemException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;

/**
 * The keys of the provider, kept for a few minutes. Spring Security fetches them again
 * for every logout token, and anybody can send one, so this check comes first: it fetches
 * the keys at most twice in half a minute, whatever key a token names.
 */
@Component
@IfPeopleSignIn
final class ProviderKeys {

	private static final Duration AGE = Duration.ofHours(1);

	private static final Duration PAUSE = Duration.ofSeconds(30);

	private static final int TIMEOUT_MILLIS = 5000;

	private static final int MAX_BYTES = 500_000;

	private final Mono<JwtDecoder> decoder;

	ProviderKeys(OidcProvider provider) {
		this.decoder = provider.findByRegistrationId(OidcProvider.ID)
			.map(ProviderKeys::decoder)
			.cache((found) -> AGE, (failed) -> Duration.ZERO, () -> Duration.ZERO);
	}

	private static JwtDecoder decoder(ClientRegistration registration) {
		JWKSource<SecurityContext> keys = source(
				Objects.requireNonNull(registration.getProviderDetails().getJwkSetUri()));
		NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSource(keys).build();
		decoder.setJwtValidator((token) -> OAuth2TokenValidatorResult.success());
		return decoder;
	}

	private static JWKSource<SecurityContext> source(String address) {
		try {
			return JWKSourceBuilder
				.create(URI.create(address).toURL(),
						new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MAX_BYTES))
				.refreshAheadCache(false)
				.rateLimited(PAUSE.toMillis())
				.build();
		}
		catch (MalformedURLException ex) {
			throw new IllegalStateException("The provider has no address for its keys", ex);
		}
	}

	/**
	 * Checks that the provider has signed a token. The claims stay unchecked.
	 * @param token the token
	 * @return completes if so; a problem ({@code invalid_request}) if not, or
	 * ({@code upstream_unavailable}) if the keys cannot be fetched now
	 */
	Mono<Void> check(String token) {
		return this.decoder
			.flatMap((keys) -> Mono.fromCallable(() -> keys.decode(token)).subscribeOn(Schedulers.boundedElastic()))
			.publishOn(Schedulers.parallel())
			.onErrorMap(JwtException.class, ProviderKeys::problem)
			.then();
	}

	private static ProblemException problem(JwtException ex) {
		return (ex instanceof BadJwtException)
				? ProblemException.of(ErrorCode.INVALID_REQUEST,
						"The field logout_token must be a logout token of the provider.")
				: ProblemException.of(ErrorCode.UPSTREAM_UNAVAILABLE,
						"The keys of the provider cannot be fetched now. Try again in a minute.");
	}

}
