package dev.runnel.accounts;

import java.time.Duration;
import java.util.UUID;

import dev.runnel.accounts.Audited.Action;
import dev.runnel.conversation.Libraries;
import dev.runnel.conversation.store.Database;
import dev.runnel.conversation.store.SpentMoney;
import dev.runnel.web.Detached;
import dev.runnel.web.Visitor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Deletes accounts with everything that belongs to them. An account is locked out first,
 * so that it stores nothing new meanwhile. It stays locked out if the deletion fails. The
 * deletion goes on if the request for it ends, as it does for people who delete
 * themselves.
 */
public final class AccountDeletion implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(AccountDeletion.class);

	private final Database database;

	private final Accounts accounts;

	private final Sessions sessions;

	private final Libraries libraries;

	private final Duration lastLook;

	private final Sinks.Empty<Void> closed = Sinks.empty();

	/**
	 * Creates the deletion.
	 * @param database the database
	 * @param accounts the accounts
	 * @param sessions the sessions
	 * @param libraries what belongs to the accounts
	 * @param lastLook the time after which no request of a deleted account is left on any
	 * server
	 */
	AccountDeletion(Database database, Accounts accounts, Sessions sessions, Libraries libraries, Duration lastLook) {
		this.database = database;
		this.accounts = accounts;
		this.sessions = sessions;
		this.libraries = libraries;
		this.lastLook = lastLook;
	}

	/**
	 * Deletes an account because an admin says so.
	 * @param admin the admin who asks
	 * @param id the account
	 * @return completes when it is deleted; a {@link Refusal} if no admin would remain
	 */
	public Mono<Void> delete(UUID admin, UUID id) {
		return Detached.of(this.accounts.find(admin)
			.flatMap((actor) -> this.accounts.disable(admin, id, true)
				.then(Mono.defer(() -> this.accounts.find(id)))
				.flatMap((account) -> delete(account, actor.name()))));
	}

	/**
	 * Deletes an account because its owner says so.
	 * @param id the account
	 * @return completes when it is deleted; a {@link Refusal} if no admin would remain
	 */
	public Mono<Void> deleteOwn(UUID id) {
		return Detached.of(this.accounts.lockOwnOut(id).flatMap((account) -> delete(account, account.name())));
	}

	private Mono<Void> delete(Account account, String actor) {
		return login(account.id()).defaultIfEmpty("").flatMap((login) -> delete(account, login, actor));
	}

	private Mono<Void> delete(Account account, String login, String actor) {
		return this.libraries.deleteAll(account.visitor())
			.then(Mono.defer(() -> deleteRow(account, login)))
			.doOnNext((rows) -> this.sessions.tell(new Audited(Action.DELETE, actor, account.name())))
			// A request that was being answered may have stored something since.
			.flatMap((rows) -> deleteAll(account.visitor(), login)
				.doOnSuccess((done) -> lookAgain(account.visitor(), login)))
			// Nobody may be left who sees the failure.
			.doOnError((ex) -> log.error("The account {} is locked out, but not deleted", account.id(), ex));
	}

	private Mono<String> login(UUID id) {
		return this.database
			.read((client) -> client.sql("select login from account where id = :id")
				.bind("id", id)
				.map((row) -> Columns.text(row, "login"))
				.all())
			.next();
	}

	private Mono<Void> deleteAll(Visitor visitor, String login) {
		return this.libraries.deleteAll(visitor)
			.then(Mono.defer(() -> heir(visitor, login)))
			.flatMap((heir) -> this.database.inTransaction((client) -> SpentMoney.leave(client, visitor, heir)));
	}

	/**
	 * Finds the owner to whom the expenses of this month go. Whoever signs in elsewhere
	 * can come back as another account, perhaps already.
	 */
	private Mono<Visitor> heir(Visitor visitor, String login) {
		if (!login.startsWith(Libraries.PENDING)) {
			return Mono.just(Libraries.NOBODY);
		}
		return this.database
			.read((client) -> client.sql("select id from account where login = :login")
				.bind("login", login)
				.map((row) -> Account.ownerOf(Columns.uuid(row, "id")))
				.all())
			.next()
			.filter((owner) -> !owner.equals(visitor))
			.defaultIfEmpty(new Visitor(login));
	}

	/**
	 * Deletes the row. An account that stays keeps what it has spent.
	 * @return nothing if the account is deleted already, or let in again
	 */
	private Mono<Long> deleteRow(Account account, String login) {
		return heir(account.visitor(), login)
			.flatMap((heir) -> this.database
				.inTransaction((client) -> client.sql("delete from account where id = :id and disabled")
					.bind("id", account.id())
					.fetch()
					.rowsUpdated()
					.filter((rows) -> rows > 0)
					.delayUntil((rows) -> SpentMoney.leave(client, account.visitor(), heir))
					.delayUntil((rows) -> AuditLog.forget(client, account.id()))))
			.delayUntil((rows) -> this.database.flush());
	}

	/**
	 * Deletes what requests stored that began before the account was locked out and
	 * waited, for a list of models or on another server.
	 */
	private void lookAgain(Visitor visitor, String login) {
		Mono.delay(this.lastLook)
			.then(Mono.defer(() -> deleteAll(visitor, login)))
			.takeUntilOther(this.closed.asMono())
			.subscribe((done) -> {
			}, (ex) -> log.error("What a deleted account stored last may be left", ex));
	}

	@Override
	public void close() {
		this.closed.tryEmitEmpty();
	}

}
