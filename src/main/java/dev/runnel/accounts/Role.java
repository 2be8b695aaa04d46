package dev.runnel.accounts;

/**
 * The role of an account.
 */
public enum Role {

	/** Uses the chat. */
	USER,

	/**
	 * Uses the chat and manages the accounts. An admin sees nobody else's conversations
	 * on the page, but may download a backup.
	 */
	ADMIN

}
