package dev.runnel.accounts;

import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;

import dev.runnel.accounts.Audited.Action;
import dev.runnel.conversation.store.Database;
import dev.runnel.web.Detached;
import io.r2dbc.spi.Parameters;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/**
 * The accounts and their changes. A change by an admin locks the rows of all admins, so
 * that two admins cannot demote each other at the same time and leave none.
 */
public final class Accounts {

	private final Database database;

	private final Passwords passwords;

	private final Sessions sessions;

	/**
	 * Creates the accounts.
	 * @param database the database
	 * @param passwords hashes and compares passwords
	 * @param sessions the sessions
	 */
	Accounts(Database database, Passwords passwords, Sessions sessions) {
		this.database = database;
		this.passwords = passwords;
		this.sessions = sessions;
	}

	/**
	 * Finds the account that a name and a password belong to. An unknown name, a wrong
	 * password and a disabled account look the same and take the same time.
	 * @param name the name as it was typed
	 * @param password the password as it was typed
	 * @return the account; empty if they do not belong together
	 */
	public Mono<Verified> signIn(String name, String password) {
		Mono<Stored> named = AccountName.isPossible(name) ? stored("a.login = :key", AccountName.folded(name))
				: Mono.empty();
		return named.defaultIfEmpty(Stored.NOBODY)
			.filterWhen((stored) -> this.passwords.matches(password, stored.hash()))
			.mapNotNull(Stored::verified)
			.filter((verified) -> !verified.account().disabled());
	}

	/**
	 * Returns the form in which names are compared.
	 * @param name the name as it was typed
	 * @return the same text for all spellings of one name
	 */
	public static String compared(String name) {
		return AccountName.folded(name);
	}

	private Mono<Stored> stored(String condition, Object key) {
		return this.database
			.read((client) -> client.sql("select " + Columns.ACCOUNT + ", a.password from account a where " + condition)
				.bind("key", key)
				.map((row) -> new Stored(Columns.account(row), row.get("password", String.class)))
				.all())
			.next();
	}

	/**
	 * Finds an account.
	 * @param id the id
	 * @return the account; empty if there is none
	 */
	public Mono<Account> find(UUID id) {
		return stored("a.id = :key", id).mapNotNull(Stored::account);
	}

	/**
	 * Returns whether accounts can have passwords here.
	 * @return false if only a provider or a proxy signs people in
	 */
	public boolean usePasswords() {
		return this.passwords.isOn();
	}

	/**
	 * Returns whether an account has a password that can be used here.
	 * @param id the id
	 * @return true if so
	 */
	public Mono<Boolean> hasPassword(UUID id) {
		return !usePasswords() ? Mono.just(false)
				: stored("a.id = :key", id).map((stored) -> stored.hash() != null).defaultIfEmpty(false);
	}

	/**
	 * A page of all accounts, ordered by name.
	 * @param after the id of the last account of the page before; null for the first page
	 * @param limit the maximum number of accounts
	 * @return the accounts; empty if the account before is gone
	 */
	public Flux<Account> page(@Nullable UUID after, int limit) {
		return (after != null) ? find(after).flatMapMany((last) -> behind(last, limit))
				: this.database.read((client) -> page(client, "", limit).map(Columns::account).all());
	}

	private Flux<Account> behind(Account last, int limit) {
		return this.database
			.read((client) -> page(client, " where a.name > :name or (a.name = :name and a.id > :id)", limit)
				.bind("name", last.name())
				.bind("id", last.id())
				.map(Columns::account)
				.all());
	}

	private static GenericExecuteSpec page(DatabaseClient client, String condition, int limit) {
		return client
			.sql("select " + Columns.ACCOUNT + " from account a" + condition + " order by a.name, a.id limit " + limit);
	}

