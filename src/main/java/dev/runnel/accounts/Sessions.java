package dev.runnel.accounts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import dev.runnel.conversation.store.Database;
import dev.runnel.web.AccessEnded;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/**
 * The browsers in which accounts have signed in. A session is looked up for each request,
 * so that its end takes effect at once, on every server that shares the database. The end
 * is also published as {@link AccessEnded}, for requests that are being answered.
 */
public final class Sessions {

	private static final int MAX_DEVICE_CHARS = 200;

	/**
	 * The most sessions of an account. The one that was not used for longest makes room.
	 */
	private static final int MAX_SESSIONS = 100;

	/**
	 * Those that make room for one more. The account is locked then, so that parallel
	 * sign-ins cannot pass the limit.
	 */
	private static final String SURPLUS = " and id not in (select id from account_session where account_id = :account"
			+ " order by used_at desc, created_at desc limit " + (MAX_SESSIONS - 1) + ")";

	private static final Function<DatabaseClient, Mono<Long>> NO_CHANGE = (client) -> Mono.just(0L);

	private final Database database;

	private final AccountsSettings settings;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	private final TokenTable table;

	Sessions(Database database, AccountsSettings settings, ApplicationEventPublisher events, Clock clock) {
		this.database = database;
		this.settings = settings;
		this.events = events;
		this.clock = clock;
		this.table = new TokenTable(database, events, "account_session");
	}

	/**
	 * Begins a session of a person who has signed in elsewhere.
	 * @param account the account
	 * @param browser the browser
	 * @param confirmation how the person proved there who they are
	 * @param before the id of the session of this account in this browser, which the new
	 * one replaces; null for none
	 * @return the token of the session; empty if the account is locked out
	 */
	public Mono<Token> begin(Account account, Browser browser, Confirmation confirmation, @Nullable UUID before) {
		return Mono.defer(() -> begin(new SignIn(account, null, browser, confirmation, before), this.clock.instant()));
	}

	/**
	 * Begins a session after a password was typed.
	 * @param verified the account
	 * @param browser the browser
	 * @param before the id of the session of this account in this browser, which the new
	 * one replaces; null for none
	 * @return the token of the session; empty if the account is locked out or has another
	 * password meanwhile
	 */
	public Mono<Token> begin(Verified verified, Browser browser, @Nullable UUID before) {
		return Mono.defer(() -> {
			Instant now = this.clock.instant();
			return begin(
					new SignIn(verified.account(), verified.hash(), browser, new Confirmation(now, null, null), before),
					now);
		});
	}

	private Mono<Token> begin(SignIn signIn, Instant now) {
		Token token = Token.create();
		return this.database
			.inTransaction((client) -> lock(client, signIn.account(), signIn.hash())
				.delayUntil((locked) -> deleteExpired(client, now))
				.flatMap((locked) -> makeRoom(client, signIn))
				.delayUntil((room) -> insert(client, room.id(), token, signIn, now)))
			.delayUntil((room) -> this.database.flush())
			.doOnNext((room) -> publish(signIn.account(), room.ended()))
			.doOnNext((room) -> tell(signIn.audited()))
			.map((room) -> token);
	}

	/**
	 * The session that is replaced may have got another token meanwhile, in another tab.
	 */
	private static Mono<Room> makeRoom(DatabaseClient client, SignIn signIn) {
		UUID account = signIn.account().id();
		UUID before = signIn.before();
		Mono<List<UUID>> replaced = (before != null) ? delete(client, account, " and id = :value", before)
				: Mono.just(List.of());
		return replaced.flatMap((same) -> delete(client, account, SURPLUS, null).map((ended) -> new Room(same, ended)));
	}

	/**
	 * Locks the account, if it may still begin a session. A password takes a while to
	 * compare. Meanwhile the account may be locked out or get another password, and only
	 * the sessions that have begun end then.
	 */
	private static Mono<UUID> lock(DatabaseClient client, Account account, @Nullable String hash) {
		String condition = (hash != null) ? " and password = :hash" : "";
		GenericExecuteSpec statement = client
			.sql("select id from account where id = :id and not disabled" + condition + " for update")
			.bind("id", account.id());
		return ((hash != null) ? statement.bind("hash", hash) : statement).map((row) -> Columns.uuid(row, "id")).one();
	}

