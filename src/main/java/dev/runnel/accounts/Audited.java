package dev.runnel.accounts;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * The application event for something that the audit log has to keep.
 *
 * @param action what happened
 * @param actor the name of the account that did it, or the issuer who changed a role
 * @param subject the name of the account, or of the thing, that it was done to; empty for
 * none
 * @param detail more about it; empty for nothing
 * @param owner the id of the account whose page shows it; null for none
 * @param browser the browser of the owner, if the owner did it
 */
public record Audited(Action action, String actor, String subject, String detail, @Nullable UUID owner,
		Browser browser) {

	/**
	 * Creates an event without details.
	 * @param action what happened
	 * @param actor the name of the account that did it
	 * @param subject the name of what it was done to
	 */
	public Audited(Action action, String actor, String subject) {
		this(action, actor, subject, "");
	}

	/**
	 * Creates an event that no account page shows.
	 * @param action what happened
	 * @param actor the name of the account that did it
	 * @param subject the name of what it was done to
	 * @param detail more about it
	 */
	public Audited(Action action, String actor, String subject, String detail) {
		this(action, actor, subject, detail, null, Browser.UNKNOWN);
	}

	/**
	 * Returns the same event for the page of an account whose owner did it.
	 * @param account the id of the account
	 * @param from the browser of its owner
	 * @return the event
	 */
	public Audited by(UUID account, Browser from) {
		return new Audited(this.action, this.actor, this.subject, this.detail, account, from);
	}

	/**
	 * Returns the same event for the page of an account that somebody else did it to.
	 * @param account the id of the account
	 * @return the event
	 */
	public Audited to(UUID account) {
		return by(account, Browser.UNKNOWN);
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

		/** The owner has ended sessions, or an admin those of an account. */
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
		KEY_DELETE

	}

}