	/**
	 * Changes the own password, and ends the other sessions.
	 * @param id the id of the account
	 * @param current the current password
	 * @param next the new password
	 * @param session the session that goes on
	 * @param browser the browser in which it is changed
	 * @return completes when it is changed; a {@link Refusal} if a password is wrong or
	 * not allowed
	 */
	public Mono<Void> changePassword(UUID id, String current, String next, @Nullable UUID session, Browser browser) {
		return Detached
			.of(stored("a.id = :key", id).filterWhen((stored) -> this.passwords.matches(current, stored.hash()))
				.mapNotNull(Stored::verified)
				.switchIfEmpty(Mono.error(() -> new Refusal(Refusal.Reason.WRONG_PASSWORD)))
				.flatMap((verified) -> this.passwords.hash(next, verified.account().name())
					.flatMap((hash) -> this.sessions.endAll(verified.account(), session,
							(client) -> replacePassword(client, verified, hash)))
					.doOnSuccess((changed) -> this.sessions
						.tell(new Audited(Action.PASSWORD, verified.account().name(), "").by(id, browser)))));
	}

	/** Somebody else may have replaced the password while it was compared. */
	private static Mono<Long> replacePassword(DatabaseClient client, Verified verified, String hash) {
		return client.sql("select id from account where id = :id and password = :before for update")
			.bind("id", verified.account().id())
			.bind("before", verified.hash())
			.map((row) -> Columns.uuid(row, "id"))
			.one()
			.switchIfEmpty(Mono.error(() -> new Refusal(Refusal.Reason.WRONG_PASSWORD)))
			.flatMap((id) -> setPassword(client, id, hash));
	}

	/** Links to a new password were for the one that is replaced. They close. */
	static Mono<Long> setPassword(DatabaseClient client, UUID id, String hash) {
		return Links.closeOf(client, id)
			.then(client.sql("update account set password = :hash where id = :id")
				.bind("hash", hash)
				.bind("id", id)
				.fetch()
				.rowsUpdated());
	}

	/**
	 * Creates an account.
	 * @param client the database, in a transaction
	 * @param name the name
	 * @param hash the hash of the password; null for an account without a password
	 * @param account the account, with the same name
	 * @return the account; a {@link Refusal} if the name is taken
	 */
	static Mono<Account> insert(DatabaseClient client, AccountName name, @Nullable String hash, Account account) {
		return client
			.sql("insert into account (id, name, login, password, role, disabled, created_at)"
					+ " values (:id, :name, :login, :hash, :role, false, :created)")
			.bind("id", account.id())
			.bind("name", name.shown())
			.bind("login", name.login())
			.bind("hash", (hash != null) ? Parameters.in(hash) : Parameters.in(String.class))
			.bind("role", account.role().name())
			.bind("created", Columns.stored(account.createdAt()))
			.then()
			.onErrorMap(DataIntegrityViolationException.class, (taken) -> new Refusal(Refusal.Reason.NAME_TAKEN))
			.thenReturn(account);
	}

	/**
	 * Changes the role of an account.
	 * @param admin the admin who asks
	 * @param id the account
	 * @param role the new role
	 * @return completes when it is changed; a {@link Refusal} if no admin would remain
	 */
	public Mono<Void> changeRole(UUID admin, UUID id, Role role) {
		return change(admin, id, role == Role.ADMIN,
				(actor, name) -> new Audited(Action.ROLE, actor, name, role.name()).to(id),
				(client) -> client.sql("update account set role = :role where id = :id")
					.bind("role", role.name())
					.bind("id", id)
					.fetch()
					.rowsUpdated())
			.then();
	}

	/**
	 * Lets an account in again, or locks it out: its sessions, keys, requests and running
	 * answers end at once, and do not come back.
	 * @param admin the admin who asks
	 * @param id the account
	 * @param disabled whether to lock it out
	 * @return completes when it is changed; a {@link Refusal} if no admin would remain
	 */
	public Mono<Void> disable(UUID admin, UUID id, boolean disabled) {
		return Detached.of(change(admin, id, !disabled,
				(actor, name) -> new Audited(disabled ? Action.LOCK_OUT : Action.LET_IN, actor, name).to(id),
				(client) -> setDisabled(client, id, disabled))
			.filter((account) -> disabled)
			.flatMap(this.sessions::lockOut));
	}