	private Mono<Long> insert(DatabaseClient client, UUID id, Token token, SignIn signIn, Instant now) {
		String device = signIn.browser().device();
		Instant confirmed = signIn.confirmation().at();
		String providerSession = signIn.confirmation().providerSession();
		String idToken = signIn.confirmation().idToken();
		return client
			.sql("insert into account_session (id, token_hash, account_id, device, created_at, used_at, expires_at,"
					+ " confirmed_at, provider_session, id_token) values (:id, :hash, :account, :device, :now, :now,"
					+ " :expires, :confirmed, :session, :token)")
			.bind("id", id)
			.bind("hash", token.hash())
			.bind("account", signIn.account().id())
			.bind("device", device.substring(0, Math.min(device.length(), MAX_DEVICE_CHARS)))
			.bind("now", Columns.stored(now))
			.bind("expires", Columns.stored(now.plus(this.settings.sessionAge())))
			.bind("confirmed",
					(confirmed != null) ? Parameters.in(Columns.stored(confirmed))
							: Parameters.in(OffsetDateTime.class))
			.bind("session", text((providerSession != null) ? new Token(providerSession).hash() : null))
			.bind("token", text((idToken != null) ? token.seal(idToken) : null))
			.fetch()
			.rowsUpdated();
	}

	private static Parameter text(@Nullable String value) {
		return (value != null) ? Parameters.in(value) : Parameters.in(String.class);
	}

	private Mono<Void> deleteExpired(DatabaseClient client, Instant now) {
		return client.sql("delete from account_session where expires_at <= :now or used_at <= :idle")
			.bind("now", Columns.stored(now))
			.bind("idle", Columns.stored(now.minus(this.settings.sessionIdle())))
			.then();
	}

	/**
	 * Finds the account of a session.
	 * @param token the token that the browser sent
	 * @return the account; empty if there is no such session, it has expired, or the
	 * account is disabled
	 */
	public Mono<Admitted> find(Token token) {
		return Mono.defer(() -> {
			Instant now = this.clock.instant();
			return this.database.read((client) -> client
				.sql("select " + Columns.ACCOUNT
						+ ", s.id as session_id, s.used_at, s.confirmed_at from account_session s"
						+ " join account a on a.id = s.account_id where s.token_hash = :hash"
						+ " and s.expires_at > :now and s.used_at > :idle and not a.disabled")
				.bind("hash", token.hash())
				.bind("now", Columns.stored(now))
				.bind("idle", Columns.stored(now.minus(this.settings.sessionIdle())))
				.map((row) -> found(row, now))
				.all()).next().delayUntil((found) -> this.table.used(found, now)).map(TokenTable.Found::admitted);
		});
	}

	private TokenTable.Found found(Readable row, Instant now) {
		Admitted admitted = new Admitted(Columns.account(row), Columns.uuid(row, "session_id"), true,
				EnumSet.allOf(Scope.class), isRecent(Columns.timeOrNull(row, "confirmed_at"), now));
		return new TokenTable.Found(admitted, Columns.time(row, "used_at"));
	}

	/** A provider whose clock is far ahead makes no sign-in recent for long. */
	private boolean isRecent(@Nullable Instant confirmed, Instant now) {
		Duration age = this.settings.recentSignIn();
		return age.isZero()
				|| (confirmed != null && confirmed.isAfter(now.minus(age)) && confirmed.isBefore(now.plus(age)));
	}

	/**
	 * Returns the ID token with which a session began.
	 * @param token the token that the browser sent
	 * @param session the id of the session
	 * @return the ID token, which is empty if it was too long; nothing if the session has
	 * ended, or if the provider has nothing to end
	 */
	public Mono<String> idToken(Token token, UUID session) {
		return this.database.read((client) -> client
			.sql("select id_token from account_session where id = :id and token_hash = :hash and id_token is not null")
			.bind("id", session)
			.bind("hash", token.hash())
			.map((row) -> token.open(Columns.text(row, "id_token")))
			.all()).next();
	}

	/**
	 * The sessions of an account.
	 * @param account the id of the account
	 * @return the sessions, the last used first
	 */
	public Flux<Session> list(UUID account) {
		return this.database.read((client) -> client
			.sql("select id, device, created_at, used_at from account_session where account_id = :account"
					+ " order by used_at desc, id")
			.bind("account", account)
			.map((row) -> new Session(Columns.uuid(row, "id"), Columns.text(row, "device"),
					Columns.time(row, "created_at"), Columns.time(row, "used_at")))
			.all());
	}

	/**
	 * Ends one session. Ending it again does nothing.
	 * @param account the account of the session
	 * @param session the id of the session
	 * @return completes when it has ended
	 */
	public Mono<Void> end(Account account, UUID session) {
		return this.table.delete(account, session);
	}

