package dev.runnel.accounts;

/**
 * The purpose of a link that works once.
 */
public enum LinkPurpose {

	/** The first account, an admin. */
	SETUP,

	/** A new account. */
	INVITATION,

	/** A new password. */
	PASSWORD

}
