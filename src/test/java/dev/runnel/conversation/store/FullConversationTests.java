package dev.runnel.conversation.store;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.ConversationId;
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

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A conversation has a limit of its size, and is full before an answer could exceed it.
 */
@Timeout(60)
class FullConversationTests {

	private static final Visitor ANN = new Visitor("ann");

	private static final int MAX = 4 * 1024 * 1024;

	private final Storage storage = Storage.start("runnel.data-dir=mem", "runnel.conversation.max-size=4MB");

	@AfterEach
	void stop() {
		this.storage.close();
	}

	private Mono<Turn> ask(@Nullable ConversationId conversation, String text) {
		return this.storage.turns().begin(ANN, new Question(conversation, null, text, false), Storage.plan(100));
	}

	private ConversationId answered(@Nullable ConversationId conversation, AnswerState state, String text) {
		return end(Storage.get(ask(conversation, "q")), state, text).conversation();
	}

	private Turn end(Turn turn, AnswerState state, String text) {
		Answer begun = Answer.begun(Storage.ASKED);
		Storage.done(this.storage.turns()
			.end(turn, new Answer(state, text, "", begun.source(), begun.model(), begun.provider(), null, null, null,
					null, null)));
		return turn;
	}

	private static void refused(Mono<?> mono) {
		StepVerifier.create(mono)
			.expectErrorSatisfies((ex) -> assertThat(((ProblemException) ex).getBody().getDetail())
				.startsWith("This conversation is full"))
			.verify(Storage.LIMIT);
	}

	private long size(ConversationId conversation) {
		return Storage.get(this.storage.bean(Database.class)
			.read((client) -> client.sql("select bytes from conversation where id = :id")
				.bind("id", conversation.value())
				.map((row) -> Rows.size(row, "bytes"))
				.all())
			.single());
	}

	@Test
	void theSmallestLimitHasRoomForTheLongestAnswer() {
		ConversationId conversation = answered(null, AnswerState.COMPLETE, "short");
		answered(conversation, AnswerState.COMPLETE, "€".repeat(ConversationText.MAX_CHARS));
		Storage.done(this.storage.bean(AnswerWriteBehind.class).awaitWrites(conversation));
		assertThat(size(conversation)).isBetween(3L * ConversationText.MAX_CHARS, (long) MAX);
		refused(ask(conversation, "q"));
	}

	@Test
	void aQuestionCountsWithTheBytesOfItsText() {
		ConversationId conversation = answered(null, AnswerState.COMPLETE, "x".repeat(900_000));
		refused(ask(conversation, "€".repeat(60_000)));
		Storage.get(ask(conversation, "x".repeat(60_000)));
	}

	@Test
	void anAnswerIsNotContinuedWithoutRoom() {
		Turn turn = Storage.get(ask(null, "q"));
		end(turn, AnswerState.STOPPED, "short");
		answered(turn.conversation(), AnswerState.COMPLETE, "€".repeat(400_000));
		refused(this.storage.turns().resume(ANN, turn.answerId(), Storage.plan(100)));
	}

}
