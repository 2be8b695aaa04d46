package dev.runnel.accounts;

/**
 * An account whose password was right.
 *
 * @param account the account
 * @param hash the hash with which the password was compared
 */
public record Verified(Account account, String hash) {

	/** Leaves the hash out, so that no log has it. */
	@Override
	public String toString() {
		return "Verified[account=%s]".formatted(this.account.id());
	}

}
