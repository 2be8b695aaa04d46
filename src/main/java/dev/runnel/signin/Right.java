package dev.runnel.signin;

import java.util.ArrayList;
import java.util.List;

import dev.runnel.accounts.Admitted;
import dev.runnel.accounts.Scope;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;

/**
 * The rights of a request, as Spring Security knows them.
 */
final class Right {

	/** Opens the pages. Only a browser in which somebody has signed in has it. */
	static final String PAGE = "PAGE";

	/** Manages the accounts. */
	static final String ADMIN = "ADMIN";

	static final String ASK = Scope.ASK.name();

	static final String READ = Scope.READ.name();

	static final String MANAGE = Scope.MANAGE.name();

	static final String BACKUP = Scope.BACKUP.name();

	private Right() {
	}

	/**
	 * Returns the rights that a session or a key gives.
	 * @param admitted the account and what let it in
	 * @return the rights
	 */
	static List<GrantedAuthority> of(Admitted admitted) {
		List<String> rights = new ArrayList<>(admitted.scopes().stream().map(Scope::name).toList());
		if (admitted.browser()) {
			rights.add(PAGE);
			if (admitted.account().isAdmin()) {
				rights.add(ADMIN);
			}
		}
		return AuthorityUtils.createAuthorityList(rights);
	}

}
