package dev.runnel.conversation.store;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerDelta;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.ConversationSettings;
import dev.runnel.conversation.Question;
import dev.runnel.conversation.Turn;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The limits of the stored text while answers are running.
 */
@Timeout(60)
class StorageQuotaTests {

	private static final Visitor ANN = new Visitor("ann");

	private static final Visitor BOB = new Visitor("bob");

	private static final String LONG = "x".repeat(90_000);

	private static final String SHORT = "y".repeat(15_000);

	private final Storage storage = Storage.start("runnel.data-dir=mem",
			"runnel.conversation.max-stored-per-visitor=100KB", "runnel.conversation.max-stored=150KB");

	@AfterEach
	void stop() {
		this.storage.close();
	}

	private Mono<Turn> ask(Visitor visitor, @Nullable ConversationId conversation, String text) {
		return this.storage.turns().begin(visitor, new Question(conversation, null, text, false), Storage.plan(100));
	}

	private Turn longAnswer(Visitor visitor) {
		Turn turn = Storage.get(ask(visitor, null, "q"));
		Storage.done(this.storage.turns().append(turn, new AnswerDelta(LONG, "")));
		return turn;
	}

	private void end(Turn turn, AnswerState state, String text) {
		Answer begun = Answer.begun(Storage.ASKED);
		Storage.done(this.storage.turns()
			.end(turn, new Answer(state, text, "", begun.source(), begun.model(), begun.provider(), null, null, null,
					null, null)));
	}

	private static void refused(Mono<?> mono) {
		StepVerifier.create(mono)
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(ProblemException.class, (problem) -> {
				assertThat(problem.code()).isEqualTo("storage_full");
				assertThat(problem.getStatusCode().value()).isEqualTo(507);
			}))
			.verify(Storage.LIMIT);
	}

	@Test
	void aRunningAnswerCountsWithTheTextThatItHas() {
		Turn running = longAnswer(ANN);
		refused(ask(ANN, null, SHORT));
		Storage.done(this.storage.turns().append(running, new AnswerDelta(LONG, "")));
		end(running, AnswerState.COMPLETE, LONG);
		refused(ask(ANN, null, SHORT));
		Storage.get(ask(ANN, null, "small"));
	}

	@Test
	void runningAnswersOfAllVisitorsCountTogether() {
		longAnswer(ANN);
		Storage.get(ask(BOB, null, SHORT));
		longAnswer(BOB);
		refused(ask(new Visitor("cid"), null, SHORT));
	}

	@Test
	void anAnswerThatEndsShorterGivesItsRoomBack() {
		Turn running = longAnswer(ANN);
		end(running, AnswerState.FAILED, "short");
		Storage.get(ask(ANN, null, SHORT));
	}

	@Test
	void textThatComesAfterTheEndOfAnAnswerIsNotCounted() {
		Turn ended = longAnswer(ANN);
		end(ended, AnswerState.FAILED, "short");
		Storage.done(this.storage.turns().append(ended, new AnswerDelta(LONG, "")).onErrorComplete());
		Storage.get(ask(ANN, null, SHORT));
	}

	@Test
	void aDeletionMakesRoomForAllAtOnce() {
		end(longAnswer(ANN), AnswerState.COMPLETE, LONG);
		Turn deleted = Storage.get(ask(BOB, null, "y".repeat(40_000)));
		Storage.get(ask(BOB, null, SHORT));
		refused(ask(BOB, null, SHORT));
		Storage.done(this.storage.conversations().delete(BOB, deleted.conversation()));
		Storage.get(ask(BOB, null, SHORT));
		Storage.get(ask(new Visitor("cid"), null, SHORT));
	}

	@Test
	void presetsCountWithTheBytesOfTheirText() {
		ConversationSettings settings = new ConversationSettings(null, "€".repeat(30_000), null, null, null, null, null);
		Storage.get(this.storage.presets().add(ANN, "p", settings));
		StorageQuota afterRestart = new StorageQuota(this.storage.bean(Database.class),
				this.storage.bean(ConversationCounts.class), DataSize.ofKilobytes(150), DataSize.ofKilobytes(100));
		refused(afterRestart.take(ANN, SHORT.length()));
		Storage.done(afterRestart.take(BOB, SHORT.length()));
	}

	@Test
	void anAnswerIsNotContinuedWithoutRoom() {
		Turn first = longAnswer(ANN);
		end(first, AnswerState.STOPPED, LONG);
		Storage.get(ask(ANN, null, "y".repeat(11_200)));
		refused(this.storage.turns().resume(ANN, first.answerId(), Storage.plan(100)));
	}

}
