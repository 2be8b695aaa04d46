package dev.runnel.accounts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import dev.runnel.conversation.store.Database;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Links that work once and for a limited time: to the first account, to a new account, to
 * a new password. A link is used and its account is changed in one transaction, so a link
 * that is opened twice at the same time works once.
 */
public final class Links {

	private static final Duration SETUP_AGE = Duration.ofMinutes(60);

	private final Database database;

	private final Passwords passwords;

	private final Sessions sessions;

	private final Duration age;

	private final Clock clock;

	Links(Database database, Passwords passwords, Sessions sessions, Duration age, Clock clock) {
		this.database = database;
		this.passwords = passwords;
		this.sessions = sessions;
		this.age = age;
		this.clock = clock;
	}

	/**
	 * Creates a link that creates the first admin. It no longer works when there is an
	 * admin. There may be accounts already: those of people who sign in elsewhere.
	 * @return the token; empty if there is an admin
	 */
	public Mono<Token> setup() {
		return this.database
			.inTransaction((client) -> hasAdmin(client).filter((exists) -> !exists)
				.flatMap((none) -> create(client, LinkPurpose.SETUP, Role.ADMIN, null, SETUP_AGE)))
			.delayUntil((token) -> this.database.flush());
	}

	private static Mono<Boolean> hasAdmin(DatabaseClient client) {
		return client.sql("select id from account where role = 'ADMIN' limit 1")
			.map((row) -> Columns.uuid(row, "id"))
			.all()
			.count()
			.map((found) -> found > 0);
	}

	/**
	 * Creates an invitation.
	 * @param role the role of the new account
	 * @return the token
	 */
	public Mono<Token> invite(Role role) {
		return this.database.inTransaction((client) -> create(client, LinkPurpose.INVITATION, role, null, this.age))
			.delayUntil((token) -> this.database.flush());
	}

	/**
	 * Creates a link to a new password.
	 * @param account the id of the account
	 * @return the token
	 */
	public Mono<Token> newPassword(UUID account) {
		return this.database.inTransaction((client) -> create(client, LinkPurpose.PASSWORD, null, account, this.age))
			.delayUntil((token) -> this.database.flush());
	}

	private Mono<Token> create(DatabaseClient client, LinkPurpose purpose, @Nullable Role role, @Nullable UUID account,
			Duration lifetime) {
		return Mono.defer(() -> {
			Token token = Token.create();
			Instant now = this.clock.instant();
			return client.sql("delete from account_link where expires_at <= :now")
				.bind("now", Columns.stored(now))
				.then()
				.then(client
					.sql("insert into account_link (token_hash, purpose, role, account_id, expires_at)"
							+ " values (:hash, :purpose, :role, :account, :expires)")
					.bind("hash", token.hash())
					.bind("purpose", purpose.name())
					.bind("role", (role != null) ? Parameters.in(role.name()) : Parameters.in(String.class))
					.bind("account", (account != null) ? Parameters.in(account) : Parameters.in(UUID.class))
					.bind("expires", Columns.stored(now.plus(lifetime)))
					.then())
				.thenReturn(token);
		});
	}

	/**
	 * Returns whether a link can be used. Opening its page does not use it.
	 * @param purpose the purpose of the page
	 * @param token the token of the link
	 * @return true if so
	 */
	public Mono<Boolean> isOpen(LinkPurpose purpose, Token token) {
		return this.database.read((client) -> client
			.sql("select purpose from account_link where token_hash = :hash and purpose = :purpose"
					+ " and expires_at > :now")
			.bind("hash", token.hash())
			.bind("purpose", purpose.name())
			.bind("now", Columns.stored(this.clock.instant()))
			.map((row) -> Columns.text(row, "purpose"))
			.all()).hasElements();
	}

