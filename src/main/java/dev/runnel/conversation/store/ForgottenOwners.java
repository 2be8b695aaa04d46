package dev.runnel.conversation.store;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;

import reactor.core.publisher.Mono;

/**
 * Takes the hash of a deleted person from the expenses of earlier months. It is needed
 * only as long as the person could come back and spend the money of a month again.
 */
final class ForgottenOwners extends RegularWork {

	/** The start has other things to do. */
	private static final Duration FIRST = Duration.ofMinutes(1);

	private static final Duration EVERY = Duration.ofHours(6);

	private final Database database;

	private final Clock clock;

	/**
	 * Creates the work.
	 * @param database the database
	 * @param clock the clock, in UTC
	 */
	ForgottenOwners(Database database, Clock clock) {
		super("The deletion of hashes from the ledger", every(FIRST, EVERY));
		this.database = database;
		this.clock = clock;
	}

	@Override
	Mono<Void> run() {
		return this.database
			.inTransaction((client) -> SpentMoney.forget(client, LocalDate.now(this.clock).withDayOfMonth(1)));
	}

}