	/**
	 * Ends the sessions of an account, all or none.
	 * @param account the account
	 * @param kept the session that goes on; null for none
	 * @return completes when they have ended
	 */
	public Mono<Void> endAll(Account account, @Nullable UUID kept) {
		return endAll(account, kept, NO_CHANGE);
	}

	/**
	 * Ends the sessions that began by a session at the provider, and those of which
	 * nobody knows by which they began.
	 * @param account the account
	 * @param providerSession the id of the session that has ended at the provider
	 * @return completes when they have ended
	 */
	public Mono<Void> endAtProvider(Account account, String providerSession) {
		return end(account, " and (provider_session is null or provider_session = :value)",
				new Token(providerSession).hash(), NO_CHANGE);
	}

	/**
	 * Ends the sessions of an account because of a change. Both happen or neither.
	 * @param account the account
	 * @param kept the session that goes on; null for none
	 * @param change the change, which runs first
	 * @return completes when they have ended
	 */
	Mono<Void> endAll(Account account, @Nullable UUID kept, Function<DatabaseClient, Mono<Long>> change) {
		return end(account, (kept != null) ? " and id <> :value" : "", kept, change);
	}

	/** Ends the sessions that meet a condition, which may have a value. */
	private Mono<Void> end(Account account, String condition, @Nullable Object value,
			Function<DatabaseClient, Mono<Long>> change) {
		return remove(account, condition, value, change).doOnNext((ended) -> publish(account, ended)).then();
	}

	private void publish(Account account, List<UUID> ended) {
		ended.forEach((session) -> this.events.publishEvent(new AccessEnded(account.visitor(), session)));
	}

	private Mono<List<UUID>> remove(Account account, String condition, @Nullable Object value,
			Function<DatabaseClient, Mono<Long>> change) {
		return this.database.inTransaction(
				(client) -> change.apply(client).then(Mono.defer(() -> delete(client, account.id(), condition, value))))
			.delayUntil((ended) -> this.database.flush());
	}

	private static Mono<List<UUID>> delete(DatabaseClient client, UUID account, String condition,
			@Nullable Object value) {
		GenericExecuteSpec found = client.sql("select id from account_session where account_id = :account" + condition)
			.bind("account", account);
		return ((value != null) ? found.bind("value", value) : found).map((row) -> Columns.uuid(row, "id"))
			.all()
			.collectList()
			.delayUntil((ids) -> delete(client, ids));
	}

	/**
	 * Deletes the sessions that were found, and no others: which one was not used for
	 * longest may change meanwhile.
	 */
	private static Mono<Void> delete(DatabaseClient client, List<UUID> ids) {
		return ids.isEmpty() ? Mono.empty()
				: client.sql("delete from account_session where id = any(:ids)")
					.bind("ids", ids.toArray(UUID[]::new))
					.then();
	}

	/**
	 * Ends all sessions of an account that may do nothing any more. One event tells of
	 * all of them, so that running answers are stopped, and not interrupted with their
	 * session.
	 * @param account the account, which is disabled or deleted
	 * @return completes when they have ended
	 */
	Mono<Void> lockOut(Account account) {
		return remove(account, "", null, NO_CHANGE)
			.doOnNext((ended) -> this.events.publishEvent(new AccessEnded(account.visitor(), null)))
			.then();
	}

	/**
	 * Publishes an event for the audit log.
	 * @param event what happened
	 */
	void tell(Audited event) {
		this.events.publishEvent(event);
	}

	/**
	 * A sign-in that begins a session.
	 *
	 * @param account the account
	 * @param hash the hash with which the password was compared; null without a password
	 * @param browser the browser
	 * @param confirmation how the person proved who they are
	 * @param before the id of the session that this one replaces; null for none
	 */
	private record SignIn(Account account, @Nullable String hash, Browser browser, Confirmation confirmation,
			@Nullable UUID before) {

		Audited audited() {
			return new Audited(Audited.Action.SIGN_IN, this.account.name(), "").by(this.account.id(), this.browser);
		}

	}

	/**
	 * The sessions that end when one begins.
	 *
	 * @param replaced the one that the browser had until then, if any
	 * @param ended those that make room
	 */
	private record Room(List<UUID> replaced, List<UUID> ended) {

		/**
		 * The id of the new session. A replaced one keeps its id, so that the answers
		 * that it asked for end with the new one.
		 */
		UUID id() {
			return this.replaced.isEmpty() ? UUID.randomUUID() : this.replaced.get(0);
		}

	}

}
