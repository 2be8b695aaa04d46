package dev.runnel.conversation.store;

import java.time.LocalDate;
import java.time.ZoneOffset;

import dev.runnel.conversation.Libraries;
import dev.runnel.web.Visitor;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Gives what was spent, and the budget that an admin gave, to another owner. A person who
 * comes back after the account was deleted must not find the money of this month again.
 */
public final class SpentMoney {

	private static final String OWNERS = " set owner = :to where owner = :from";

	private SpentMoney() {
	}

	/**
	 * Gives everything to another owner. A budget that the other owner has stays.
	 * @param client the database, in a transaction
	 * @param from the previous owner
	 * @param to the new owner
	 * @return completes when it is done
	 */
	public static Mono<Void> move(DatabaseClient client, Visitor from, Visitor to) {
		return changeOwner(client, "update expense" + OWNERS, from, to).then(changeOwner(client,
				"update budget" + OWNERS + " and not exists (select 1 from budget b where b.owner = :to)", from, to))
			.then(deleteBudget(client, from));
	}

	private static Mono<Void> changeOwner(DatabaseClient client, String sql, Visitor from, Visitor to) {
		return client.sql(sql).bind("to", to.id()).bind("from", from.id()).then();
	}

	private static Mono<Void> deleteBudget(DatabaseClient client, Visitor owner) {
		return client.sql("delete from budget where owner = :owner").bind("owner", owner.id()).then();
	}

	/**
	 * Leaves what a deleted visitor spent to an heir. What was spent before this month
	 * keeps no owner.
	 * @param client the database, in a transaction
	 * @param visitor the deleted visitor
	 * @param heir the owner of what was spent this month, and of the budget that an admin
	 * gave; {@link Libraries#NOBODY} for none
	 * @return completes when it is done
	 */
	public static Mono<Void> leave(DatabaseClient client, Visitor visitor, Visitor heir) {
		if (heir.equals(Libraries.NOBODY)) {
			return changeOwner(client, "update expense" + OWNERS, visitor, heir).then(deleteBudget(client, visitor));
		}
		return client.sql("update expense set owner = :nobody where spent_on < :first and owner = :owner")
			.bind("nobody", Libraries.NOBODY.id())
			.bind("first", LocalDate.now(ZoneOffset.UTC).withDayOfMonth(1))
			.bind("owner", visitor.id())
			.then()
			.then(move(client, visitor, heir));
	}

	/**
	 * Leaves to nobody what deleted visitors spent before a day, and nobody has inherited
	 * yet.
	 * @param client the database, in a transaction
	 * @param day the day
	 * @return completes when it is done
	 */
	static Mono<Void> forget(DatabaseClient client, LocalDate day) {
		return client.sql("update expense set owner = :nobody where spent_on < :day and owner like :pending")
			.bind("nobody", Libraries.NOBODY.id())
			.bind("day", day)
			.bind("pending", Libraries.PENDING + "%")
			.then();
	}

}
