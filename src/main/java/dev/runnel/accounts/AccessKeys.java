package dev.runnel.accounts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.runnel.conversation.store.Database;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * The keys for programs. A key is shown once, when it is created, and is looked up for
 * each request like a session.
 */
public final class AccessKeys {

	/** Tools that look for leaked secrets find a key by this. */
	private static final String PREFIX = "runnel_";

	private static final int MAX_KEYS = 50;

	private static final int MAX_NAME_CHARS = 100;

	private static final int MAX_DAYS = 366;

	private final Database database;

	private final Clock clock;

	private final TokenTable table;

	AccessKeys(Database database, ApplicationEventPublisher events, Clock clock) {
		this.database = database;
		this.clock = clock;
		this.table = new TokenTable(database, events, "access_key");
	}

	/**
	 * Creates a key.
	 * @param account the id of the account
	 * @param name the name of the key, of 1 to 100 characters, without control characters
	 * @param scopes the purposes that it may be used for, at least one
	 * @param days how many days it can be used, 1 to 366
	 * @return the key; a {@link Refusal} if a value is not allowed, or the account is
	 * locked out or has too many keys
	 */
	public Mono<Token> create(UUID account, String name, Set<Scope> scopes, int days) {
		String shown = name.strip();
		if (!isName(shown) || scopes.isEmpty() || days < 1 || days > MAX_DAYS) {
			return Mono.error(new Refusal(Refusal.Reason.KEY));
		}
		return Mono.defer(() -> {
			Token token = new Token(PREFIX + Token.create().value());
			return this.database
				.inTransaction((client) -> count(client, account).filter((keys) -> keys < MAX_KEYS)
					.switchIfEmpty(Mono.error(() -> new Refusal(Refusal.Reason.TOO_MANY_KEYS)))
					.flatMap((keys) -> insert(client, account, shown, scopes, days, token)))
				.thenReturn(token);
		}).delayUntil((token) -> this.database.flush());
	}

	/** A database cannot store all control characters, and a page cannot show them. */
	private static boolean isName(String name) {
		return !name.isEmpty() && name.length() <= MAX_NAME_CHARS && name.chars().noneMatch(Character::isISOControl);
	}

	/**
	 * Locks the account first, so that parallel requests cannot pass the limit. There is
	 * no result if it is locked out.
	 */
	private static Mono<Long> count(DatabaseClient client, UUID account) {
		return client.sql("select id from account where id = :account and not disabled for update")
			.bind("account", account)
			.map((row) -> Columns.uuid(row, "id"))
			.one()
			.flatMap((locked) -> client.sql("select id from access_key where account_id = :account")
				.bind("account", account)
				.map((row) -> Columns.uuid(row, "id"))
				.all()
				.count());
	}

	private Mono<Long> insert(DatabaseClient client, UUID account, String name, Set<Scope> scopes, int days,
			Token token) {
		Instant now = this.clock.instant();
		return client
			.sql("insert into access_key (id, token_hash, account_id, name, scopes, created_at, expires_at)"
					+ " values (:id, :hash, :account, :name, :scopes, :now, :expires)")
			.bind("id", UUID.randomUUID())
			.bind("hash", token.hash())
			.bind("account", account)
			.bind("name", name)
			.bind("scopes", scopes.stream().sorted().map(Scope::name).collect(Collectors.joining(" ")))
			.bind("now", Columns.stored(now))
			.bind("expires", Columns.stored(now.plus(Duration.ofDays(days))))
			.fetch()
			.rowsUpdated();
	}

	/**
	 * Finds the account of a key.
	 * @param token the key that a program sent
	 * @return the account; empty if there is no such key, it has expired, or the account
	 * is disabled
	 */
	public Mono<Admitted> find(Token token) {
		if (!token.value().startsWith(PREFIX)) {
			return Mono.empty();
		}
		return Mono.defer(() -> {
			Instant now = this.clock.instant();
			return this.database.read((client) -> client
				.sql("select " + Columns.ACCOUNT + ", k.id as key_id, k.scopes, k.used_at from access_key k"
						+ " join account a on a.id = k.account_id where k.token_hash = :hash"
						+ " and k.expires_at > :now and not a.disabled")
				.bind("hash", token.hash())
				.bind("now", Columns.stored(now))
				.map(AccessKeys::found)
				.all()).next().delayUntil((found) -> this.table.used(found, now)).map(TokenTable.Found::admitted);
		});
	}

	private static TokenTable.Found found(Readable row) {
		return new TokenTable.Found(
				new Admitted(Columns.account(row), Columns.uuid(row, "key_id"), false, scopes(row), false),
				Columns.timeOrNull(row, "used_at"));
	}

	private static Set<Scope> scopes(Readable row) {
		return Stream.of(Columns.text(row, "scopes").split(" "))
			.map(Scope::valueOf)
			.collect(Collectors.toCollection(() -> EnumSet.noneOf(Scope.class)));
	}

	/**
	 * The keys of an account.
	 * @param account the id of the account
	 * @return the keys, the newest first; expired ones too
	 */
	public Flux<AccessKey> list(UUID account) {
		return this.database.read((client) -> client
			.sql("select id, name, scopes, created_at, used_at, expires_at from access_key"
					+ " where account_id = :account order by created_at desc, id")
			.bind("account", account)
			.map((row) -> new AccessKey(Columns.uuid(row, "id"), Columns.text(row, "name"), scopes(row),
					Columns.time(row, "created_at"), Columns.timeOrNull(row, "used_at"),
					Columns.time(row, "expires_at")))
			.all());
	}

	/**
	 * Deletes a key. Deleting it again does nothing. Requests that are being answered for
	 * it end.
	 * @param account the account of the key
	 * @param key the id of the key
	 * @return completes when it is deleted
	 */
	public Mono<Void> delete(Account account, UUID key) {
		return this.table.delete(account, key);
	}

	/**
	 * Deletes the keys of an account.
	 * @param client the database, in the transaction that locks the account out
	 * @param account the id of the account
	 * @return completes when they are deleted
	 */
	static Mono<Void> deleteAll(DatabaseClient client, UUID account) {
		return client.sql("delete from access_key where account_id = :account").bind("account", account).then();
	}

}
