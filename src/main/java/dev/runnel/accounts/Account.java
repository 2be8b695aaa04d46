package dev.runnel.accounts;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;

/**
 * A person who may sign in.
 *
 * @param id the id, the same for ever
 * @param name the name as it was chosen
 * @param role the role, which decides about the rights
 * @param disabled whether the account is locked out
 * @param createdAt when the account was created
 */
public record Account(UUID id, String name, Role role, boolean disabled, Instant createdAt) {

	private static final String OWNER = "account:";

	/**
	 * Creates an account.
	 * @param id the id
	 * @param name the name
	 * @param role the role
	 * @param disabled whether it is locked out
	 * @param createdAt when it was created; kept to the millisecond, as it is stored
	 */
	public Account {
		createdAt = createdAt.truncatedTo(ChronoUnit.MILLIS);
	}

	/**
	 * Returns the owner of all that belongs to the account.
	 * @return a visitor that no browser can be, because the ids of browsers have no colon
	 */
	public Visitor visitor() {
		return ownerOf(this.id);
	}

	static Visitor ownerOf(UUID account) {
		return new Visitor(OWNER + account);
	}

	/**
	 * Returns the account that an owner is.
	 * @param owner the id of a visitor
	 * @return the id of the account, which may be deleted; null for the owner of a
	 * browser
	 */
	public static @Nullable UUID idOf(String owner) {
		return owner.startsWith(OWNER) ? UUID.fromString(owner.substring(OWNER.length())) : null;
	}

	/**
	 * Returns whether the account may manage accounts.
	 * @return true if so
	 */
	public boolean isAdmin() {
		return this.role == Role.ADMIN;
	}

}
