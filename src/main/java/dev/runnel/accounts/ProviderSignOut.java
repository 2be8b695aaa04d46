package dev.runnel.accounts;

/**
 * The way on after a sign-out here: the provider ends its session too.
 *
 * @param address the address at the provider, with the ID token
 */
public record ProviderSignOut(String address) {

	/** The exchange attribute of a sign-out that goes on there. */
	public static final String ATTRIBUTE = ProviderSignOut.class.getName();

	/** Leaves the address out, so that no log has the token. */
	@Override
	public String toString() {
		return "ProviderSignOut";
	}

}
