package dev.runnel.conversation.store;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import dev.runnel.conversation.Expense;
import dev.runnel.conversation.Ledger;
import dev.runnel.web.Visitor;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/**
 * Keeps the expenses in the database.
 */
final class StoredLedger implements Ledger {

	private static final String SPENT = "select cast(coalesce(sum(case when spent_on = :day then cost else 0 end), 0)"
			+ " as numeric(30, 12)) as day_cost, cast(coalesce(sum(cost), 0) as numeric(30, 12)) as month_cost"
			+ " from expense where spent_on between :first and :day";

	private static final String USE = "select %1$s, count(*) as calls, cast(sum(prompt_tokens) as bigint) as prompt,"
			+ " cast(sum(completion_tokens) as bigint) as completion, cast(sum(cost) as numeric(30, 12)) as total,"
			+ " cast(sum(case when basis = 'ASSUMED' then cost else 0 end) as numeric(30, 12)) as assumed"
			+ " from expense where spent_on >= :first%2$s group by %1$s order by %3$s limit %4$s";

	private static final String OF_OWNER = " and owner = :owner";

	private static final Map<By, String> COLUMNS = Map.of(By.OWNER, "owner", By.MODEL, "model", By.DAY, "spent_on");

	private final Database database;

	private final ExpenseWrites writes;

	StoredLedger(Database database) {
		this.database = database;
		this.writes = new ExpenseWrites(database.isPostgres());
	}

	@Override
	public Mono<Void> add(Expense expense) {
		return this.database
			.inTransaction((client) -> client.inConnection((connection) -> this.writes.write(connection, expense)))
			.then(Mono.defer(this.database::flush));
	}

	@Override
	public Mono<Spent> spent(@Nullable Visitor owner, LocalDate day) {
		return this.database
			.read((client) -> of(owner, client.sql(SPENT + ((owner != null) ? OF_OWNER : ""))).bind("day", day)
				.bind("first", day.withDayOfMonth(1))
				.map((row) -> new Spent(money(row, "day_cost"), money(row, "month_cost")))
				.all())
			.single();
	}

	@Override
	public Flux<Use> use(List<By> by, @Nullable Visitor owner, LocalDate from, int limit) {
		String columns = by.stream().map(COLUMNS::get).collect(Collectors.joining(", "));
		String order = by.contains(By.DAY) ? "spent_on desc, " : "";
		String sql = USE.formatted(columns, (owner != null) ? OF_OWNER : "", order + "total desc, " + columns, limit);
		return this.database
			.read((client) -> of(owner, client.sql(sql)).bind("first", from).map((row) -> use(by, row)).all());
	}

	private static GenericExecuteSpec of(@Nullable Visitor owner, GenericExecuteSpec query) {
		return (owner != null) ? query.bind("owner", owner.id()) : query;
	}

	private static Use use(List<By> by, Readable row) {
		return new Use(by.contains(By.OWNER) ? Rows.text(row, "owner") : null,
				by.contains(By.MODEL) ? Rows.text(row, "model") : null,
				by.contains(By.DAY) ? row.get("spent_on", LocalDate.class) : null, Rows.size(row, "calls"),
				Rows.size(row, "prompt"), Rows.size(row, "completion"), money(row, "total"), money(row, "assumed"));
	}

	private static BigDecimal money(Readable row, String column) {
		return AnswerRow.plain(Objects.requireNonNull(row.get(column, BigDecimal.class), column));
	}

}
