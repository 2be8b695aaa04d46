package dev.runnel.accounts;

/**
 * A change that is refused for a reason that the person can mend. The text that names the
 * reason is {@code account.refused.} and the name of the constant.
 */
public final class Refusal extends IllegalArgumentException {

	private final Reason reason;

	/**
	 * Creates a refusal.
	 * @param reason the reason
	 */
	public Refusal(Reason reason) {
		super(reason.name());
		this.reason = reason;
	}

	/**
	 * Returns the reason.
	 * @return the reason
	 */
	public Reason reason() {
		return this.reason;
	}

	/** Why a change is refused. */
	public enum Reason {

		/** The name is empty, too long, or has characters that no name has. */
		NAME,

		/** Another account has this name. */
		NAME_TAKEN,

		/** The new password is too short, too long, or has the name in it. */
		PASSWORD,

		/** Many people have chosen the same new password. */
		COMMON_PASSWORD,

		/** Only a provider or a proxy signs people in. */
		NO_PASSWORDS,

		/** The typed text is not the current password. */
		WRONG_PASSWORD,

		/** The link was used, has expired, or never existed. */
		LINK,

		/** At least one admin has to remain who can sign in. */
		LAST_ADMIN,

		/**
		 * The name of the key is empty or too long, or the key has no scope or too many
		 * days.
		 */
		KEY,

		/** The account has as many keys as it may have. */
		TOO_MANY_KEYS

	}

}
