package dev.runnel.accounts;

/**
 * What an account may do.
 */
public enum Role {

	/** Uses the chat. */
	USER,

	/**
	 * Uses the chat and manages the accounts. An admin sees nobody else's conversations.
	 */
	ADMIN

}
