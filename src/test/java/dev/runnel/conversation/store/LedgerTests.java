package dev.runnel.conversation.store;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

import dev.runnel.conversation.Expense;
import dev.runnel.conversation.Expense.Basis;
import dev.runnel.conversation.Ledger;
import dev.runnel.conversation.Ledger.By;
import dev.runnel.conversation.Ledger.Spent;
import dev.runnel.conversation.Ledger.Use;
import dev.runnel.conversation.Libraries;
import dev.runnel.conversation.OwnBudget;
import dev.runnel.conversation.OwnBudgets;
import dev.runnel.conversation.Question;
import dev.runnel.conversation.Turn;
import dev.runnel.web.Visitor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The ledger has every expense once, in both databases.
 */
@Timeout(120)
class LedgerTests {

	@RegisterExtension
	static final Postgres postgres = new Postgres();

	private static final LocalDate DAY = LocalDate.of(2026, 11, 29);

	private final Visitor ann = new Visitor("ann");

	private final Visitor bob = new Visitor("bob");

	private static Storage start(String kind) {
		return kind.equals("postgresql")
				? Storage.start("runnel.data-dir=mem", "runnel.database-url=" + postgres.newDatabase())
				: Storage.start("runnel.data-dir=mem");
	}

	private static Expense expense(Visitor owner, String model, LocalDate day, String cost, Basis basis) {
		return new Expense(UUID.randomUUID(), owner, model, Instant.parse(day + "T23:59:59Z"), 100, 20,
				new BigDecimal(cost), basis);
	}

	private static Expense priced(Visitor owner, LocalDate day, String cost) {
		return expense(owner, "acme/one", day, cost, Basis.PRICED);
	}

	private static Spent spent(Storage storage, Visitor owner) {
		return Storage.get(storage.bean(Ledger.class).spent(owner, DAY));
	}

