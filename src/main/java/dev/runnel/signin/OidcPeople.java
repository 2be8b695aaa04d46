package dev.runnel.signin;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

import dev.runnel.accounts.Account;
import dev.runnel.accounts.Confirmation;
import dev.runnel.accounts.Identities;
import dev.runnel.accounts.Identity;
import dev.runnel.accounts.IfPeopleSignIn;
import dev.runnel.accounts.OidcSettings;
import dev.runnel.accounts.Role;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.security.oauth2.client.oidc.userinfo.OidcReactiveOAuth2UserService;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.userinfo.ReactiveOAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.StandardClaimNames;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;

/**
 * Finds the account of a person whom the provider has signed in, and creates it at the
 * first visit. The issuer and the subject identify the person.
 */
@Component
@IfPeopleSignIn
final class OidcPeople implements ReactiveOAuth2UserService<OidcUserRequest, OidcUser> {

	/** The clock of the provider may be this much behind. */
	private static final Duration LEEWAY = Duration.ofSeconds(60);

	private final ReactiveOAuth2UserService<OidcUserRequest, OidcUser> provider = new OidcReactiveOAuth2UserService();

	private final OidcSettings settings;

	private final Identities identities;

	OidcPeople(OidcSettings settings, Identities identities) {
		this.settings = settings;
		this.identities = identities;
	}

	@Override
	public Mono<OidcUser> loadUser(OidcUserRequest request) {
		return this.provider.loadUser(request)
			.filter((user) -> hasSignedInWell(user) && hasAllowedDomain(user) && isAllowed(groups(user)))
			.flatMap(this::account)
			.<OidcUser>map((account) -> new OidcPerson(request.getIdToken(), account, confirmation(request)))
			.switchIfEmpty(Mono.error(() -> new OAuth2AuthenticationException(
					new OAuth2Error(OAuth2ErrorCodes.ACCESS_DENIED, "This person may not use this server", null))));
	}

	private Mono<Account> account(OidcUser user) {
		return this.identities
			.signIn(new Identity(this.settings.issuer(), user.getName(), name(user), role(groups(user))));
	}

	/** The ID token is kept only for a provider that wants it back at a sign-out. */
	private Confirmation confirmation(OidcUserRequest request) {
		OidcIdToken token = request.getIdToken();
		boolean kept = this.settings.signOutAtProvider()
				&& SignOutThere.endpoint(request.getClientRegistration()) != null;
		String idToken = (token.getTokenValue().length() <= Confirmation.MAX_CHARS) ? token.getTokenValue() : "";
		return new Confirmation(token.getAuthenticatedAt(), token.getClaimAsString("sid"), kept ? idToken : null);
	}

	/** A provider may ignore what this server has asked for. */
	private boolean hasSignedInWell(OidcUser user) {
		List<String> ways = this.settings.acrValues();
		boolean strong = ways.isEmpty()
				|| ways.stream().anyMatch((way) -> way.equals(user.getAuthenticationContextClass()));
		return strong && isRecent(user);
	}

	private boolean isRecent(OidcUser user) {
		Duration maxAge = this.settings.maxAge();
		Instant at = user.getAuthenticatedAt();
		return maxAge == null || (at != null && at.isAfter(Instant.now().minus(maxAge).minus(LEEWAY)));
	}

	private boolean hasAllowedDomain(OidcUser user) {
		String address = Objects.requireNonNullElse(user.getEmail(), "").toLowerCase(Locale.ROOT);
		String domain = address.substring(address.lastIndexOf('@') + 1);
		return this.settings.allowedDomains().isEmpty() || (Boolean.TRUE.equals(user.getEmailVerified())
				&& address.contains("@") && this.settings.allowedDomains().stream().anyMatch(domain::equalsIgnoreCase));
	}

	private boolean isAllowed(List<String> groups) {
		return this.settings.allowedGroups().isEmpty()
				|| groups.stream().anyMatch(this.settings.allowedGroups()::contains);
	}

	private @Nullable Role role(List<String> groups) {
		if (this.settings.adminGroups().isEmpty()) {
			return null;
		}
		return groups.stream().anyMatch(this.settings.adminGroups()::contains) ? Role.ADMIN : Role.USER;
	}

	/** A provider names one group as a text, or several as a list. */
	private List<String> groups(OidcUser user) {
		Object claim = user.getClaims().get(this.settings.groupsClaim());
		Stream<?> groups = (claim instanceof Collection<?> several) ? several.stream() : Stream.ofNullable(claim);
		return groups.map(Object::toString).toList();
	}

	private static String name(OidcUser user) {
		return Stream.of(StandardClaimNames.PREFERRED_USERNAME, StandardClaimNames.NAME, StandardClaimNames.EMAIL)
			.map((claim) -> Objects.requireNonNullElse(user.getClaimAsString(claim), ""))
			.filter((name) -> !name.isBlank())
			.findFirst()
			.orElseGet(user::getName);
	}

}
