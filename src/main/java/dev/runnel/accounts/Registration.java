package dev.runnel.accounts;

import java.time.Clock;
import java.util.UUID;

import dev.runnel.accounts.Audited.Action;
import dev.runnel.conversation.store.Database;
import reactor.core.publisher.Mono;

/**
 * Accounts that people create by themselves, without an invitation, if the settings allow
 * it.
 */
public final class Registration {

	/** The detail in the audit log, beside the purposes of links. */
	private static final String DETAIL = "REGISTRATION";

	private final Database database;

	private final Passwords passwords;

	private final Sessions sessions;

	private final boolean allowed;

	private final Clock clock;

	Registration(Database database, Passwords passwords, Sessions sessions, boolean allowed, Clock clock) {
		this.database = database;
		this.passwords = passwords;
		this.sessions = sessions;
		this.allowed = allowed;
		this.clock = clock;
	}

	/**
	 * Returns whether everybody may create an account.
	 * @return true if the settings allow it and there are passwords here
	 */
	public boolean isOpen() {
		return this.allowed && this.passwords.isOn();
	}

	/**
	 * Creates an account with the role of a user.
	 * @param name the name as it was typed
	 * @param password the password as it was typed
	 * @return the new account; a {@link Refusal} if the name or the password cannot be
	 * used
	 * @throws IllegalStateException if nobody may create an account
	 */
	public Mono<Account> join(String name, String password) {
		if (!isOpen()) {
			throw new IllegalStateException("nobody may create an account");
		}
		return Mono.fromCallable(() -> AccountName.of(name))
			.flatMap((checked) -> this.passwords.hash(password, checked.shown())
				.flatMap((hash) -> this.database
					.inTransaction((client) -> Accounts.insert(client, checked, hash, account(checked)))))
			.delayUntil((account) -> this.database.flush())
			.doOnNext((account) -> this.sessions.tell(new Audited(Action.JOIN, account.name(), "", DETAIL)));
	}

	private Account account(AccountName name) {
		return new Account(UUID.randomUUID(), name.shown(), Role.USER, false, this.clock.instant());
	}

}
