package dev.runnel.chat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import dev.runnel.budget.ModelCall;
import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerDelta;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.ConversationSettings;
import dev.runnel.conversation.Expense;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.Question;
import dev.runnel.conversation.Turn;
import dev.runnel.conversation.TurnPlanner;
import dev.runnel.conversation.TurnStore;
import dev.runnel.markdown.MarkdownRenderer;
import dev.runnel.stream.EndRequest;
import dev.runnel.stream.StreamId;
import dev.runnel.stream.StreamLog;
import dev.runnel.stream.StreamState;
import dev.runnel.stream.StreamStore;
import dev.runnel.stream.StreamSubject;
import dev.runnel.stream.TestStreams;
import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.ModelEvent;
import dev.runnel.upstream.ModelEvent.Moved;
import dev.runnel.upstream.Origin;
import dev.runnel.upstream.Source;
import dev.runnel.upstream.TextPieces;
import dev.runnel.upstream.UpstreamException;
import dev.runnel.upstream.UpstreamFailure;
import dev.runnel.web.BusyRendering;
import dev.runnel.web.TestCallers;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a model does, a turn has exactly one end, and the text before it is stored.
 */
@Timeout(30)
class TurnRunTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final ModelEvent FINISHED = new ModelEvent.Finished(FinishReason.STOP, "acme/chat-1", "Acme", null);

	private static final Origin ASKED = Origin.model("acme/asked");

	private final Turn turn = new Turn(new Visitor("ann"), new ConversationId(UUID.randomUUID()),
			new MessageId(UUID.randomUUID()), "hi", new MessageId(UUID.randomUUID()), List.of(), 0,
			ConversationSettings.NONE, false, ASKED, null);

	private final Kept kept = new Kept();

	private final StreamStore<ChatEvent> store = TestStreams.store(AnswerFold::new);

	private final StreamLog<ChatEvent> log = open();

	private final AnswerDraft answer = new AnswerDraft(ASKED, 20, null);

	private final DraftSaver keeper = new DraftSaver(this.kept, this.turn, this.answer, ModelCall.free());

	private final TurnEvents recorder = new TurnEvents(this.log, this.log.status().subject().id(), this.turn,
			rendered(), this.answer, this.keeper);

	private final TurnPictures pictures = new TurnPictures(
			(turn, picture, number) -> Mono.error(new UnsupportedOperationException()), this.turn);

	private final TurnRun writer = new TurnRun(this.log, this.recorder, this.keeper, this.pictures);

	/**
	 * No piece takes any time here, so its length alone decides on which thread it is
	 * rendered.
	 */
	private static AnswerTexts rendered() {
		return AnswerTexts.rendered(LIMIT, () -> 0);
	}

	private StreamLog<ChatEvent> open() {
		List<StreamLog<ChatEvent>> opened = new ArrayList<>();
		StreamSubject subject = new StreamSubject(StreamId.random(), this.turn.visitor(), UUID.randomUUID(),
				UUID.randomUUID());
		StepVerifier
			.create(this.store.enter(TestCallers.local(subject.owner())).flatMap((place) -> place.open(subject)))
			.consumeNextWith(opened::add)
			.expectComplete()
			.verify(LIMIT);
		return opened.get(0);
	}

	private SseTranscript write(Flux<ModelEvent> model) {
		StepVerifier.create(this.writer.write(model)).expectComplete().verify(LIMIT);
		return transcript();
	}

	private SseTranscript transcript() {
		SseTranscript transcript = new SseTranscript();
		StepVerifier
			.create(this.log.read(0)
				.doOnNext((entry) -> transcript.read(new String(entry.frame(), StandardCharsets.UTF_8))))
			.thenConsumeWhile((entry) -> true)
			.expectComplete()
			.verify(LIMIT);
		return transcript;
	}

	private static ModelEvent text(String text) {
		return new ModelEvent.Text(text);
	}

	@Test
	void aWholeAnswerCompletes() {
		SseTranscript transcript = write(Flux.just(text("*hi*"), FINISHED));
		assertThat(transcript.names()).containsExactly("start", "message", "complete");
		assertThat(transcript.html()).isEqualTo("<p><em>hi</em></p>\n");
		assertThat(this.kept.last().state()).isEqualTo(AnswerState.COMPLETE);
	}

	@Test
	void textThatWasAThoughtIsMoved() {
		SseTranscript transcript = write(
				Flux.just(text("*Hm*"), Moved.TO_REASONING, new ModelEvent.Reasoning("."), text("So"), FINISHED));
		assertThat(transcript.names()).containsSubsequence("start", "message", "moved", "reasoning", "message",
				"complete");
		assertThat(transcript.html()).isEqualTo("<p>So</p>\n");
		assertThat(transcript.said()).isEqualTo("So");
		assertThat(transcript.thought()).isEqualTo("*Hm*.");
		assertThat(transcript.thoughtHtml()).isEqualTo("<p><em>Hm</em>.</p>\n");
		assertThat(this.kept.last()).returns("So", Answer::content).returns("*Hm*.", Answer::reasoning);
		assertThat(this.kept.last().thinking()).isNotNull();
	}

	@Test
	void aThoughtThatWasTheAnswerIsSentAgain() {
		SseTranscript transcript = write(Flux.just(new ModelEvent.Reasoning("*So*"), Moved.TO_TEXT, FINISHED));
		assertThat(transcript.names()).containsExactly("start", "reasoning", "moved", "message", "complete");
		assertThat(transcript.events().get(2).data().get("chars").asInt()).isEqualTo(4);
		assertThat(transcript.html()).isEqualTo("<p><em>So</em></p>\n");
		assertThat(transcript.thought() + transcript.thoughtHtml()).isEmpty();
		assertThat(this.kept.last()).returns("*So*", Answer::content).returns("", Answer::reasoning);
		assertThat(this.kept.last().thinking()).isNull();
	}

	@Test
	void heldReasoningComesBeforeTheNextText() {
		SseTranscript transcript = write(Flux.just(new ModelEvent.Reasoning("Hm **b"), text("So"), FINISHED));
		assertThat(transcript.thought()).isEqualTo("Hm **b");
		assertThat(transcript.thoughtHtml()).isEqualTo("<p>Hm **b</p>\n");
		assertThat(transcript.names()).endsWith("reasoning", "message", "complete");
	}

	@ParameterizedTest
	@EnumSource(EndRequest.class)
	void heldReasoningIsSentWhenTheTurnEnds(EndRequest request) {
		TestPublisher<ModelEvent> model = TestPublisher.create();
		StepVerifier.create(this.writer.write(model.flux()))
			.then(() -> model.next(new ModelEvent.Reasoning("Hm **b")))
			.then(() -> StepVerifier.create(this.log.requestEnd(request)).expectComplete().verify(LIMIT))
			.expectComplete()
			.verify(LIMIT);
		assertThat(transcript().thoughtHtml()).isEqualTo("<p>Hm **b</p>\n");
		assertThat(this.kept.last().reasoning()).isEqualTo("Hm **b");
	}

	@Test
	void reasoningWithoutHtmlIsSentAsItComes() {
		write(this.turn, AnswerTexts.plain(), new AnswerDraft(ASKED, 20, null),
				Flux.just(new ModelEvent.Reasoning("Hm **b"), text("So"), FINISHED));
		SseTranscript transcript = transcript();
		assertThat(transcript.names()).containsExactly("start", "reasoning", "message", "complete");
		assertThat(transcript.events().get(0).data().has("questionHtml")).isFalse();
		assertThat(transcript.named("reasoning")).noneMatch((event) -> event.data().has("reasoningPatches"));
	}

	@Test
	void reasoningOfAnEarlierTurnStaysWhenTheNewOneIsMoved() {
		Answer written = new Answer(AnswerState.INTERRUPTED, "", "*old* ", Source.OPENROUTER, "acme/asked", null, null,
				null, null, null, null);
		AnswerDraft draft = new AnswerDraft(ASKED, 40, written);
		write(continued(written), rendered(), draft,
				Flux.just(new ModelEvent.Reasoning("*new*"), Moved.TO_TEXT, FINISHED));
		SseTranscript transcript = transcript();
		assertThat(transcript.thought()).isEqualTo("*old* ");
		assertThat(transcript.thoughtHtml()).isEqualTo("<p><em>old</em></p>\n");
		assertThat(transcript.html()).isEqualTo("<p><em>new</em></p>\n");
		assertThat(draft.snapshot()).returns("*new*", Answer::content).returns("*old* ", Answer::reasoning);
	}

	@Test
	void longTextThatWasAThoughtIsMovedInPieces() {
		String thought = "a *b* c\n\n".repeat(5000);
		write(this.turn, rendered(), new AnswerDraft(ASKED, 100_000, null),
				Flux.concat(Flux.fromIterable(TextPieces.of(thought)).map(TurnRunTests::text),
						Flux.just(Moved.TO_REASONING, text("So"), FINISHED)));
		SseTranscript transcript = transcript();
		assertThat(transcript.thought()).isEqualTo(thought);
		assertThat(transcript.thoughtHtml()).isEqualTo(MarkdownRenderer.render(thought));
		assertThat(transcript.html()).isEqualTo("<p>So</p>\n");
	}

	@Test
	void largeReasoningIsRenderedOnAThreadOfItsOwn() {
		WatchedText thought = new WatchedText(rendered().reasoning());
		AnswerTexts texts = new AnswerTexts(thought, rendered().content(), true);
		write(this.turn, texts, new AnswerDraft(ASKED, 20_000, null),
				Flux.just(new ModelEvent.Reasoning("a *b* ".repeat(2000)), text("So"), FINISHED));
		assertThat(thought.threads).isNotEmpty().allMatch((thread) -> thread.startsWith("markdown"));
	}

	@Test
	void theEndIsToldBeforeTheExchangeIsOver() {
		TestPublisher<ModelEvent> model = TestPublisher.create();
		StepVerifier.create(this.writer.write(model.flux()))
			.then(() -> model.next(text("hi"), FINISHED))
			.then(() -> assertThat(transcript().last().name()).isEqualTo("complete"))
			.then(model::complete)
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void anAnswerBeyondItsLimitIsCutAndUpstreamClosed() {
		TestPublisher<ModelEvent> model = TestPublisher.create();
		StepVerifier.create(this.writer.write(model.flux()))
			.then(() -> model.next(text("0123456789"), text("0123456789 and more")))
			.expectComplete()
			.verify(LIMIT);
		model.assertCancelled();
		assertThat(transcript().content()).isEqualTo("01234567890123456789");
		assertThat(transcript().last().data().get("finishReason").asString()).isEqualTo("length");
	}

	@Test
	void theLimitDoesNotCutAPairOfSurrogates() {
		assertThat(write(Flux.just(text("0123456789012345678\ud83d\ude00"))).content())
			.isEqualTo("0123456789012345678");
	}

	@Test
	void aFailureAfterTextKeepsTheText() {
		UpstreamException broken = new UpstreamException(new UpstreamFailure(UpstreamFailure.Kind.INTERRUPTED), "cut",
				null);
		SseTranscript transcript = write(Flux.concat(Flux.just(text("so far")), Flux.error(broken)));
		assertThat(transcript.content()).isEqualTo("so far");
		assertThat(transcript.last().data().get("code").asString()).isEqualTo("interrupted");
		assertThat(this.kept.last().state()).isEqualTo(AnswerState.INTERRUPTED);
		assertThat(this.kept.last().content()).isEqualTo("so far");
	}

	@Test
	void aDefectOfOursIsAnErrorThatTellsNothing() {
		SseTranscript transcript = write(Flux.error(new IllegalStateException("secret detail")));
		assertThat(transcript.names()).containsExactly("start", "error");
		assertThat(transcript.last().data().toString()).contains("\"internal\"").doesNotContain("secret");
		assertThat(this.kept.last().state()).isEqualTo(AnswerState.FAILED);
	}

	@Test
	void anAnswerThatIsHandedOverIsStoredAndItsStreamHasNoEnd() {
		TestPublisher<ModelEvent> model = TestPublisher.create();
		StepVerifier.create(this.writer.write(model.flux()))
			.then(() -> model.next(text("so **f")))
			.then(() -> StepVerifier.create(this.log.requestEnd(EndRequest.HAND_OVER)).expectComplete().verify(LIMIT))
			.expectComplete()
			.verify(LIMIT);
		model.assertCancelled();
		assertThat(transcript().content()).isEqualTo("so **f");
		assertThat(transcript().names()).doesNotContain("complete", "error");
		assertThat(this.log.status().state()).isEqualTo(StreamState.HANDED_OVER);
		assertThat(this.kept.last()).returns(AnswerState.INTERRUPTED, Answer::state).returns("so **f", Answer::content);
	}

	@Test
	void anAnswerWhoseReaderCannotComeBackIsInterruptedInsteadOfHandedOver() {
		TestPublisher<ModelEvent> model = TestPublisher.create();
		this.recorder.stayHere();
		StepVerifier.create(this.writer.write(model.flux()))
			.then(() -> model.next(text("so far")))
			.then(() -> StepVerifier.create(this.log.requestEnd(EndRequest.HAND_OVER)).expectComplete().verify(LIMIT))
			.expectComplete()
			.verify(LIMIT);
		assertThat(transcript().last().data().get("status").asString()).isEqualTo("error");
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HAND_OVER")
	void aRequestToEndClosesUpstreamAndSaysWhy(EndRequest request) {
		TestPublisher<ModelEvent> model = TestPublisher.create();
		StepVerifier.create(this.writer.write(model.flux()))
			.then(() -> model.next(text("so far")))
			.then(() -> StepVerifier.create(this.log.requestEnd(request)).expectComplete().verify(LIMIT))
			.expectComplete()
			.verify(LIMIT);
		model.assertCancelled();
		assertThat(transcript().content()).isEqualTo("so far");
		assertThat(transcript().last().data().get("status").asString())
			.isEqualTo((request == EndRequest.STOP) ? "stopped" : "error");
		assertThat(this.kept.last().state())
			.isEqualTo((request == EndRequest.STOP) ? AnswerState.STOPPED : AnswerState.INTERRUPTED);
	}

	@Test
	void anEndThatCannotBeKeptIsStillTold() {
		this.kept.broken = true;
		assertThat(write(Flux.just(text("hi"), FINISHED)).last().name()).isEqualTo("complete");
	}

	private TurnRun temporary() {
		Turn temporary = new Turn(this.turn.visitor(), this.turn.conversation(), this.turn.questionId(), "hi",
				this.turn.answerId(), List.of(), 0, ConversationSettings.NONE, true, ASKED, null);
		DraftSaver saver = new DraftSaver(this.kept, temporary, this.answer, ModelCall.free());
		TurnEvents plain = new TurnEvents(this.log, this.log.status().subject().id(), temporary, AnswerTexts.plain(),
				this.answer, saver);
		return new TurnRun(this.log, plain, saver, this.pictures);
	}

	@Test
	void theEndOfAnAnswerIsTriedTwice() {
		this.kept.broken = true;
		write(Flux.just(text("hi"), FINISHED));
		assertThat(this.kept.ends).hasValue(2);
	}

	/** A second end could come after the answer has been continued. */
	@Test
	void theEndOfATemporaryAnswerIsNotTriedAgain() {
		this.kept.broken = true;
		StepVerifier.create(temporary().write(Flux.just(text("hi"), FINISHED))).expectComplete().verify(LIMIT);
		assertThat(this.kept.ends).hasValue(1);
	}

	@Test
	void aTemporaryAnswerIsKeptAtItsEndOnly() {
		TestPublisher<ModelEvent> model = TestPublisher.create();
		StepVerifier.withVirtualTime(() -> temporary().write(model.flux()))
			.expectSubscription()
			.then(() -> model.next(text("so far")))
			.thenAwait(Duration.ofSeconds(2))
			.then(() -> model.emit(FINISHED))
			.expectComplete()
			.verify(LIMIT);
		assertThat(this.kept.parts).isEmpty();
		assertThat(this.kept.last().content()).isEqualTo("so far");
	}

	@Test
	void aGrowingAnswerIsKeptBeforeItsEnd() {
		TestPublisher<ModelEvent> model = TestPublisher.create();
		TurnEvents plain = new TurnEvents(this.log, this.log.status().subject().id(), this.turn, AnswerTexts.plain(),
				this.answer, this.keeper);
		StepVerifier.withVirtualTime(() -> new TurnRun(this.log, plain, this.keeper, this.pictures).write(model.flux()))
			.expectSubscription()
			.then(() -> model.next(text("so far")))
			.thenAwait(Duration.ofSeconds(2))
			.then(() -> assertThat(this.kept.parts).containsExactly("so far"))
			.then(() -> model.next(text(" and more")))
			.thenAwait(Duration.ofSeconds(2))
			.then(() -> assertThat(this.kept.parts).containsExactly("so far", " and more"))
			.then(() -> model.emit(FINISHED))
			.expectComplete()
			.verify(LIMIT);
		assertThat(this.kept.last().content()).isEqualTo("so far and more");
	}

	@Test
	void writtenPartOfAnAnswerIsRenderedOnARenderingThread() {
		Answer written = new Answer(AnswerState.STREAMING, "*so* far", "", Source.OPENROUTER, "acme/asked", null, null,
				null, null, null);
		WatchedText text = new WatchedText(rendered().content());
		write(continued(written), texts(text), new AnswerDraft(ASKED, 40, written),
				Flux.just(text(", and more"), FINISHED));
		assertThat(text.threads.get(0)).startsWith("markdown");
		assertThat(transcript().html()).isEqualTo("<p><em>so</em> far, and more</p>\n");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2000 })
	void theFirstEventHasTheQuestionAsHtml(int words) {
		String question = "*word* ".repeat(words);
		Turn asked = new Turn(this.turn.visitor(), this.turn.conversation(), this.turn.questionId(), question,
				this.turn.answerId(), List.of(), 0, ConversationSettings.NONE, false, ASKED, null);
		write(asked, rendered(), new AnswerDraft(ASKED, 20, null), Flux.just(text("So"), FINISHED));
		assertThat(transcript().names()).containsExactly("start", "message", "complete");
		assertThat(transcript().events().get(0).data().get("questionHtml").asString())
			.isEqualTo(MarkdownRenderer.render(question));
	}

	private Turn continued(Answer written) {
		return new Turn(this.turn.visitor(), this.turn.conversation(), this.turn.questionId(), "hi",
				this.turn.answerId(), List.of(), 0, ConversationSettings.NONE, false, ASKED, written);
	}

	@Test
	@Timeout(120)
	void writtenPartOfAnAnswerTakesTurnsWithTheAnswersOfOthers() throws Exception {
		String text = "*so* far ".repeat(8000);
		Answer written = new Answer(AnswerState.STREAMING, text, "", Source.OPENROUTER, "acme/asked", null, null, null,
				null, null);
		TurnEvents events = new TurnEvents(this.log, this.log.status().subject().id(), continued(written), rendered(),
				new AnswerDraft(ASKED, 100_000, written), this.keeper);
		try (BusyRendering others = new BusyRendering("")) {
			CompletableFuture<Void> run = new TurnRun(this.log, events, this.keeper, this.pictures)
				.write(Flux.just(FINISHED))
				.toFuture();
			int ended = others.endUntil(run::isDone);
			assertThat(run).as("before the others").isDone();
			assertThat(ended).as("tasks of others between the pieces")
				.isGreaterThanOrEqualTo(TextPieces.of(text).size() - 1);
		}
		assertThat(transcript().content()).isEqualTo(text);
		assertThat(transcript().html()).isEqualTo(MarkdownRenderer.render(text));
	}

	@Test
	void usualPiecesAreRenderedWhereTheyArrive() {
		WatchedText text = new WatchedText(rendered().content());
		text.slow = false;
		write(this.turn, texts(text), new AnswerDraft(ASKED, 40, null),
				Flux.just(text("*so* "), text("far"), FINISHED));
		assertThat(text.threads).containsOnly(Thread.currentThread().getName());
	}

	@Test
	void largePiecesAreRenderedOnAThreadOfTheirOwn() {
		String large = "*large* \ud83d\ude00 ".repeat(10_000);
		WatchedText text = new WatchedText(rendered().content());
		Flux<ModelEvent> pieces = Flux.fromIterable(TextPieces.of(large)).map(TurnRunTests::text);
		write(this.turn, texts(text), new AnswerDraft(ASKED, 200_000, null),
				Flux.concat(pieces, Flux.just(text("end"), FINISHED)));
		assertThat(text.threads).hasSizeGreaterThan(5);
		assertThat(text.threads).allMatch((thread) -> thread.startsWith("markdown"));
		assertThat(transcript().content()).isEqualTo(large + "end");
		assertThat(transcript().html()).isEqualTo(MarkdownRenderer.render(large + "end"));
		assertThat(transcript().last().name()).isEqualTo("complete");
	}

	@Test
	void aLargePieceBeyondTheLimitIsCutAndUpstreamClosed() {
		TestPublisher<ModelEvent> model = TestPublisher.create();
		TurnEvents cut = new TurnEvents(this.log, this.log.status().subject().id(), this.turn, rendered(),
				new AnswerDraft(ASKED, 40_000, null), this.keeper);
		StepVerifier.create(new TurnRun(this.log, cut, this.keeper, this.pictures).write(model.flux()))
			.then(() -> model.next(text("a b ".repeat(25_000))))
			.expectComplete()
			.verify(LIMIT);
		model.assertCancelled();
		assertThat(transcript().content()).hasSize(40_000);
		assertThat(transcript().last().data().get("finishReason").asString()).isEqualTo("length");
	}

	@Test
	void aFailureRightAfterALargePieceKeepsAllOfIt() {
		String large = "*large* ".repeat(10_000);
		write(this.turn, rendered(), new AnswerDraft(ASKED, 200_000, null),
				Flux.concat(Flux.just(text(large), text("end")), Flux.error(new IllegalStateException("broken"))));
		assertThat(transcript().content()).isEqualTo(large + "end");
		assertThat(transcript().last().name()).isEqualTo("error");
	}

	private static AnswerTexts texts(AnswerText content) {
		return new AnswerTexts(rendered().reasoning(), content, true);
	}

	private void write(Turn turn, AnswerTexts texts, AnswerDraft record, Flux<ModelEvent> model) {
		TurnEvents watched = new TurnEvents(this.log, this.log.status().subject().id(), turn, texts, record,
				this.keeper);
		StepVerifier.create(new TurnRun(this.log, watched, this.keeper, this.pictures).write(model))
			.expectComplete()
			.verify(LIMIT);
	}

	/** Renders, and records the threads. */
	private static final class WatchedText implements AnswerText {

		private final AnswerText text;

		private final List<String> threads = new CopyOnWriteArrayList<>();

		/**
		 * Whether costly text counts as costly; false for tests that a slow first
		 * rendering must not affect.
		 */
		private boolean slow = true;

		WatchedText(AnswerText text) {
			this.text = text;
		}

		@Override
		public @Nullable TextDelta append(String delta) {
			this.threads.add(Thread.currentThread().getName());
			return this.text.append(delta);
		}

		@Override
		public boolean isCostly(int length) {
			return this.slow && this.text.isCostly(length);
		}

		@Override
		public boolean isWaiting() {
			return this.text.isWaiting();
		}

		@Override
		public Duration longestPause() {
			return this.text.longestPause();
		}

		@Override
		public @Nullable TextDelta flush() {
			return this.text.flush();
		}

		@Override
		public @Nullable TextDelta finish() {
			return this.text.finish();
		}

		@Override
		public void restart() {
			this.text.restart();
		}

	}

	/** Records what should be stored. */
	private static final class Kept implements TurnStore {

		private final List<Answer> answers = new CopyOnWriteArrayList<>();

		private final List<String> parts = new CopyOnWriteArrayList<>();

		private final AtomicInteger ends = new AtomicInteger();

		private boolean broken;

		@Override
		public void created(Visitor visitor) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Mono<Turn> begin(Visitor visitor, Question question, TurnPlanner planner) {
			return Mono.error(new UnsupportedOperationException());
		}

		@Override
		public Mono<Turn> resume(Visitor visitor, MessageId answer, TurnPlanner planner) {
			return Mono.error(new UnsupportedOperationException());
		}

		@Override
		public Mono<Void> append(Turn turn, AnswerDelta part) {
			return kept(() -> this.parts.add(part.content()));
		}

		@Override
		public Mono<Void> attach(Turn turn, Attachment picture) {
			return Mono.error(new UnsupportedOperationException());
		}

		@Override
		public Mono<Void> end(Turn turn, Answer answer, @Nullable Expense expense) {
			this.ends.incrementAndGet();
			return kept(() -> this.answers.add(answer));
		}

		private Mono<Void> kept(Runnable keep) {
			return this.broken ? Mono.error(new IllegalStateException("the database is down"))
					: Mono.fromRunnable(keep);
		}

		Answer last() {
			return this.answers.get(this.answers.size() - 1);
		}

	}

}
