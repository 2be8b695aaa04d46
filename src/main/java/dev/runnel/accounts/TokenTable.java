package dev.runnel.accounts;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import dev.runnel.conversation.store.Database;
import dev.runnel.web.AccessEnded;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.context.ApplicationEventPublisher;

/**
 * The table of the sessions or of the keys. Each row belongs to a token, and the token
 * lets nobody in when its row is deleted.
 */
final class TokenTable {

	/** The last use is stored again after this time, so that few requests write. */
	private static final Duration USE_PRECISION = Duration.ofMinutes(5);

	private final Database database;

	private final ApplicationEventPublisher events;

	private final String name;

	/**
	 * Creates access to a table.
	 * @param database the database
	 * @param events receives {@link AccessEnded}
	 * @param name the name of the table, which has the columns {@code id},
	 * {@code account_id} and {@code used_at}
	 */
	TokenTable(Database database, ApplicationEventPublisher events, String name) {
		this.database = database;
		this.events = events;
		this.name = name;
	}

	/**
	 * Stores that a token is used, to a few minutes.
	 * @param found the row of the token
	 * @param now the time of the use
	 * @return completes when it is stored, or need not be
	 */
	Mono<Void> used(Found found, Instant now) {
		if (found.usedAt() != null && found.usedAt().plus(USE_PRECISION).isAfter(now)) {
			return Mono.empty();
		}
		return this.database
			.inTransaction((client) -> client.sql("update " + this.name + " set used_at = :now where id = :id")
				.bind("now", Columns.stored(now))
				.bind("id", found.admitted().access())
				.fetch()
				.rowsUpdated())
			.then();
	}

	/**
	 * Deletes a row, and publishes the end of its access. Deleting it again does nothing.
	 * @param account the account of the row
	 * @param id the id of the row
	 * @return completes when it is deleted
	 */
	Mono<Void> delete(Account account, UUID id) {
		return this.database
			.inTransaction(
					(client) -> client.sql("delete from " + this.name + " where id = :id and account_id = :account")
						.bind("id", id)
						.bind("account", account.id())
						.fetch()
						.rowsUpdated())
			.filter((rows) -> rows > 0)
			.delayUntil((rows) -> this.database.flush())
			.doOnNext((rows) -> this.events.publishEvent(new AccessEnded(account.visitor(), id)))
			.then();
	}

	/**
	 * A row whose token has let an account in.
	 *
	 * @param admitted the account
	 * @param usedAt when the token was last used; null if never
	 */
	record Found(Admitted admitted, @Nullable Instant usedAt) {
	}

}