	/**
	 * Ends the sessions of an account, and the requests that came with them. Its keys go
	 * on.
	 * @param admin the admin who asks
	 * @param id the account
	 * @return completes when they have ended; a {@link Refusal} if the admin is none any
	 * more
	 */
	public Mono<Void> endSessions(UUID admin, UUID id) {
		return Detached.of(change(admin, id, true, (actor, name) -> new Audited(Action.SIGN_OUT, actor, name).to(id),
				(client) -> Mono.just(0L))
			.flatMap((account) -> this.sessions.endAll(account, null)));
	}

	/**
	 * Locks an account out because its owner deletes it.
	 * @param id the account
	 * @return the account; a {@link Refusal} if no admin would remain
	 */
	Mono<Account> lockOwnOut(UUID id) {
		return this.database
			.inTransaction((client) -> admins(client).filter((admins) -> !isLastOne(admins, id))
				.switchIfEmpty(Mono.error(() -> new Refusal(Refusal.Reason.LAST_ADMIN)))
				.delayUntil((admins) -> closeLinks(client, admins, id))
				.flatMap((admins) -> setDisabled(client, id, true)))
			.delayUntil((rows) -> this.database.flush())
			.flatMap((rows) -> find(id))
			.delayUntil(this.sessions::lockOut);
	}

	private static Mono<Long> setDisabled(DatabaseClient client, UUID id, boolean disabled) {
		return client.sql("update account set disabled = :disabled where id = :id")
			.bind("disabled", disabled)
			.bind("id", id)
			.fetch()
			.rowsUpdated()
			.delayUntil((rows) -> disabled ? AccessKeys.deleteAll(client, id) : Mono.empty());
	}

	/**
	 * Changes an account if at least one admin remains.
	 * @param harmless whether the change leaves every admin as it is
	 * @param audit makes the event for the audit log of the names of both
	 */
	private Mono<Account> change(UUID admin, UUID id, boolean harmless, BiFunction<String, String, Audited> audit,
			Function<DatabaseClient, Mono<Long>> work) {
		return this.database
			.inTransaction((client) -> admins(client).filter((admins) -> mayChange(admins, admin, id, harmless))
				.switchIfEmpty(Mono.error(() -> new Refusal(Refusal.Reason.LAST_ADMIN)))
				.delayUntil((admins) -> harmless ? Mono.empty() : closeLinks(client, admins, id))
				.flatMap((admins) -> work.apply(client)))
			.delayUntil((rows) -> this.database.flush())
			.flatMap((rows) -> find(id))
			.delayUntil((account) -> find(admin)
				.doOnNext((actor) -> this.sessions.tell(audit.apply(actor.name(), account.name()))));
	}

	/** Closes the links that the account may have. */
	private static Mono<Void> closeLinks(DatabaseClient client, List<UUID> admins, UUID id) {
		return admins.contains(id) ? Links.closeAll(client) : Links.closeOf(client, id);
	}

	/** Locks the admins who can sign in, in one order for all transactions. */
	static Mono<List<UUID>> admins(DatabaseClient client) {
		return client.sql("select id from account where role = 'ADMIN' and not disabled order by id for update")
			.map((row) -> Columns.uuid(row, "id"))
			.all()
			.collectList();
	}

	private static boolean mayChange(List<UUID> admins, UUID admin, UUID id, boolean harmless) {
		return admins.contains(admin) && (harmless || !isLastOne(admins, id));
	}

	private static boolean isLastOne(List<UUID> admins, UUID id) {
		return admins.size() == 1 && admins.contains(id);
	}

	/**
	 * An account and the hash of its password.
	 *
	 * @param account the account; null for nobody
	 * @param hash the hash; null if there is no password
	 */
	private record Stored(@Nullable Account account, @Nullable String hash) {

		static final Stored NOBODY = new Stored(null, null);

		@Nullable Verified verified() {
			return (this.account != null && this.hash != null) ? new Verified(this.account, this.hash) : null;
		}

	}

}
