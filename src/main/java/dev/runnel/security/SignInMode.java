package dev.runnel.security;

/**
 * How a visitor is recognised.
 */
enum SignInMode {

	/** Each browser is a visitor of its own. */
	NONE,

	/** Everybody who reaches the server is the same visitor, its owner. */
	OWNER,

	/** A visitor is an account. Requests have to prove whose they are. */
	ACCOUNTS

}
