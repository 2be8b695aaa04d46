package dev.runnel.accounts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;

import dev.runnel.accounts.Audited.Action;
import dev.runnel.conversation.store.Database;
import dev.runnel.web.Detached;
import dev.runnel.web.ErrorCode;
import dev.runnel.web.ProblemException;
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
	 * admin who is not locked out. There may be accounts already: those of people who
	 * sign in elsewhere.
	 * @return the token; empty if there is an admin who is not locked out, or if there
	 * are no passwords here
	 */
	public Mono<Token> setup() {
		return !this.passwords.isOn() ? Mono.empty() : created((client) -> hasAdmin(client).filter((exists) -> !exists)
			.flatMap((none) -> create(client, LinkPurpose.SETUP, Role.ADMIN, null, SETUP_AGE)));
	}

	/** An admin who is locked out can let nobody in. */
	private static Mono<Boolean> hasAdmin(DatabaseClient client) {
		return client.sql("select id from account where role = 'ADMIN' and not disabled limit 1")
			.map((row) -> Columns.uuid(row, "id"))
			.all()
			.count()
			.map((found) -> found > 0);
	}

	/**
	 * Creates an invitation that no admin asks for.
	 * @param role the role of the new account
	 * @return the token
	 */
	public Mono<Token> invite(Role role) {
		return created((client) -> create(client, LinkPurpose.INVITATION, role, null, this.age));
	}

	/**
	 * Creates an invitation.
	 * @param admin the id of the admin who asks
	 * @param role the role of the new account
	 * @return the token; a problem ({@code forbidden}) if the account is no admin any
	 * more, a {@link Refusal} if there are no passwords here
	 */
	public Mono<Token> invite(UUID admin, Role role) {
		return created(
				(client) -> lock(client, admin).then(create(client, LinkPurpose.INVITATION, role, null, this.age)));
	}

	/**
	 * Creates a link to a new password. Earlier ones to a password of this account no
	 * longer work.
	 * @param admin the id of the admin who asks
	 * @param account the id of the account
	 * @return the token; a problem ({@code forbidden}) if the admin is none any more, a
	 * {@link Refusal} if there are no passwords here
	 */
	public Mono<Token> newPassword(UUID admin, UUID account) {
		return created((client) -> lock(client, admin).then(closeOf(client, account))
			.then(create(client, LinkPurpose.PASSWORD, null, account, this.age)));
	}

	private Mono<Token> created(Function<DatabaseClient, Mono<Token>> work) {
		return this.passwords.isOn() ? this.database.inTransaction(work).delayUntil((token) -> this.database.flush())
				: Mono.error(new Refusal(Refusal.Reason.NO_PASSWORDS));
	}

	/**
	 * Locks the admins, so that the one who asks loses no role before the link exists.
	 */
	private static Mono<Void> lock(DatabaseClient client, UUID admin) {
		return Accounts.admins(client)
			.filter((admins) -> admins.contains(admin))
			.switchIfEmpty(Mono.error(() -> ProblemException.of(ErrorCode.FORBIDDEN, "This account is no admin.")))
			.then();
	}

	/**
	 * Closes all links. An admin who loses the role may have kept some: invitations, and
	 * links to the passwords of others. No row says who asked for a link.
	 * @param client the database, in the transaction that takes an admin their role
	 * @return completes when they are closed
	 */
	static Mono<Void> closeAll(DatabaseClient client) {
		return client.sql("delete from account_link").then();
	}

	/**
	 * Closes the links to a new password of an account.
	 * @param client the database, in the transaction that makes them useless
	 * @param account the id of the account
	 * @return completes when they are closed
	 */
	static Mono<Void> closeOf(DatabaseClient client, UUID account) {
		return client.sql("delete from account_link where account_id = :account").bind("account", account).then();
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
			.delayUntil((account) -> this.database.flush())
			.doOnNext((account) -> this.sessions.tell(new Audited(Action.JOIN, account.name(), "", purpose.name())));
	}

	private Account account(AccountName name, Link link) {
		return new Account(UUID.randomUUID(), name.shown(), (link.role() != null) ? link.role() : Role.USER, false,
				this.clock.instant());
	}

	private static Mono<Boolean> mayJoin(DatabaseClient client, LinkPurpose purpose) {
		return (purpose == LinkPurpose.SETUP) ? claimSetup(client) : Mono.just(true);
	}

	/**
	 * Deletes all links to the first admin, and returns whether there is no admin yet.
	 * Several links may be used at the same time. Each use deletes all of them, so only
	 * one creates an admin.
	 */
	private static Mono<Boolean> claimSetup(DatabaseClient client) {
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
		return Detached.of(nameBehind(token).flatMap((name) -> hash(LinkPurpose.PASSWORD, token, password, name))
			.flatMap((hash) -> this.database
				.inTransaction((client) -> use(client, LinkPurpose.PASSWORD, token).mapNotNull(Link::account)
					.switchIfEmpty(closed())
					.delayUntil((account) -> Accounts.setPassword(client, account, hash))
					.flatMap((account) -> account(client, account))))
			.delayUntil((account) -> this.database.flush())
			.doOnNext((account) -> this.sessions
				.tell(new Audited(Action.PASSWORD, account.name(), "", "LINK").to(account.id())))
			.flatMap((account) -> this.sessions.endAll(account, null)));
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
