package dev.runnel.accounts;

/**
 * The application event for something that the audit log has to keep.
 *
 * @param action what happened
 * @param actor the name of the account that did it, or the issuer who changed a role
 * @param subject the name of the account, or of the thing, that it was done to; empty for
 * none
 * @param detail more about it; empty for nothing
 */
public record Audited(Action action, String actor, String subject, String detail) {

	/**
	 * Creates an event without details.
	 * @param action what happened
	 * @param actor the name of the account that did it
	 * @param subject the name of what it was done to
	 */
	public Audited(Action action, String actor, String subject) {
		this(action, actor, subject, "");
	}

	/** What can happen. */
	public enum Action {

		/** Somebody has signed in. */
		SIGN_IN,

		/** An admin has created an invitation. */
		INVITE,

		/** Somebody has created an account with a link, or by the first visit. */
		JOIN,

		/** An account has another role. */
		ROLE,

		/** An account is locked out. */
		LOCK_OUT,

		/** An account is let in again. */
		LET_IN,

		/** An admin has ended the sessions of an account. */
		SIGN_OUT,

		/** An account is deleted. */
		DELETE,

		/** An account has a new password. */
		PASSWORD,

		/** An admin has created a link to a new password. */
		PASSWORD_LINK,

		/** An account has another budget. */
		BUDGET,

		/** An account has a new key. */
		KEY,

		/** A key is deleted. */
		KEY_DELETE,

		/** An admin downloads a backup. */
		BACKUP

	}

}