	private static Turn ask(Storage storage, Visitor visitor, boolean temporary) {
		return Storage
			.get(storage.turns().begin(visitor, new Question(null, null, "How?", temporary), Storage.plan(1000)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "embedded", "postgresql" })
	void theEndOfAnAnswerStoresItsExpense(String kind) {
		try (Storage storage = start(kind)) {
			Turn turn = ask(storage, this.ann, false);
			Expense expense = priced(this.ann, DAY, "0.012345678912");
			Storage.done(storage.turns().end(turn, BenchmarkTexts.answer("So."), expense));
			assertThat(spent(storage, this.ann).day()).isEqualByComparingTo("0.012345678912");
			Storage.done(storage.turns().end(turn, BenchmarkTexts.answer("So."), expense));
			assertThat(spent(storage, this.ann).day()).isEqualByComparingTo("0.012345678912");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "embedded", "postgresql" })
	void theMoneyOfAnAnswerThatWasDeletedMeanwhileIsSpent(String kind) {
		try (Storage storage = start(kind)) {
			Turn turn = ask(storage, this.ann, false);
			Storage.done(storage.conversations().delete(this.ann, turn.conversation()));
			Storage.done(storage.turns().end(turn, BenchmarkTexts.answer("So."), priced(this.ann, DAY, "0.5")));
			assertThat(spent(storage, this.ann).day()).isEqualByComparingTo("0.5");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "embedded", "postgresql" })
	void theMoneyOfAnAnswerThatTheDatabaseRejectsIsSpent(String kind) {
		try (Storage storage = start(kind)) {
			Storage.done(storage.bean(Database.class)
				.inTransaction((client) -> client
					.sql("alter table message add constraint no_end check (not (content like '%whole%'))")
					.then()));
			Turn turn = ask(storage, this.ann, false);
			Storage
				.done(storage.turns().end(turn, BenchmarkTexts.answer("the whole answer"), priced(this.ann, DAY, "2")));
			assertThat(spent(storage, this.ann).day()).isEqualByComparingTo("2");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "embedded", "postgresql" })
	void theMoneyOfATemporaryAnswerIsSpent(String kind) {
		try (Storage storage = start(kind)) {
			Turn turn = ask(storage, this.ann, true);
			Storage.done(storage.turns().end(turn, BenchmarkTexts.answer("So."), priced(this.ann, DAY, "0.25")));
			assertThat(spent(storage, this.ann).day()).isEqualByComparingTo("0.25");
		}
	}

	@Test
	void anExpenseThatTheDatabaseDidNotTakeIsWrittenWhenItIsBack() {
		try (Storage storage = Storage.start("runnel.data-dir=mem")) {
			FailingConnections connections = new FailingConnections(storage.bean(DatabaseConnections.class));
			try (Database database = connections.database(); StoredLedger ledger = new StoredLedger(database)) {
				connections.refuse();
				StepVerifier.create(ledger.add(priced(this.ann, DAY, "0.5"))).expectError().verify(Storage.LIMIT);
				assertThat(spent(storage, this.ann).day()).isZero();
				connections.work();
				Awaitility.await()
					.atMost(Storage.LIMIT)
					.untilAsserted(() -> assertThat(spent(storage, this.ann).day()).isEqualByComparingTo("0.5"));
			}
		}
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void anExpenseThatTheDatabaseDidNotTakeIsToldAtTheClose(CapturedOutput output) {
		try (Storage storage = Storage.start("runnel.data-dir=mem")) {
			FailingConnections connections = new FailingConnections(storage.bean(DatabaseConnections.class));
			try (Database database = connections.database(); StoredLedger ledger = new StoredLedger(database)) {
				connections.refuse();
				StepVerifier.create(ledger.add(priced(this.ann, DAY, "0.5"))).expectError().verify(Storage.LIMIT);
			}
		}
		assertThat(output).contains("The server stops before the database has taken");
	}

	@ParameterizedTest
	@ValueSource(strings = { "embedded", "postgresql" })
	void sumsADayAndItsMonth(String kind) {
		try (Storage storage = start(kind)) {
			Ledger ledger = storage.bean(Ledger.class);
			Storage.done(ledger.add(priced(this.ann, DAY, "1")));
			Storage.done(ledger.add(priced(this.ann, DAY.withDayOfMonth(1), "2")));
			Storage.done(ledger.add(priced(this.ann, DAY.minusMonths(1), "4")));
			Storage.done(ledger.add(priced(this.bob, DAY, "8")));
			assertThat(spent(storage, this.ann)).isEqualTo(new Spent(new BigDecimal("1"), new BigDecimal("3")));
			assertThat(spent(storage, null)).isEqualTo(new Spent(new BigDecimal("9"), new BigDecimal("11")));
			assertThat(Storage.get(ledger.spent(new Visitor("nobody"), DAY)))
				.isEqualTo(new Spent(BigDecimal.ZERO, BigDecimal.ZERO));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "embedded", "postgresql" })
	void groupsExpenses(String kind) {
		try (Storage storage = start(kind)) {
			Ledger ledger = storage.bean(Ledger.class);
			Storage.done(ledger.add(priced(this.ann, DAY, "1")));
			Storage.done(ledger.add(priced(this.ann, DAY.minusDays(1), "2")));
			Storage.done(ledger.add(expense(this.ann, "acme/two", DAY, "3", Basis.ASSUMED)));
			Storage.done(ledger.add(priced(this.bob, DAY, "8")));
			Storage.done(ledger.add(priced(this.bob, DAY.minusMonths(1), "16")));
			LocalDate first = DAY.withDayOfMonth(1);
			assertThat(Storage.all(ledger.use(List.of(By.OWNER), null, first, 10)))
				.containsExactly(use("bob", null, null, 1, "8", "0"), use("ann", null, null, 3, "6", "3"));
			assertThat(Storage.all(ledger.use(List.of(By.OWNER), null, first, 1))).hasSize(1);
			assertThat(Storage.all(ledger.use(List.of(By.DAY, By.MODEL), this.ann, first, 10))).containsExactly(
					use(null, "acme/two", DAY, 1, "3", "3"), use(null, "acme/one", DAY, 1, "1", "0"),
					use(null, "acme/one", DAY.minusDays(1), 1, "2", "0"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "embedded", "postgresql" })
	void anHeirHasWhatWasSpentThisMonthAndTheBudget(String kind) {
		try (Storage storage = start(kind)) {
			Visitor heir = new Visitor("~heir");
			LocalDate today = LocalDate.now(ZoneOffset.UTC);
			LocalDate before = today.withDayOfMonth(1).minusDays(1);
			Storage.done(storage.bean(Ledger.class).add(priced(this.ann, today, "1")));
			Storage.done(storage.bean(Ledger.class).add(priced(this.ann, before, "2")));
			Storage.done(storage.bean(OwnBudgets.class).give(this.ann, new OwnBudget(BigDecimal.ONE, null)));
			leave(storage, this.ann, heir);
			assertThat(all(storage, heir, today)).isEqualByComparingTo("1");
			assertThat(all(storage, heir, before)).isZero();
			assertThat(all(storage, Libraries.NOBODY, before)).isEqualByComparingTo("2");
			assertThat(Storage.get(storage.bean(OwnBudgets.class).of(heir)).perDay()).isEqualByComparingTo("1");
			assertThat(Storage.get(storage.bean(OwnBudgets.class).of(this.ann))).isEqualTo(OwnBudget.NONE);
			Storage.done(storage.bean(OwnBudgets.class).give(this.bob, new OwnBudget(BigDecimal.TEN, null)));
			Storage
				.done(storage.bean(Database.class).inTransaction((client) -> SpentMoney.move(client, heir, this.bob)));
			assertThat(all(storage, this.bob, today)).isEqualByComparingTo("1");
			assertThat(Storage.get(storage.bean(OwnBudgets.class).of(this.bob)).perDay()).isEqualByComparingTo("10");
			assertThat(Storage.get(storage.bean(OwnBudgets.class).of(heir))).isEqualTo(OwnBudget.NONE);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "embedded", "postgresql" })
	void whenAMonthIsOverNobodyHasWhatDeletedPeopleSpentInIt(String kind) {
		try (Storage storage = start(kind)) {
			Visitor heir = new Visitor("~heir");
			LocalDate first = DAY.withDayOfMonth(1);
			for (Visitor owner : List.of(heir, this.ann)) {
				Storage.done(storage.bean(Ledger.class).add(priced(owner, first.minusDays(1), "1")));
				Storage.done(storage.bean(Ledger.class).add(priced(owner, first, "2")));
			}
			Clock clock = Clock.fixed(Instant.parse(DAY + "T12:00:00Z"), ZoneOffset.UTC);
			Storage.done(new ForgottenOwners(storage.bean(Database.class), clock).run());
			assertThat(all(storage, heir, first.minusDays(1))).isZero();
			assertThat(all(storage, Libraries.NOBODY, first.minusDays(1))).isEqualByComparingTo("1");
			assertThat(all(storage, heir, first)).isEqualByComparingTo("2");
			assertThat(all(storage, this.ann, first.minusDays(1))).isEqualByComparingTo("1");
		}
	}

	private static void leave(Storage storage, Visitor visitor, Visitor heir) {
		Storage.done(storage.bean(Database.class).inTransaction((client) -> SpentMoney.leave(client, visitor, heir)));
	}

	private static BigDecimal all(Storage storage, Visitor owner, LocalDate day) {
		return Storage.get(storage.bean(Ledger.class).spent(owner, day)).day();
	}

	private static Use use(String owner, String model, LocalDate day, int calls, String cost, String assumed) {
		return new Use(owner, model, day, calls, 100L * calls, 20L * calls, new BigDecimal(cost),
				new BigDecimal(assumed));
	}

	@ParameterizedTest
	@ValueSource(strings = { "embedded", "postgresql" })
	void expensesFollowTheirConversationsAndStayInTheSumOfAll(String kind) {
		try (Storage storage = start(kind)) {
			Storage.done(storage.bean(Ledger.class).add(priced(this.ann, DAY, "1")));
			Storage.done(storage.libraries().handOver(this.ann, this.bob));
			assertThat(spent(storage, this.ann).day()).isZero();
			assertThat(spent(storage, this.bob).day()).isEqualByComparingTo("1");
			Storage.done(storage.libraries().deleteAll(this.bob));
			assertThat(spent(storage, this.bob).day()).isEqualByComparingTo("1");
			leave(storage, this.bob, Libraries.NOBODY);
			assertThat(spent(storage, this.bob).day()).isZero();
			assertThat(spent(storage, null).day()).isEqualByComparingTo("1");
		}
	}

}
