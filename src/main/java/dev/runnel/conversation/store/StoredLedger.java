package dev.runnel.conversation.store;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import dev.runnel.conversation.Expense;
import dev.runnel.conversation.Ledger;
import dev.runnel.process.AwaitedStop;
import dev.runnel.web.Visitor;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/**
 * Keeps the expenses in the database. Those that belong to no stored answer are written
 * by one transaction for many. Nothing flushes them, because the embedded database does
 * so within half a second. Those that the database did not take wait in memory, and are
 * written again until it takes them. A server that stops waits two seconds for them.
 */
final class StoredLedger extends AwaitedStop implements Ledger, AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(StoredLedger.class);

	/** The pause after a shared transaction, for each expense that it has written. */
	private static final Duration PAUSE = Duration.ofMillis(25);

	private static final Duration RETRY = Duration.ofSeconds(1);

	/** The maximum number of expenses that are written again together. */
	private static final int MAX_AGAIN = 200;

	/** The maximum number of expenses that wait to be written again. */
	private static final int MAX_FAILED = 10_000;

	/** How long a shutdown waits for the last expenses. */
	private static final Duration LAST_WAIT = Duration.ofSeconds(2);

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

	private final SharedWork<Expense> adding;

	/** The number of expenses that are handed over and not written yet. */
	private final AtomicInteger waiting = new AtomicInteger();

	/** The expenses that the database did not take, by id. */
	private final Map<UUID, Expense> failed = new ConcurrentHashMap<>();

	/** Whether expenses will be written again, or are. */
	private final AtomicBoolean repeating = new AtomicBoolean();

	private volatile boolean closed;

	StoredLedger(Database database) {
		this.database = database;
		this.writes = new ExpenseWrites(database.isPostgres());
		this.adding = new SharedWork<>(this::write, PAUSE, Schedulers.parallel());
	}

	@Override
	public Mono<Void> add(Expense expense) {
		return Mono.defer(() -> {
			this.waiting.incrementAndGet();
			return this.adding.add(expense);
		}).doFinally((signal) -> this.waiting.decrementAndGet());
	}

	private Mono<Void> write(List<Expense> expenses) {
		return writeTogether(expenses).onErrorResume(DatabaseErrors::isFinal, (ex) -> writeEach(expenses))
			.doOnSuccess((done) -> expenses.forEach((expense) -> this.failed.remove(expense.id())))
			.doOnError((ex) -> keep(expenses));
	}

	/**
	 * The commit may have succeeded without a confirmation, but writing an expense again
	 * changes nothing.
	 */
	private void keep(List<Expense> expenses) {
		for (Expense expense : expenses) {
			if (this.failed.size() < MAX_FAILED) {
				this.failed.put(expense.id(), expense);
			}
			else if (!this.failed.containsKey(expense.id())) {
				log.error("Too many expenses wait for the database; the expense {} is lost", expense.id());
			}
		}
		repeatLater();
	}

	private void repeatLater() {
		if (!this.closed && this.repeating.compareAndSet(false, true)) {
			Mono.delay(RETRY, Schedulers.parallel())
				.then(Mono.defer(this::repeat))
				.doFinally((signal) -> repeated())
				.subscribe((done) -> {
				}, (ex) -> log.debug("Expenses are not stored yet", ex));
		}
	}

	private Mono<Void> repeat() {
		return Mono.when(this.failed.values().stream().limit(MAX_AGAIN).map(this.adding::add).toList());
	}

	private void repeated() {
		this.repeating.set(false);
		if (!this.failed.isEmpty()) {
			repeatLater();
		}
	}

	private Mono<Void> writeTogether(List<Expense> expenses) {
		return this.database
			.<Void>onConnection((connection) -> Flux.fromIterable(expenses)
				.concatMap((expense) -> this.writes.write(connection, expense))
				.then())
			.onErrorMap(Database::problem);
	}

	/** Writes each expense in a transaction of its own. One that is rejected is lost. */
	private Mono<Void> writeEach(List<Expense> expenses) {
		return Flux.fromIterable(expenses)
			.concatMap((expense) -> writeTogether(List.of(expense)).onErrorResume(DatabaseErrors::isFinal, (ex) -> {
				log.error("The database rejected the expense {}; it is lost", expense.id(), ex);
				return Mono.empty();
			}))
			.then();
	}

	private boolean isIdle() {
		return this.waiting.get() == 0 && this.failed.isEmpty();
	}

	@Override
	protected Mono<Void> finish() {
		return until(Mono.fromSupplier(this::isIdle), PAUSE, LAST_WAIT);
	}

	/** The lowest phase: this stops after everything that may still spend money. */
	@Override
	public int getPhase() {
		return Integer.MIN_VALUE;
	}

	@Override
	public void close() {
		this.closed = true;
		if (!isIdle()) {
			log.error("The server stops before the database has taken {} expenses",
					this.waiting.get() + this.failed.size());
		}
		this.adding.close();
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
