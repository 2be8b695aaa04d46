package dev.runnel.accounts;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An OpenID Connect provider that signs people in, if the mode is accounts.
 *
 * @param issuer the address of the OpenID Connect provider that signs people in, if the
 * mode is accounts, such as https://id.example.com/realms/home. Empty: there is none
 * @param clientId the name under which the provider knows this server; needed with the
 * issuer
 * @param clientSecret the secret of this server at the provider. Empty: the provider
 * knows this server as a public client
 * @param name how the sign-in calls the provider
 * @param scopes the scopes to ask the provider for, with spaces between them
 * @param allowedDomains the domains of the e-mail addresses that may sign in; the
 * provider must have checked the address. Empty: any
 * @param groupsClaim the claim in which the provider names the groups of a person
 * @param allowedGroups the groups that may sign in; one of them is enough. Empty: any
 * @param adminGroups the groups whose members are admins. If there are any, the role of a
 * person follows them at each sign-in. Empty: admins decide about roles
 * @param maxAge how long ago a person may have signed in at the provider. Not set: the
 * provider decides
 * @param acrValues how people may sign in at the provider, in its own words, such as a
 * level with a second factor; the best first. Empty: the provider decides
 * @param signOutAtProvider whether a sign-out here signs the person out at the provider
 * too, if it has an address for that
 */
@ConfigurationProperties("runnel.oidc")
public record OidcSettings(@DefaultValue("") String issuer, @DefaultValue("") String clientId,
		@DefaultValue("") String clientSecret, @DefaultValue("OpenID Connect") String name,
		@DefaultValue("openid profile email") String scopes, @DefaultValue List<String> allowedDomains,
		@DefaultValue("groups") String groupsClaim, @DefaultValue List<String> allowedGroups,
		@DefaultValue List<String> adminGroups, @Nullable Duration maxAge, @DefaultValue List<String> acrValues,
		@DefaultValue("true") boolean signOutAtProvider) {

	/** The hosts of this machine, which plain HTTP may be used to. */
	private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

	/**
	 * Checks the settings.
	 * @param issuer the issuer
	 * @param clientId the name of this server
	 * @param clientSecret its secret
	 * @param name the name of the provider
	 * @param scopes the scopes
	 * @param allowedDomains the allowed domains
	 * @param groupsClaim the claim
	 * @param allowedGroups the allowed groups
	 * @param adminGroups the groups of admins
	 * @param maxAge the longest time since the sign-in
	 * @param acrValues the ways to sign in
	 * @param signOutAtProvider whether a sign-out goes on at the provider
	 */
	public OidcSettings {
		issuer = issuer.strip();
		clientId = clientId.strip();
		clientSecret = clientSecret.strip();
		if (!issuer.isEmpty()) {
			check(issuer, clientId, scopes);
		}
	}

	private static void check(String issuer, String clientId, String scopes) {
		if (!isPrivate(URI.create(issuer))) {
			throw new IllegalArgumentException("runnel.oidc.issuer must begin with https://");
		}
		if (clientId.isEmpty()) {
			throw new IllegalArgumentException("runnel.oidc.issuer is set, so runnel.oidc.client-id must be set too");
		}
		if (!List.of(scopes.split(" ")).contains("openid")) {
			throw new IllegalArgumentException("runnel.oidc.scopes must contain openid");
		}
	}

	/**
	 * Returns whether nobody on the way reads what a browser sends to an address.
	 * @param address the address
	 * @return true for https, and for plain HTTP to this machine
	 */
	public static boolean isPrivate(URI address) {
		return "https".equals(address.getScheme())
				|| ("http".equals(address.getScheme()) && LOOPBACK.contains(String.valueOf(address.getHost())));
	}

	/**
	 * Returns whether there is a provider.
	 * @return true if so
	 */
	public boolean isOn() {
		return !this.issuer.isEmpty();
	}

	/** Leaves the secret out, so that no log has it. */
	@Override
	public String toString() {
		return "OidcSettings[issuer=%s, clientId=%s]".formatted(this.issuer, this.clientId);
	}

}
