package dev.runnel.accounts;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How a person has proved who they are.
 *
 * @param at when; null if nobody knows
 * @param providerSession the id of the session at the provider; null if there is none, or
 * the provider does not name it
 * @param idToken the ID token by which the provider ends its session after a sign-out
 * here; empty if it is too long to send. Null: the session there stays
 */
public record Confirmation(@Nullable Instant at, @Nullable String providerSession, @Nullable String idToken) {

	/** Nobody knows when and where. */
	public static final Confirmation UNKNOWN = new Confirmation(null, null, null);

	/**
	 * The maximum length of an ID token. It is sent in an address, and some servers
	 * accept 4,096 characters in all.
	 */
	public static final int MAX_CHARS = 3000;

	/** Leaves the token out, so that no log has it. */
	@Override
	public String toString() {
		return "Confirmation[at=%s]".formatted(this.at);
	}

}
