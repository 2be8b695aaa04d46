package dev.runnel.conversation.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.Question;
import dev.runnel.conversation.Turn;
import dev.runnel.memory.MemoryAccount;
import dev.runnel.memory.MemoryReservation;
import dev.runnel.memory.MemoryUse;
import dev.runnel.upstream.Prompt;
import dev.runnel.upstream.Source;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Temporary conversations: earlier turns go upstream with the next question, and the
 * newest stay as long as there is memory.
 */
class TemporaryTurnsTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final Visitor ANN = new Visitor("ann");

	private final MemoryAccount account = MemoryAccount.of(DataSize.ofMegabytes(64));

	private final TemporaryTurns conversations = new TemporaryTurns(this.account);

	private Turn ask(@Nullable ConversationId conversation, @Nullable MessageId parent, String text, int context) {
		List<Turn> turns = new ArrayList<>();
		StepVerifier
			.create(this.conversations.begin(ANN, new Question(conversation, parent, text, true),
					Storage.plan(context)))
			.consumeNextWith(turns::add)
			.expectComplete()
			.verify(LIMIT);
		return turns.get(0);
	}

	private void answer(Turn turn, String content) {
		Answer answer = new Answer(AnswerState.COMPLETE, content, "", Source.OPENROUTER, null, null, null, null, null,
				null);
		StepVerifier.create(this.conversations.end(turn, answer)).expectComplete().verify(LIMIT);
	}

	private Turn exchange(@Nullable Turn before, String question, String answer) {
		Turn turn = ask((before != null) ? before.conversation() : null, null, question, 1000);
		answer(turn, answer);
		return turn;
	}

	private static List<String> texts(Turn turn) {
		return turn.history().stream().map(Prompt.Message::content).toList();
	}

	@Test
	void earlierTurnsComeOldestFirst() {
		Turn first = exchange(null, "q1", "a1");
		exchange(first, "q2", "a2");
		assertThat(texts(ask(first.conversation(), null, "q3", 1000))).containsExactly("q1", "a1", "q2", "a2");
	}

	@Test
	void wholeTurnsThatDoNotFitAreLeftOutAndCounted() {
		Turn first = exchange(null, "q1", "a1".repeat(50));
		exchange(first, "q2", "a2");
		Turn third = ask(first.conversation(), null, "q3", 50);
		assertThat(texts(third)).containsExactly("q2", "a2");
		assertThat(third.omitted()).isEqualTo(2);
	}

	@Test
	void aQuestionWithoutAnAnswerIsNoTurn() {
		Turn first = exchange(null, "q1", "");
		assertThat(texts(ask(first.conversation(), null, "q2", 1000))).isEmpty();
	}

	@Test
	void anotherParentMakesABranch() {
		Turn first = exchange(null, "q1", "a1");
		Turn second = exchange(first, "q2", "a2");
		assertThat(texts(ask(first.conversation(), first.answerId(), "q2b", 1000))).containsExactly("q1", "a1");
		assertThat(texts(ask(first.conversation(), second.questionId(), "q2", 1000))).containsExactly("q1", "a1");
	}

	@Test
	void anothersConversationDoesNotExist() {
		Turn first = exchange(null, "q1", "a1");
		for (Question question : List.of(new Question(first.conversation(), null, "x", false),
				new Question(new ConversationId(UUID.randomUUID()), null, "x", false))) {
			StepVerifier.create(this.conversations.begin(new Visitor("bob"), question, Storage.plan(10)))
				.expectError(ProblemException.class)
				.verify(LIMIT);
		}
	}

	@Test
	void theOldestAreForgottenWhenThereIsTooMuch() {
		Turn oldest = exchange(null, "q", "a".repeat(1024 * 1024));
		Turn newest = oldest;
		for (int i = 0; i < 8; i++) {
			newest = exchange(null, "q", "a".repeat(1024 * 1024));
		}
		assertForgotten(oldest);
		assertThat(this.conversations.knows(newest.answerId())).isTrue();
		assertThat(this.account.used()).isLessThanOrEqualTo(this.account.max() / 4);
	}

	private void assertForgotten(Turn turn) {
		StepVerifier
			.create(this.conversations.begin(ANN, new Question(turn.conversation(), null, "x", true), Storage.plan(10)))
			.expectError(ProblemException.class)
			.verify(LIMIT);
		assertThat(this.conversations.knows(turn.answerId())).isFalse();
	}

	@Test
	void messagesWithoutTextTakeMemoryToo() {
		Turn oldest = exchange(null, "q", "a");
		long one = this.account.used();
		assertThat(one).isGreaterThan(1000);
		Turn last = exchange(oldest, "q", "a");
		assertThat(this.account.used()).isGreaterThan(one + 1000);
		for (int conversations = 0; conversations < 400; conversations++) {
			last = exchange(null, "q", "a");
			for (int i = 1; i < 50; i++) {
				last = exchange(last, "q", "a");
			}
		}
		assertForgotten(oldest);
		assertThat(this.conversations.knows(last.answerId())).isTrue();
	}

	@Test
	void theOldestMakeRoomForOtherWorkAndGiveTheirMemoryBack() {
		Turn oldest = exchange(null, "q", "a".repeat(1024 * 1024));
		Turn newest = exchange(null, "q", "a".repeat(1024 * 1024));
		long both = this.account.used();
		MemoryReservation work = this.account.count(MemoryUse.IMPORTS, 0);
		assertThat(work.tryGrow(this.account.max() - both + 1)).isTrue();
		assertForgotten(oldest);
		assertThat(this.conversations.knows(newest.answerId())).isTrue();
		assertThat(work.tryGrow(both / 2)).isTrue();
		assertForgotten(newest);
		work.close();
		assertThat(this.account.used()).isZero();
	}

}
