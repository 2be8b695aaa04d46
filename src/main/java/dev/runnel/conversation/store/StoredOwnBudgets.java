package dev.runnel.conversation.store;

import java.math.BigDecimal;

import dev.runnel.conversation.BudgetGiven;
import dev.runnel.conversation.OwnBudget;
import dev.runnel.conversation.OwnBudgets;
import dev.runnel.web.Visitor;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Keeps the budgets of single visitors in the database.
 */
final class StoredOwnBudgets implements OwnBudgets {

	private static final String INSERT = "insert into budget (owner, per_day, per_month)"
			+ " values (:owner, :day, :month)";

	private static final String MERGE = "merge into budget (owner, per_day, per_month) key (owner)"
			+ " values (:owner, :day, :month)";

	private static final String UPSERT = INSERT
			+ " on conflict (owner) do update set per_day = excluded.per_day, per_month = excluded.per_month";

	private final Database database;

	private final ApplicationEventPublisher events;

	StoredOwnBudgets(Database database, ApplicationEventPublisher events) {
		this.database = database;
		this.events = events;
	}

	@Override
	public Mono<OwnBudget> of(Visitor owner) {
		return this.database
			.read((client) -> client.sql("select per_day, per_month from budget where owner = :owner")
				.bind("owner", owner.id())
				.map((row) -> new OwnBudget(money(row, "per_day"), money(row, "per_month")))
				.all())
			.next()
			.defaultIfEmpty(OwnBudget.NONE);
	}

	private static @Nullable BigDecimal money(Readable row, String column) {
		BigDecimal money = row.get(column, BigDecimal.class);
		return (money != null) ? AnswerRow.plain(money) : null;
	}

	@Override
	public Mono<Void> give(Visitor owner, OwnBudget budget) {
		return this.database
			.inTransaction((client) -> client.sql(this.database.isPostgres() ? UPSERT : MERGE)
				.bind("owner", owner.id())
				.bind("day", Rows.nullable(BigDecimal.class, budget.perDay()))
				.bind("month", Rows.nullable(BigDecimal.class, budget.perMonth()))
				.then())
			.then(Mono.defer(this.database::flush))
			.doOnSuccess((done) -> this.events.publishEvent(new BudgetGiven(owner)));
	}

}
