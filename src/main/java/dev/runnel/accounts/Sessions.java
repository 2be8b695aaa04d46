package dev.runnel.accounts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.UUID;

import dev.runnel.conversation.store.Database;
import dev.runnel.web.AccessEnded;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * The browsers in which accounts have signed in. A session is looked up for each request,
 * so that its end takes effect at once, on every server that shares the database. The end
 * is also published as {@link AccessEnded}, for requests that are being answered.
 */
public final class Sessions {

	private static final int MAX_DEVICE_CHARS = 200;

	/** The last use is written again after this time, so that few requests write. */
	private static final Duration USE_PRECISION = Duration.ofMinutes(5);

	private final Database database;

	private final AccountsSettings settings;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	Sessions(Database database, AccountsSettings settings, ApplicationEventPublisher events, Clock clock) {
		this.database = database;
		this.settings = settings;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Begins a session.
	 * @param account the account
	 * @param device the name that the browser gives itself
	 * @return the token of the session
	 */
	public Mono<Token> begin(Account account, String device) {
		return Mono.defer(() -> {
			Token token = Token.create();
			Instant now = this.clock.instant();
			return this.database.inTransaction((client) -> deleteExpired(client, now).then(client
				.sql("insert into account_session (id, token_hash, account_id, device, created_at, used_at, expires_at)"
						+ " values (:id, :hash, :account, :device, :now, :now, :expires)")
				.bind("id", UUID.randomUUID())
				.bind("hash", token.hash())
				.bind("account", account.id())
				.bind("device", device.substring(0, Math.min(device.length(), MAX_DEVICE_CHARS)))
				.bind("now", Columns.stored(now))
				.bind("expires", Columns.stored(now.plus(this.settings.sessionAge())))
				.then()
				.thenReturn(token)));
		}).delayUntil((token) -> this.database.flush());
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
				.sql("select " + Columns.ACCOUNT + ", s.id as session_id, s.used_at from account_session s"
						+ " join account a on a.id = s.account_id where s.token_hash = :hash"
						+ " and s.expires_at > :now and s.used_at > :idle and not a.disabled")
				.bind("hash", token.hash())
				.bind("now", Columns.stored(now))
				.bind("idle", Columns.stored(now.minus(this.settings.sessionIdle())))
				.map(Sessions::found)
				.all()).next().delayUntil((found) -> used(found, now)).map(Found::admitted);
		});
	}

	private static Found found(Readable row) {
		Admitted admitted = new Admitted(Columns.account(row), Columns.uuid(row, "session_id"), true,
				EnumSet.allOf(Scope.class));
		return new Found(admitted, Columns.time(row, "used_at"));
	}

	private Mono<Void> used(Found found, Instant now) {
		if (found.usedAt().plus(USE_PRECISION).isAfter(now)) {
			return Mono.empty();
		}
		return this.database
			.inTransaction((client) -> client.sql("update account_session set used_at = :now where id = :id")
				.bind("now", Columns.stored(now))
				.bind("id", found.admitted().access())
				.fetch()
				.rowsUpdated())
			.then();
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
		return this.database
			.inTransaction(
					(client) -> client.sql("delete from account_session where id = :id and account_id = :account")
						.bind("id", session)
						.bind("account", account.id())
						.fetch()
						.rowsUpdated())
			.filter((rows) -> rows > 0)
			.delayUntil((rows) -> this.database.flush())
			.doOnNext((rows) -> this.events.publishEvent(new AccessEnded(account.visitor(), session)))
			.then();
	}

	/**
	 * Ends the sessions of an account.
	 * @param account the account
	 * @param kept the session that goes on; null for none
	 * @return completes when they have ended
	 */
	public Mono<Void> endAll(Account account, @Nullable UUID kept) {
		return list(account.id()).filter((session) -> !session.id().equals(kept))
			.concatMap((session) -> end(account, session.id()))
			.then();
	}

	/**
	 * Publishes that an account may do nothing any more.
	 * @param account the account, which is disabled or deleted
	 */
	void lockedOut(Account account) {
		this.events.publishEvent(new AccessEnded(account.visitor(), null));
	}

	private record Found(Admitted admitted, Instant usedAt) {
	}

}
