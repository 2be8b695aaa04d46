package dev.runnel.conversation.store;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import dev.runnel.conversation.Expense;
import dev.runnel.conversation.Expense.Basis;
import dev.runnel.conversation.Question;
import dev.runnel.conversation.Turn;
import dev.runnel.memory.MemoryAccount;
import dev.runnel.upstream.Prompt;
import dev.runnel.web.Visitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The statements that a stored turn costs.
 */
@Timeout(60)
class TurnStatementsTests {

	private static final Visitor ANN = new Visitor("ann");

	private Storage storage;

	private CountingConnections connections;

	private Database database;

	private final UUID server = UUID.randomUUID();

	private StoredTurns turns;

	@BeforeEach
	void start() {
		this.storage = Storage.start("runnel.data-dir=mem");
		this.connections = new CountingConnections(this.storage.bean(DatabaseConnections.class));
		this.database = this.connections.database(false);
		MemoryAccount memory = this.storage.bean(MemoryAccount.class);
		ConversationCounts counts = new ConversationCounts(this.database, 10);
		this.turns = new StoredTurns(this.database, new TemporaryTurns(memory),
				new AnswerWriteBehind(this.database, this.server, 1_000, memory, () -> {
				}), counts, new StorageQuota(this.database, counts, DataSize.ofMegabytes(1), DataSize.ofMegabytes(1)),
				Visits.unrecorded(), this.storage.bean(StoreSettings.class), this.storage.bean(StoredLedger.class),
				this.server, Clock.systemUTC());
	}

	@AfterEach
	void stop() {
		this.database.close();
		this.storage.close();
	}

	private Turn begin(Visitor visitor) {
		return Storage.get(this.turns.begin(visitor, new Question(null, null, "q", false), Storage.plan(100)));
	}

	@Test
	void theEndOfATurnReadsNothingAndCountsOnce() {
		Turn turn = begin(ANN);
		this.connections.newStatements();
		Storage.done(this.turns.end(turn, BenchmarkTexts.answer("the answer")));
		assertThat(this.connections.newStatements()).noneMatch((sql) -> sql.startsWith("select"))
			.filteredOn((sql) -> sql.startsWith("update conversation"))
			.hasSize(1);
	}

	@Test
	void aNewVisitorIsCountedInOneQuery() {
		begin(ANN);
		this.connections.newStatements();
		begin(new Visitor("bob"));
		assertThat(this.connections.newStatements()).filteredOn((sql) -> sql.startsWith("select")).hasSize(1);
		begin(new Visitor("bob"));
		assertThat(this.connections.newStatements()).noneMatch((sql) -> sql.startsWith("select"));
	}

	@Test
	void nothingIsReadForAVisitorWhoWasJustCreated() {
		begin(ANN);
		this.connections.newStatements();
		Visitor bob = new Visitor("bob");
		this.turns.created(bob);
		begin(bob);
		assertThat(this.connections.newStatements()).noneMatch((sql) -> sql.startsWith("select"));
	}

	@Test
	void aNewConversationIsWrittenOnce() {
		begin(ANN);
		this.connections.newStatements();
		begin(ANN);
		assertThat(this.connections.newStatements()).satisfiesExactly((sql) -> assertThat(sql).startsWith("insert"),
				(sql) -> assertThat(sql).startsWith("insert"), (sql) -> assertThat(sql).startsWith("insert"),
				(sql) -> assertThat(sql).isEqualTo("checkpoint"));
	}

	@Test
	void aQuestionAndItsAnswerAreInsertedInOneStatement() {
		Turn first = begin(ANN);
		Storage.done(this.turns.end(first, BenchmarkTexts.answer("the answer")));
		this.connections.newStatements();
		Question next = new Question(first.conversation(), null, "and then?", false);
		Turn second = Storage.get(this.turns.begin(ANN, next, Storage.plan(100)));
		assertThat(second.history()).extracting(Prompt.Message::content).containsExactly("q", "the answer");
		assertThat(this.connections.newStatements()).filteredOn((sql) -> sql.startsWith("insert into message"))
			.hasSize(1);
	}

	@Test
	void whatIsTheSameForEachNewAnswerIsNoParameter() {
		begin(ANN);
		assertThat(this.connections.newStatements()).filteredOn((sql) -> sql.startsWith("insert into message"))
			.singleElement()
			.asString()
			.contains("'STREAMING'", "$10")
			.doesNotContain("$19");
	}

	@Test
	void expensesWithoutAStoredAnswerShareATransactionAndWaitForNoFlush() {
		begin(ANN);
		this.connections.newStatements();
		int before = this.connections.taken();
		Sinks.Empty<Void> free = Sinks.empty();
		this.connections.waitFor(free.asMono());
		try (StoredLedger ledger = new StoredLedger(this.database)) {
			StepVerifier.create(Flux.range(0, 20).flatMap((number) -> ledger.add(expense())).then())
				.then(free::tryEmitEmpty)
				.expectComplete()
				.verify(Storage.LIMIT);
		}
		assertThat(this.connections.newStatements()).hasSize(20)
			.allMatch((sql) -> sql.startsWith("merge into expense"));
		// The first expense has a transaction of its own, during which the others came.
		assertThat(this.connections.taken() - before).isEqualTo(2);
	}

	private static Expense expense() {
		return new Expense(UUID.randomUUID(), ANN, "acme/one", Instant.now(), 12, 34, new BigDecimal("0.000123"),
				Basis.REPORTED);
	}

	@Test
	void endsOfOneBatchShareTheStatementsThatDoNotDifferByAnswer() {
		List<PendingWrite> ends = Stream.generate(() -> begin(ANN)).limit(3).map((turn) -> {
			PendingWrite write = new PendingWrite(turn);
			write.end(BenchmarkTexts.answer("the answer"), null);
			return write;
		}).toList();
		this.connections.newStatements();
		AnswerWrites writes = new AnswerWrites(this.database, this.server);
		Storage.done(this.database.onConnection((connection) -> writes.write(connection, ends)));
		List<String> statements = this.connections.newStatements();
		assertThat(statements).filteredOn((sql) -> sql.startsWith("update message")).hasSize(3);
		assertThat(statements).filteredOn((sql) -> sql.startsWith("delete from running_answer")).hasSize(1);
		assertThat(statements).filteredOn((sql) -> sql.startsWith("insert into search_task")).hasSize(1);
	}

}
