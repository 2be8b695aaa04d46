package dev.runnel.signin;

import java.util.List;

import dev.runnel.accounts.Account;
import dev.runnel.accounts.Confirmation;

import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;

/**
 * A person whom the provider has signed in, with their account here.
 */
final class OidcPerson extends DefaultOidcUser {

	private static final long serialVersionUID = 1;

	private final transient Account account;

	private final transient Confirmation confirmation;

	OidcPerson(OidcIdToken token, Account account, Confirmation confirmation) {
		super(List.of(), token);
		this.account = account;
		this.confirmation = confirmation;
	}

	Account account() {
		return this.account;
	}

	Confirmation confirmation() {
		return this.confirmation;
	}

}
