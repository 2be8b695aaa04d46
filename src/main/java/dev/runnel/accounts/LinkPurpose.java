package dev.runnel.accounts;

/**
 * What a link that works once leads to.
 */
public enum LinkPurpose {

	/** The first account, an admin. */
	SETUP,

	/** A new account. */
	INVITATION,

	/** A new password. */
	PASSWORD

}
