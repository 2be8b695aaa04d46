package dev.runnel.conversation.store;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerDelta;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.Question;
import dev.runnel.conversation.Turn;
import dev.runnel.memory.MemoryAccount;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.util.retry.Retry;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of pending writes, and of their limit, while the database cannot be reached.
 */
@Timeout(60)
class AnswerWriteBehindTests {

	private static final Visitor ANN = new Visitor("ann");

	private static final int BOUND = 100;

	private Storage storage;

	private FailingConnections connections;

	private Database database;

	private AnswerWriteBehind writer;

	private StoredTurns conversations;

	@BeforeEach
	void start() {
		this.storage = Storage.start("runnel.data-dir=mem");
		this.connections = new FailingConnections(this.storage.bean(DatabaseConnections.class));
		this.database = this.connections.database();
		UUID server = UUID.randomUUID();
		this.writer = new AnswerWriteBehind(this.database, server, BOUND, this.storage.bean(MemoryAccount.class),
				() -> {
				});
		this.conversations = new StoredTurns(this.database, new TemporaryTurns(this.storage.bean(MemoryAccount.class)),
				this.writer, new ConversationCounts(this.database, 10), this.storage.bean(StorageQuota.class),
				Visits.unrecorded(), this.storage.bean(StoreSettings.class), this.storage.bean(StoredLedger.class),
				server, Clock.systemUTC());
	}

	@AfterEach
	void stop() {
		this.writer.close();
		this.database.close();
		this.storage.close();
	}

	private Mono<Turn> begin() {
		return this.conversations.begin(ANN, new Question(null, null, "q", false), Storage.plan(100));
	}

	private static void refused(Mono<Void> write) {
		StepVerifier.create(write).expectError().verify(Storage.LIMIT);
	}

	private Answer kept(Turn turn) {
		List<Message> messages = Storage.all(this.storage.conversations().messages(ANN, turn.conversation()));
		return messages.get(1).answer();
	}

	private void untilKept(Turn turn, AnswerState state, String content) {
		Awaitility.await()
			.atMost(Storage.LIMIT)
			.untilAsserted(
					() -> assertThat(kept(turn)).returns(state, Answer::state).returns(content, Answer::content));
	}

	@Test
	void anEndIsStoredHoweverMuchIsWaiting() {
		Turn turn = Storage.get(begin());
		this.connections.refuse();
		refused(this.conversations.append(turn, new AnswerDelta("a".repeat(60), "")));
		String whole = "a".repeat(60) + "b".repeat(90);
		refused(this.conversations.end(turn, BenchmarkTexts.answer(whole)));
		this.connections.work();
		untilKept(turn, AnswerState.COMPLETE, whole);
	}

	@Test
	void storedPartOfARunningAnswerHasNoGap() {
		Turn turn = Storage.get(begin());
		this.connections.refuse();
		refused(this.conversations.append(turn, new AnswerDelta("a".repeat(60), "")));
		refused(this.conversations.append(turn, new AnswerDelta("b".repeat(60), "")));
		this.connections.work();
		untilKept(turn, AnswerState.STREAMING, "a".repeat(60));
		refused(this.conversations.append(turn, new AnswerDelta("c", "")));
		assertThat(kept(turn)).returns("a".repeat(60), Answer::content);
		Storage.done(this.conversations.end(turn, BenchmarkTexts.answer("abc")));
		untilKept(turn, AnswerState.COMPLETE, "abc");
	}

	private void reject(String name, String condition) {
		Storage.done(this.database.inTransaction((client) -> client
			.sql("alter table message add constraint " + name + " check (not (" + condition + "))")
			.then()));
	}

	@Test
	void ofARejectedEndTheTextIsStored() {
		reject("no_duration", "total_ms is not null");
		Turn turn = Storage.get(begin());
		Answer end = BenchmarkTexts.answer("whole");
		Storage.done(this.conversations.end(turn, new Answer(end.state(), "whole", "", end.source(), end.model(),
				end.provider(), end.finishReason(), end.usage(), null, Duration.ofSeconds(1))));
		untilKept(turn, AnswerState.COMPLETE, "whole");
	}

	@Test
	void anAnswerWhoseTextIsRejectedIsInterrupted() {
		reject("no_end", "content like '%whole%'");
		Turn turn = Storage.get(begin());
		Storage.done(this.conversations.append(turn, new AnswerDelta("part", "")));
		untilKept(turn, AnswerState.STREAMING, "part");
		Storage.done(this.conversations.end(turn, BenchmarkTexts.answer("part of the whole")));
		untilKept(turn, AnswerState.INTERRUPTED, "part");
	}

	@Test
	void noAnswerBeginsWhileTooMuchIsWaiting() {
		Turn turn = Storage.get(begin());
		this.connections.refuse();
		refused(this.conversations.end(turn, BenchmarkTexts.answer("a".repeat(200))));
		StepVerifier.create(begin())
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(ProblemException.class,
					(problem) -> assertThat(problem.getStatusCode().value()).isEqualTo(503)))
			.verify(Storage.LIMIT);
		this.connections.work();
		untilKept(turn, AnswerState.COMPLETE, "a".repeat(200));
		// The writer counts less text only after the flush, when readers see the answer
		// already.
		assertThat(Storage.get(begin().retryWhen(Retry.fixedDelay(100, Duration.ofMillis(50))))).isNotNull();
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void whatTheDatabaseDoesNotTakeIsToldAtTheCloseAndNotTriedForEver(CapturedOutput output) {
		Turn turn = Storage.get(begin());
		this.connections.refuse();
		refused(this.conversations.end(turn, BenchmarkTexts.answer("whole")));
		assertThat(output).contains("1 answers could not be stored and will be retried: gone");
		this.writer.close();
		assertThat(output).contains("The server stops before the database has taken 1 answers");
		Awaitility.await()
			.atMost(Storage.LIMIT)
			.untilAsserted(() -> assertThat(output).contains("1 answers could not be stored: gone"));
	}

	@Test
	void aCommitThatIsNeverHandedOverIsToldAndHoldsUpNoOther() {
		// Only this database has virtual time: servers of other tests run in this
		// process.
		VirtualTimeScheduler time = VirtualTimeScheduler.create();
		FailingConnections hanging = new FailingConnections(this.storage.bean(DatabaseConnections.class));
		hanging.hang();
		try (Database late = hanging.database(time)) {
			StepVerifier.create(late.flush())
				.expectSubscription()
				.then(() -> time.advanceTimeBy(Duration.ofSeconds(19)))
				.expectNoEvent(Duration.ofMillis(50))
				.then(() -> time.advanceTimeBy(Duration.ofSeconds(1)))
				.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(ProblemException.class))
				.verify(Storage.LIMIT);
			hanging.work();
			Storage.done(late.flush());
		}
		time.dispose();
	}

}