	/**
	 * Uses a link to a new account.
	 * @param purpose the purpose of the page
	 * @param token the token of the link
	 * @param name the name as it was typed
	 * @param password the password as it was typed
	 * @return the new account; a {@link Refusal} if the link, the name or the password
	 * cannot be used. A refused name or password leaves the link open.
	 */
	public Mono<Account> join(LinkPurpose purpose, Token token, String name, String password) {
		return Mono.fromCallable(() -> AccountName.of(name))
			.flatMap((checked) -> hash(purpose, token, password, checked.shown()).flatMap((hash) -> this.database
				.inTransaction((client) -> use(client, purpose, token).filterWhen((link) -> mayJoin(client, purpose))
					.switchIfEmpty(closed())
					.flatMap((link) -> Accounts.insert(client, checked, hash, account(checked, link))))))
			.delayUntil((account) -> this.database.flush());
	}

	private Account account(AccountName name, Link link) {
		return new Account(UUID.randomUUID(), name.shown(), (link.role() != null) ? link.role() : Role.USER, false,
				this.clock.instant());
	}

	private static Mono<Boolean> mayJoin(DatabaseClient client, LinkPurpose purpose) {
		return (purpose == LinkPurpose.SETUP) ? isFirst(client) : Mono.just(true);
	}

	/**
	 * The first admin is made once, even if several links to it were printed and are used
	 * at the same time: each of them needs to delete all of them.
	 */
	private static Mono<Boolean> isFirst(DatabaseClient client) {
		return hasAdmin(client).flatMap((exists) -> client.sql("delete from account_link where purpose = 'SETUP'")
			.fetch()
			.rowsUpdated()
			.thenReturn(!exists));
	}

	/**
	 * Uses a link to a new password, and ends the sessions of the account.
	 * @param token the token of the link
	 * @param password the password as it was typed
	 * @return completes when it is changed; a {@link Refusal} if the link or the password
	 * cannot be used
	 */
	public Mono<Void> changePassword(Token token, String password) {
		return nameBehind(token).flatMap((name) -> hash(LinkPurpose.PASSWORD, token, password, name))
			.flatMap((hash) -> this.database
				.inTransaction((client) -> use(client, LinkPurpose.PASSWORD, token).mapNotNull(Link::account)
					.switchIfEmpty(closed())
					.delayUntil((account) -> Accounts.setPassword(client, account, hash))
					.flatMap((account) -> account(client, account))))
			.delayUntil((account) -> this.database.flush())
			.flatMap((account) -> this.sessions.endAll(account, null));
	}

	/**
	 * Returns the name of the account of a link; an empty text if there is none.
	 */
	private Mono<String> nameBehind(Token token) {
		return this.database.read((client) -> client
			.sql("select a.name from account_link l join account a on a.id = l.account_id"
					+ " where l.token_hash = :hash")
			.bind("hash", token.hash())
			.map((row) -> Columns.text(row, "name"))
			.all()).next().defaultIfEmpty("");
	}

	private static Mono<Account> account(DatabaseClient client, UUID id) {
		return client.sql("select " + Columns.ACCOUNT + " from account a where a.id = :id")
			.bind("id", id)
			.map(Columns::account)
			.one();
	}

	/**
	 * Checks the link first, so that a guessed link costs no hash of a password.
	 */
	private Mono<String> hash(LinkPurpose purpose, Token token, String password, String name) {
		return isOpen(purpose, token).flatMap((open) -> open ? this.passwords.hash(password, name) : closed());
	}

	private static <T> Mono<T> closed() {
		return Mono.error(() -> new Refusal(Refusal.Reason.LINK));
	}

	/** Reads the link and deletes it. Only one of several transactions deletes it. */
	private Mono<Link> use(DatabaseClient client, LinkPurpose purpose, Token token) {
		return client
			.sql("select role, account_id from account_link where token_hash = :hash and purpose = :purpose"
					+ " and expires_at > :now")
			.bind("hash", token.hash())
			.bind("purpose", purpose.name())
			.bind("now", Columns.stored(this.clock.instant()))
			.map(Links::link)
			.one()
			.filterWhen((link) -> client.sql("delete from account_link where token_hash = :hash")
				.bind("hash", token.hash())
				.fetch()
				.rowsUpdated()
				.map((rows) -> rows == 1));
	}

	private static Link link(Readable row) {
		String role = row.get("role", String.class);
		return new Link((role != null) ? Role.valueOf(role) : null, row.get("account_id", UUID.class));
	}

	private record Link(@Nullable Role role, @Nullable UUID account) {
	}

}
