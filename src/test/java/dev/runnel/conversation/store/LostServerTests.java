package dev.runnel.conversation.store;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerDelta;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.Question;
import dev.runnel.conversation.Turn;
import dev.runnel.upstream.Origin;
import dev.runnel.upstream.Source;
import dev.runnel.web.Visitor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests two servers that share a PostgreSQL, when one of them loses its heartbeat during
 * an answer.
 */
@Tag("one-jdk")
@Timeout(120)
class LostServerTests {

	@RegisterExtension
	static final Postgres postgres = new Postgres();

	private static final Visitor ANN = new Visitor("ann");

	private Storage silent;

	private Storage other;

	@BeforeEach
	void start() {
		String url = "runnel.database-url=" + postgres.newDatabase();
		this.silent = Storage.start("runnel.data-dir=mem", url);
		this.other = Storage.start("runnel.data-dir=mem", url);
	}

	@AfterEach
	void stop() {
		this.silent.close();
		this.other.close();
	}

	private Turn begun(Storage storage) {
		Turn turn = Storage.get(storage.turns().begin(ANN, new Question(null, null, "q", false), Storage.plan(100)));
		Storage.done(storage.turns().append(turn, new AnswerDelta("half ", "Hm.")));
		return turn;
	}

	private static Answer whole(String text) {
		return new Answer(AnswerState.COMPLETE, text, "", Source.OPENROUTER, "acme/chat-1", "Acme", null, null, null,
				Duration.ofSeconds(1));
	}

	private Answer kept(Turn turn) {
		List<Message> messages = Storage.all(this.other.conversations().messages(ANN, turn.conversation()));
		return messages.get(1).answer();
	}

	/**
	 * Makes the last heartbeat of both servers one minute old. Only the other server then
	 * sends a new one.
	 */
	private void fallSilent() {
		this.silent.bean(LostAnswers.class).stop();
		Storage.done(DatabaseClient.create(this.silent.bean(DatabaseConnections.class))
			.sql("update server set alive_at = now() - interval '1 minute'")
			.then());
	}

	private void untilInterrupted(Turn turn) {
		Awaitility.await()
			.atMost(30, TimeUnit.SECONDS)
			.untilAsserted(() -> assertThat(kept(turn)).returns(AnswerState.INTERRUPTED, Answer::state));
	}

	@Test
	void itsAnswersAreEndedByTheOtherAndNobodyElses() {
		Turn lost = begun(this.silent);
		Turn alive = begun(this.other);
		fallSilent();
		untilInterrupted(lost);
		assertThat(kept(lost)).returns("half ", Answer::content).returns("Hm.", Answer::reasoning);
		assertThat(kept(lost)).returns(Source.OPENROUTER, Answer::source).returns("acme/asked", Answer::model);
		assertThat(kept(alive)).returns(AnswerState.STREAMING, Answer::state);
	}

	@Test
	void itsAnswersBelongToWhoWroteThemLast() {
		Turn named = begun(this.silent);
		Turn mocked = begun(this.silent);
		Storage.done(this.silent.turns()
			.append(named, new AnswerDelta("more", "", new Origin(Source.OPENROUTER, "acme/chat-1", "Acme"))));
		Storage.done(this.silent.turns().append(mocked, new AnswerDelta("", "", Origin.MOCK)));
		fallSilent();
		untilInterrupted(named);
		untilInterrupted(mocked);
		assertThat(kept(named)).returns("half more", Answer::content)
			.returns(Source.OPENROUTER, Answer::source)
			.returns("acme/chat-1", Answer::model)
			.returns("Acme", Answer::provider);
		assertThat(kept(mocked)).returns(Source.MOCK, Answer::source).returns("mock", Answer::model);
	}

	@Test
	void anAnswerThatBeganBeforeTheFirstSignOfLifeIsNotTakenForLost() {
		this.silent.bean(LostAnswers.class).stop();
		Storage
			.done(DatabaseClient.create(this.silent.bean(DatabaseConnections.class)).sql("delete from server").then());
		Turn turn = begun(this.silent);
		Storage.get(this.other.bean(LostAnswers.class).endLost());
		assertThat(kept(turn)).returns(AnswerState.STREAMING, Answer::state);
	}

	/** A server that is told to stop writes its running answers to their end. */
	@Test
	void aServerThatStopsGivesSignsOfLifeUntilItsLastAnswerIsStored() {
		assertThat(this.silent.bean(LostAnswers.class).getPhase())
			.isLessThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE)
			.isEqualTo(this.silent.bean(AnswerWriteBehind.class).getPhase());
	}

	private void interrupt(Turn turn, String content, String reasoning) {
		Storage.done(this.other.bean(StoredInterruptedAnswers.class)
			.interrupt(turn.conversation(), turn.answerId(), new AnswerDelta(content, reasoning)));
	}

	/** Redis may have more of an answer than the parts in the database. */
	@Test
	void whatReadersHaveSeenIsAddedToAnAnswerThatHasEndedWithLess() {
		Turn turn = begun(this.silent);
		fallSilent();
		untilInterrupted(turn);
		interrupt(turn, "half and more", "Hm. So.");
		interrupt(turn, "half and", "Hm.");
		interrupt(turn, "another text that is longer", "Hm.");
		assertThat(kept(turn)).returns("half and more", Answer::content)
			.returns("Hm. So.", Answer::reasoning)
			.returns(AnswerState.INTERRUPTED, Answer::state);
	}

	@Test
	void anAnswerWithAnEndOfItsOwnTakesNothingMore() {
		Turn turn = begun(this.silent);
		Storage.done(this.silent.turns().end(turn, whole("half")));
		interrupt(turn, "half and more", "Hm.");
		assertThat(kept(turn)).returns("half", Answer::content).returns(AnswerState.COMPLETE, Answer::state);
	}

	@Test
	void lateEndReplacesTheInterruptedAnswer() {
		Turn turn = begun(this.silent);
		fallSilent();
		untilInterrupted(turn);
		Storage.done(this.silent.turns().append(turn, new AnswerDelta("more", "")));
		Storage.done(this.silent.turns().append(turn, new AnswerDelta("", "", Origin.MOCK)));
		assertThat(kept(turn)).returns("half ", Answer::content).returns(Source.OPENROUTER, Answer::source);
		Storage.done(this.silent.turns().end(turn, whole("half and the rest")));
		assertThat(kept(turn)).isEqualTo(whole("half and the rest"));
	}

	@Test
	void itDoesNotUndoWhatTheOtherHasWrittenSince() {
		Turn turn = begun(this.silent);
		fallSilent();
		untilInterrupted(turn);
		Turn resumed = Storage.get(this.other.turns().resume(ANN, turn.answerId(), Storage.plan(100)));
		Storage.done(this.silent.turns().end(turn, whole("too late")));
		assertThat(kept(turn)).returns("half ", Answer::content);
		Storage.done(this.other.turns().end(resumed, whole("half and another rest")));
		Storage.done(this.silent.turns().end(turn, whole("too late")));
		assertThat(kept(turn)).isEqualTo(whole("half and another rest"));
	}

}
