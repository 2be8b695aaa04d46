package dev.runnel.conversation.store;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerDelta;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.ConversationChange;
import dev.runnel.conversation.ConversationDeleted;
import dev.runnel.conversation.ConversationFilter;
import dev.runnel.conversation.ConversationHead;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.ConversationLength;
import dev.runnel.conversation.ConversationPage;
import dev.runnel.conversation.ConversationSettings;
import dev.runnel.conversation.Conversations;
import dev.runnel.conversation.ImportedConversation;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.Preset;
import dev.runnel.conversation.Presets;
import dev.runnel.conversation.Question;
import dev.runnel.conversation.SearchHit;
import dev.runnel.conversation.SearchHit.Snippet;
import dev.runnel.conversation.SearchPage;
import dev.runnel.conversation.Turn;
import dev.runnel.conversation.TurnPlanner;
import dev.runnel.conversation.TurnStore;
import dev.runnel.upstream.Citation;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.Origin;
import dev.runnel.upstream.Prompt;
import dev.runnel.upstream.ReasoningEffort;
import dev.runnel.upstream.Role;
import dev.runnel.upstream.Source;
import dev.runnel.upstream.UpstreamFailure;
import dev.runnel.upstream.Usage;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.core.io.ClassPathResource;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract of conversations for every database.
 */
@Timeout(120)
abstract class ConversationsContract {

	private static final Usage USAGE = new Usage(12L, 34L, 5L, 6L, new BigDecimal("0.000123"));

	private static final ConversationSettings SETTINGS = new ConversationSettings("acme/chat-1", "Be brief. ü", 0.5,
			0.9, 100, ReasoningEffort.LOW, true);

	/** New visitors for each test, so that tests can share a database. */
	private final Visitor ann = new Visitor("ann-" + UUID.randomUUID());

	private final Visitor bob = new Visitor("bob-" + UUID.randomUUID());

	abstract Storage storage();

	private TurnStore turns() {
		return storage().turns();
	}

	private Conversations conversations() {
		return storage().conversations();
	}

	private Turn ask(@Nullable Turn before, @Nullable MessageId parent, String text) {
		return ask((before != null) ? before.conversation() : null, parent, text, 100_000);
	}

	private Turn ask(@Nullable ConversationId conversation, @Nullable MessageId parent, String text, int room) {
		return Storage
			.get(turns().begin(this.ann, new Question(conversation, parent, text, false), Storage.plan(room)));
	}

	private Turn exchange(@Nullable Turn before, String question, String answer) {
		return answered(ask(before, null, question), answer);
	}

	private Turn answered(Turn turn, String answer) {
		Storage.done(turns().end(turn, answer(AnswerState.COMPLETE, answer)));
		return turn;
	}

	private static Answer answer(AnswerState state, String content) {
		return new Answer(state, content, "Hm.", Source.OPENROUTER, "acme/chat-1", "Acme", FinishReason.STOP, USAGE,
				Duration.ofMillis(123), Duration.ofMillis(2000), Duration.ofMillis(4567));
	}

	private static List<String> texts(Turn turn) {
		return turn.history().stream().map(Prompt.Message::content).toList();
	}

	private List<Message> messages(Turn turn) {
		return Storage.all(conversations().messages(this.ann, turn.conversation()));
	}

	private ConversationHead head(Turn turn) {
		return Storage.get(conversations().head(this.ann, turn.conversation()));
	}

	private static void refused(Mono<?> mono, String code) {
		StepVerifier.create(mono)
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(ProblemException.class,
					(problem) -> assertThat(problem.code()).isEqualTo(code)))
			.verify(Storage.LIMIT);
	}

	// Continuing a conversation

	@Test
	void aQuestionIsKeptBeforeItsAnswer() {
		Turn turn = ask(null, null, "What is a runnel?\nPlease.");
		assertThat(messages(turn)).extracting(Message::content).containsExactly("What is a runnel?\nPlease.", "");
		assertThat(messages(turn).get(1).answer()).isEqualTo(Answer.begun(Storage.ASKED));
		assertThat(turn.origin()).isEqualTo(Storage.ASKED);
		assertThat(head(turn)).returns("What is a runnel?", ConversationHead::title)
			.returns(turn.answerId(), ConversationHead::current)
			.returns(false, ConversationHead::titledByHand);
	}

	@Test
	void allThatIsKnownOfAnAnswerIsKept() {
		Turn turn = exchange(null, "q", "A *small* stream. 😀");
		Message kept = messages(turn).get(1);
		assertThat(kept.answer()).isEqualTo(answer(AnswerState.COMPLETE, "A *small* stream. 😀"));
		assertThat(kept).returns(turn.questionId(), Message::parent).returns(Role.ASSISTANT, Message::role);
	}

	@Test
	void idsSortByTime() {
		Turn turn = exchange(null, "q", "a");
		assertThat(turn.conversation().value().version()).isEqualTo(7);
		assertThat(turn.questionId().toString()).isLessThan(turn.answerId().toString());
	}

	@Test
	void replacesCharactersThatDatabasesCannotStore() {
		Turn turn = exchange(null, "a\0b\ud800", "c\0d");
		assertThat(messages(turn)).extracting(Message::content).containsExactly("a\ufffdb\ufffd", "c\ufffdd");
	}

	@Test
	void aGrowingAnswerIsReadAsFarAsItIsKept() {
		Turn turn = ask(null, null, "q");
		Storage.done(turns().append(turn, new AnswerDelta("so ", "think")));
		Storage.done(turns().append(turn, new AnswerDelta("far", "ing")));
		assertThat(messages(turn).get(1).answer()).returns("so far", Answer::content)
			.returns("thinking", Answer::reasoning)
			.returns(AnswerState.STREAMING, Answer::state);
		answered(turn, "so far, so good");
		assertThat(messages(turn).get(1).content()).isEqualTo("so far, so good");
	}

	@Test
	void aPartMayReplaceTheEarlierOnes() {
		Turn turn = ask(null, null, "q");
		Storage.done(turns().append(turn, new AnswerDelta("Hm", "")));
		Storage.done(turns().append(turn, new AnswerDelta(", well", "")));
		Storage.done(turns().append(turn, new AnswerDelta("So ", "Hm, well", null, true)));
		Storage.done(turns().append(turn, new AnswerDelta("far", "")));
		assertThat(messages(turn).get(1).answer()).returns("So far", Answer::content)
			.returns("Hm, well", Answer::reasoning)
			.returns(AnswerState.STREAMING, Answer::state);
	}

	@Test
	void aGrowingAnswerIsOfWhoWritesIt() {
		Turn turn = ask(null, null, "q");
		Origin named = new Origin(Source.OPENROUTER, "acme/chat-1", "Acme");
		Storage.done(turns().append(turn, new AnswerDelta("so ", "", named)));
		Storage.done(turns().append(turn, new AnswerDelta("far", "")));
		assertThat(messages(turn).get(1).answer()).returns("so far", Answer::content)
			.returns(Source.OPENROUTER, Answer::source)
			.returns("acme/chat-1", Answer::model)
			.returns("Acme", Answer::provider);
	}

	@Test
	void theMockTakesOverBeforeItsFirstWord() {
		Turn turn = ask(null, null, "q");
		Storage.done(turns().append(turn, new AnswerDelta("", "", Origin.MOCK)));
		assertThat(messages(turn).get(1).answer()).isEqualTo(Answer.begun(Origin.MOCK));
		Storage.done(turns().append(turn, new AnswerDelta("mock", "")));
		assertThat(messages(turn).get(1).answer()).returns("mock", Answer::content)
			.returns(Source.MOCK, Answer::source);
	}

	@Test
	void whyTheMockTookOverIsKeptUntilAModelGoesOn() {
		Origin mock = Origin.mock(UpstreamFailure.Kind.CREDITS);
		Turn turn = ask(null, null, "q");
		Storage.done(turns().append(turn, new AnswerDelta("", "", mock)));
		assertThat(messages(turn).get(1).answer()).isEqualTo(Answer.begun(mock));
		Storage.done(turns().end(turn, Answer.begun(mock).withState(AnswerState.INTERRUPTED)));
		assertThat(messages(turn).get(1).answer()).returns(UpstreamFailure.Kind.CREDITS, Answer::fallback);
		resume(turn);
		assertThat(messages(turn).get(1).answer()).returns(null, Answer::fallback);
	}

	@Test
	void anAnswerThatGoesOnIsOfWhoGoesOnWithIt() {
		Turn cut = ask(null, null, "q");
		Storage.done(turns().end(cut, Answer.begun(Origin.MOCK).withState(AnswerState.INTERRUPTED)));
		assertThat(messages(cut).get(1).answer()).returns(Source.MOCK, Answer::source);
		resume(cut);
		assertThat(messages(cut).get(1).answer()).returns(AnswerState.STREAMING, Answer::state)
			.returns(Source.OPENROUTER, Answer::source)
			.returns("acme/asked", Answer::model);
	}

	@Test
	void theNextQuestionKnowsAnAnswerThatHasJustEnded() {
		Turn first = ask(null, null, "q1");
		Mono<Void> end = turns().end(first, answer(AnswerState.COMPLETE, "a1"));
		StepVerifier
			.create(Flux.merge(end.then(Mono.empty()),
					Mono.defer(() -> turns().begin(this.ann, new Question(first.conversation(), null, "q2", false),
							Storage.plan(100)))))
			.assertNext((turn) -> assertThat(texts(turn)).containsExactly("q1", "a1"))
			.expectComplete()
			.verify(Storage.LIMIT);
	}

	@Test
	void earlierTurnsComeOldestFirst() {
		Turn first = exchange(null, "q1", "a1");
		exchange(first, "q2", "a2");
		assertThat(texts(ask(first, null, "q3"))).containsExactly("q1", "a1", "q2", "a2");
	}

	@Test
	void wholeTurnsThatDoNotFitAreLeftOutAndCounted() {
		Turn first = exchange(null, "q1", "a1".repeat(50));
		exchange(first, "q2", "a2".repeat(30));
		exchange(first, "q3", "a3");
		Turn last = ask(first.conversation(), null, "q4", 50);
		assertThat(texts(last)).containsExactly("q3", "a3");
		assertThat(last.omitted()).isEqualTo(4);
	}

	@Test
	void longBranchesAreWalkedToTheirBeginning() {
		Turn turn = exchange(null, "q0", "a0");
		for (int i = 1; i < 70; i++) {
			exchange(turn, "q" + i, "a" + i);
		}
		Turn last = ask(turn, null, "last");
		assertThat(texts(last)).hasSize(140).startsWith("q0", "a0").endsWith("q69", "a69");
		assertThat(messages(turn)).hasSize(142);
	}

	@Test
	void aQuestionWithoutAnAnswerIsNoTurn() {
		Turn first = exchange(null, "q1", "");
		assertThat(texts(ask(first, null, "q2"))).isEmpty();
	}

	// Branches

	@Test
	void anEarlierAnswerAsParentMakesABranch() {
		Turn first = exchange(null, "q1", "a1");
		exchange(first, "q2", "a2");
		Turn branch = ask(first, first.answerId(), "q2b");
		assertThat(texts(branch)).containsExactly("q1", "a1");
		assertThat(head(first).current()).isEqualTo(branch.answerId());
		answered(branch, "a2b");
		assertThat(texts(ask(first, null, "q3"))).containsExactly("q1", "a1", "q2b", "a2b");
	}

	@Test
	void theSameQuestionAgainGetsOneMoreAnswer() {
		Turn first = exchange(null, "q1", "a1");
		Turn second = exchange(first, "q2", "a2");
		Turn again = answered(ask(first, second.questionId(), "q2"), "a2b");
		assertThat(again.questionId()).isEqualTo(second.questionId());
		assertThat(texts(again)).containsExactly("q1", "a1");
		assertThat(messages(first)).extracting(Message::content).containsExactly("q1", "a1", "q2", "a2", "a2b");
	}

	@Test
	void anotherTextTakesThePlaceOfTheQuestion() {
		Turn first = exchange(null, "q1", "a1");
		Turn edited = answered(ask(first, first.questionId(), "q1, really"), "b1");
		assertThat(texts(edited)).isEmpty();
		assertThat(messages(first)).extracting(Message::content).containsExactly("q1", "a1", "q1, really", "b1");
		assertThat(messages(first)).extracting(Message::parent)
			.containsExactly(null, first.questionId(), null, edited.questionId());
	}

	@Test
	void choosingAMessageShowsTheNewestBelowIt() {
		Turn first = exchange(null, "q1", "a1");
		Turn second = exchange(first, "q2", "a2");
		Turn branch = answered(ask(first, first.questionId(), "q1b"), "b1");
		assertThat(change(first, new ConversationChange(null, null, first.questionId(), null)).current())
			.isEqualTo(second.answerId());
		assertThat(change(first, new ConversationChange(null, null, branch.answerId(), null)).current())
			.isEqualTo(branch.answerId());
		refused(conversations().change(this.ann, first.conversation(),
				new ConversationChange(null, null, new MessageId(UUID.randomUUID()), null)), "not_found");
	}

	private ConversationHead change(Turn turn, ConversationChange change) {
		return Storage.get(conversations().change(this.ann, turn.conversation(), change));
	}

	@Test
	void manyAskInOneConversationAtOnce() {
		Turn first = exchange(null, "q", "a");
		List<Turn> turns = Storage.all(Flux.range(0, 20)
			.flatMap((i) -> turns().begin(this.ann,
					new Question(first.conversation(), first.answerId(), "q" + i, false), Storage.plan(100))));
		assertThat(turns).extracting(Turn::answerId).doesNotHaveDuplicates();
		assertThat(messages(first)).hasSize(42);
	}

	// Continuing an answer

	@ParameterizedTest
	@ValueSource(strings = { "STOPPED", "INTERRUPTED" })
	void anAnswerThatWasCutOffGoesOn(String state) {
		Turn first = exchange(null, "q1", "a1");
		Turn cut = ask(first, null, "q2");
		Storage.done(turns().append(cut, new AnswerDelta("half", "")));
		Storage.done(turns().end(cut, answer(AnswerState.valueOf(state), "half of")));
		Turn resumed = resume(cut);
		assertThat(resumed.writtenSoFar()).returns("half of", Answer::content);
		assertThat(resumed.question()).isEqualTo("q2");
		assertThat(texts(resumed)).containsExactly("q1", "a1");
		Storage.done(turns().append(resumed, new AnswerDelta(" it", "")));
		assertThat(messages(first).get(3).content()).isEqualTo("half of it");
		refused(turns().resume(this.ann, cut.answerId(), Storage.plan(100)), "invalid_request");
		answered(resumed, "half of it all");
		assertThat(messages(first)).hasSize(4);
		assertThat(messages(first).get(3).content()).isEqualTo("half of it all");
	}

	private Turn resume(Turn cut) {
		return Storage.get(turns().resume(this.ann, cut.answerId(), Storage.plan(1000)));
	}

	@Test
	void onlyWhatWasCutOffGoesOn() {
		Turn whole = exchange(null, "q", "a");
		refused(turns().resume(this.ann, whole.answerId(), Storage.plan(100)), "invalid_request");
		refused(turns().resume(this.ann, whole.questionId(), Storage.plan(100)), "not_found");
		refused(turns().resume(this.bob, whole.answerId(), Storage.plan(100)), "not_found");
		Turn limited = ask(null, null, "q");
		Answer full = new Answer(AnswerState.COMPLETE, "a", "", Source.OPENROUTER, null, null, FinishReason.LENGTH,
				null, null, null);
		Storage.done(turns().end(limited, full));
		assertThat(resume(limited).writtenSoFar()).isEqualTo(full);
	}

	@Test
	void anErrorOfThePlannerIsNoErrorOfTheDatabase() {
		TurnPlanner broken = (settings, length, written) -> {
			throw new IllegalStateException("no plan");
		};
		Turn turn = ask(null, null, "q");
		Storage.done(turns().end(turn, answer(AnswerState.STOPPED, "half")));
		notPlanned(turns().begin(this.ann, new Question(null, null, "q", false), broken));
		notPlanned(turns().begin(this.ann, new Question(turn.conversation(), null, "q", false), broken));
		notPlanned(turns().resume(this.ann, turn.answerId(), broken));
		assertThat(messages(turn)).hasSize(2);
		assertThat(resume(turn).writtenSoFar()).returns("half", Answer::content);
	}

	private static void notPlanned(Mono<Turn> turn) {
		StepVerifier.create(turn)
			.expectErrorSatisfies(
					(ex) -> assertThat(ex).isInstanceOf(IllegalStateException.class).hasMessage("no plan"))
			.verify(Storage.LIMIT);
	}

	// Data of earlier versions

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-",
			value = { "the model's words | - | OPENROUTER", "- | The model thinks | OPENROUTER",
					"## This is | - | MOCK", "## This is a mock answer and more | The message asks | MOCK",
					"- | The message asks to | MOCK", "- | - | MOCK", "## This is a story | - | OPENROUTER" })
	void anAnswerThatWasCalledTheMocksIsOfWhoWroteIt(@Nullable String content, @Nullable String reasoning,
			Source source) throws Exception {
		String text = (content != null) ? content : "";
		String thought = (reasoning != null) ? reasoning : "";
		Turn running = ask(null, null, "q");
		Storage.done(turns().append(running, new AnswerDelta(text, thought)));
		Turn ended = ask(null, null, "q");
		Storage.done(turns().end(ended,
				new Answer(AnswerState.INTERRUPTED, text, thought, Source.MOCK, null, null, null, null, null, null)));
		migrateFromEarlier(running);
		assertThat(messages(running).get(1).answer().source()).isEqualTo(source);
		assertThat(messages(ended).get(1).answer().source()).isEqualTo(source);
	}

	private void migrateFromEarlier(Turn running) throws Exception {
		boolean postgres = storage().bean(Database.class).isPostgres();
		String script = new ClassPathResource(
				"db/migration/" + (postgres ? "postgresql" : "h2") + "/V3__answers_of_models.sql")
			.getContentAsString(StandardCharsets.UTF_8);
		DatabaseClient client = DatabaseClient.create(storage().bean(DatabaseConnections.class));
		Storage.done(client.sql("update message set source = 'MOCK', model = null where id = :id")
			.bind("id", running.answerId().value())
			.then());
		for (String statement : script.split(";")) {
			if (!statement.isBlank()) {
				Storage.done(client.sql(statement).then());
			}
		}
	}

	// Owners

	@Test
	void anothersConversationDoesNotExist() {
		Turn turn = exchange(null, "secretword", "a");
		ConversationId id = turn.conversation();
		refused(turns().begin(this.bob, new Question(id, null, "x", false), Storage.plan(10)), "not_found");
		refused(conversations().head(this.bob, id), "not_found");
		refused(conversations().messages(this.bob, id).collectList(), "not_found");
		refused(conversations().delete(this.bob, id), "not_found");
		refused(conversations().change(this.bob, id, new ConversationChange("x", null, null, null)), "not_found");
		assertThat(Storage.get(conversations().list(this.bob, ConversationFilter.ALL, null, 10)).conversations())
			.isEmpty();
		assertThat(Storage.all(conversations().all(this.bob))).isEmpty();
		found(this.ann, "secretword", (hits) -> assertThat(hits).hasSize(1));
		found(this.bob, "secretword", (hits) -> assertThat(hits).isEmpty());
	}

	@Test
	void anUnknownConversationLooksTheSame() {
		ConversationId unknown = new ConversationId(UUID.randomUUID());
		refused(turns().begin(this.ann, new Question(unknown, null, "x", false), Storage.plan(10)), "not_found");
		refused(conversations().head(this.ann, unknown), "not_found");
		refused(conversations().delete(this.ann, unknown), "not_found");
	}

	@Test
	void aParentInAnotherConversationIsUnknown() {
		Turn other = exchange(null, "q", "a");
		Turn turn = exchange(null, "q", "a");
		refused(turns().begin(this.ann, new Question(turn.conversation(), other.answerId(), "x", false),
				Storage.plan(10)), "not_found");
	}

	@Test
	void nothingOfATemporaryConversationIsStored() {
		Turn turn = Storage.get(turns().begin(this.ann, new Question(null, null, "q1", true), Storage.plan(100)));
		answered(turn, "a1");
		Turn next = ask(turn, null, "q2");
		assertThat(texts(next)).containsExactly("q1", "a1");
		assertThat(next.temporary()).isTrue();
		refused(conversations().head(this.ann, turn.conversation()), "not_found");
		refused(turns().begin(this.bob, new Question(turn.conversation(), null, "x", true), Storage.plan(10)),
				"not_found");
	}

	// The list

	@Test
	void theListIsPagedNewestFirst() {
		List<ConversationId> asked = new ArrayList<>();
		for (int i = 0; i < 7; i++) {
			asked.add(0, exchange(null, "q" + i, "a").conversation());
		}
		List<ConversationId> listed = new ArrayList<>();
		String cursor = null;
		do {
			ConversationPage page = Storage.get(conversations().list(this.ann, ConversationFilter.ALL, cursor, 3));
			assertThat(page.conversations()).hasSizeBetween(1, 3);
			page.conversations().forEach((head) -> listed.add(head.id()));
			cursor = page.nextCursor();
			exchange(null, "meanwhile", "a");
		}
		while (cursor != null);
		assertThat(listed).containsExactlyElementsOf(asked);
	}

	@Test
	void askingMovesAConversationToTheTop() {
		Turn old = exchange(null, "old", "a");
		Turn later = exchange(null, "later", "a");
		Awaitility.await().until(() -> Instant.now().toEpochMilli() > head(later).updatedAt().toEpochMilli());
		exchange(old, "again", "a");
		assertThat(list(ConversationFilter.ALL)).extracting(ConversationHead::id)
			.containsExactly(old.conversation(), later.conversation());
	}

	private List<ConversationHead> list(ConversationFilter filter) {
		return Storage.get(conversations().list(this.ann, filter, null, 100)).conversations();
	}

	@Test
	void pinnedOnesCanBeListedAlone() {
		Turn pinned = exchange(null, "pinned", "a");
		Turn plain = exchange(null, "plain", "a");
		assertThat(change(pinned, new ConversationChange(null, true, null, null)).pinned()).isTrue();
		assertThat(list(ConversationFilter.PINNED)).extracting(ConversationHead::id)
			.containsExactly(pinned.conversation());
		assertThat(list(ConversationFilter.UNPINNED)).extracting(ConversationHead::id)
			.containsExactly(plain.conversation());
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "", "zzzzzzzzzz-00000000-0000-0000-0000-000000000000", "1-2-3", "' or 1=1 --" })
	void aCursorThatWasNotGivenOutIsRefused(String cursor) {
		refused(conversations().list(this.ann, ConversationFilter.ALL, cursor, 10), "invalid_request");
		refused(conversations().search(this.ann, "x", cursor, 10), "invalid_request");
	}

	@Test
	void aCursorFarAwayIsHarmless() {
		String far = "zzzzzzzzz-ffffffff-ffff-ffff-ffff-ffffffffffff";
		exchange(null, "q", "a");
		assertThat(Storage.get(conversations().list(this.ann, ConversationFilter.ALL, far, 10)).conversations())
			.hasSize(1);
	}

	// Reading

	@Test
	void longMessagesAreReadOneAtATimeAndOnlyForWhoTakesThem() {
		CountingConnections connections = new CountingConnections(storage().bean(DatabaseConnections.class));
		MessagePages pages = new MessagePages(connections.database(storage().bean(Database.class).isPostgres()));
		List<String> texts = Stream.of("a", "b", "c", "d", "e", "f").map((text) -> text.repeat(200_000)).toList();
		ConversationId id = Storage.get(conversations().add(this.ann, imported(texts)));
		StepVerifier.create(pages.read(id).map(Message::content), 1)
			.expectNext(texts.get(0))
			.thenRequest(1)
			.expectNext(texts.get(1))
			.then(() -> assertQuietAt(connections, 1 + 2 + 1))
			.thenRequest(Long.MAX_VALUE)
			.expectNextSequence(texts.subList(2, 6))
			.expectComplete()
			.verify(Storage.LIMIT);
		assertThat(connections.taken()).isEqualTo(1 + 6);
	}

	/**
	 * Checks that reading stops after this many queries: the lengths, the consumed pages,
	 * and one more page.
	 */
	private static void assertQuietAt(CountingConnections connections, int most) {
		Awaitility.await()
			.during(Duration.ofMillis(300))
			.atMost(Storage.LIMIT)
			.until(() -> connections.taken() >= 3 && connections.taken() <= most);
	}

	@Test
	void shortMessagesAreReadManyAtATime() {
		CountingConnections connections = new CountingConnections(storage().bean(DatabaseConnections.class));
		MessagePages pages = new MessagePages(connections.database(storage().bean(Database.class).isPostgres()));
		List<String> texts = IntStream.range(0, 401).mapToObj((i) -> "text " + i).toList();
		ConversationId id = Storage.get(conversations().add(this.ann, imported(texts)));
		assertThat(Storage.all(pages.read(id))).extracting(Message::content).containsExactlyElementsOf(texts);
		assertThat(connections.taken()).isEqualTo(2 * 3);
	}

	@Test
	void theLengthOfAConversationIsKnownWithoutReadingIt() {
		Turn running = ask((Turn) null, null, "q");
		assertThat(length(running.conversation())).returns(length(running.conversation()).total(),
				ConversationLength::page);
		assertThat(length(running.conversation()).total()).isLessThan(2000);
		Storage.done(turns().append(running, new AnswerDelta("x".repeat(300_000), "y".repeat(50_000))));
		assertThat(length(running.conversation()).page()).isBetween(350_000L, 352_000L);
		ConversationId many = Storage
			.get(conversations().add(this.ann, imported(Collections.nCopies(9, "x".repeat(50_000)))));
		assertThat(length(many)).returns(250_000L, ConversationLength::page);
		assertThat(length(many).total()).isBetween(450_000L, 460_000L);
		ConversationId one = Storage.get(conversations().add(this.ann, imported(List.of("x".repeat(400_000), "y"))));
		assertThat(length(one)).returns(400_000L, ConversationLength::page);
		assertThat(Storage.get(conversations().length(this.ann)).page()).isBetween(450_000L, 460_000L);
		assertThat(Storage.get(conversations().length(this.bob)).page()).isZero();
		StepVerifier.create(conversations().length(this.bob, many)).expectComplete().verify(Storage.LIMIT);
	}

	private ConversationLength length(ConversationId id) {
		return Storage.get(conversations().length(this.ann, id));
	}

	// Changing

	@Test
	void aTitleGivenByHandIsNeverReplaced() {
		Turn turn = exchange(null, "q", "a");
		assertThat(suggest(turn, "Suggested\ntitle")).isTrue();
		assertThat(head(turn).title()).isEqualTo("Suggested");
		assertThat(change(turn, new ConversationChange("  My\ttitle ", null, null, null)))
			.returns("My title", ConversationHead::title)
			.returns(true, ConversationHead::titledByHand);
		assertThat(suggest(turn, "Another")).isFalse();
		assertThat(head(turn).title()).isEqualTo("My title");
	}

	private boolean suggest(Turn turn, String title) {
		return Storage.get(conversations().suggestTitle(this.ann, turn.conversation(), title));
	}

	@Test
	void onlyTheFirstAnswerOfAModelAsksForATitle() {
		Turn first = ask(null, null, "q");
		Turn beside = ask(first, first.questionId(), "q");
		assertThat(lacksTitle(first)).isTrue();
		assertThat(lacksTitle(answered(beside, "a"))).isFalse();
		Storage.done(turns().end(first, answer(AnswerState.FAILED, "")));
		assertThat(lacksTitle(beside)).isTrue();
		assertThat(Storage.get(conversations().lacksTitle(this.bob, beside.conversation(), beside.answerId())))
			.isFalse();
	}

	@Test
	void noModelIsAskedForATitleBesideThatOfAPerson() {
		Turn turn = exchange(null, "q", "a");
		change(turn, new ConversationChange("Mine", null, null, null));
		assertThat(lacksTitle(turn)).isFalse();
	}

	private boolean lacksTitle(Turn turn) {
		return Storage.get(conversations().lacksTitle(this.ann, turn.conversation(), turn.answerId()));
	}

	@Test
	void badTitlesAreRefused() {
		Turn turn = exchange(null, "q", "a");
		for (String title : List.of("", " \n ", "x".repeat(201))) {
			refused(conversations().change(this.ann, turn.conversation(),
					new ConversationChange(title, null, null, null)), "invalid_request");
		}
	}

	@Test
	void settingsAreKeptAndGivenToTheNextTurn() {
		Turn turn = exchange(null, "q", "a");
		assertThat(change(turn, new ConversationChange(null, null, null, SETTINGS)).settings()).isEqualTo(SETTINGS);
		assertThat(head(turn).settings()).isEqualTo(SETTINGS);
		assertThat(ask(turn, null, "q2").settings()).isEqualTo(SETTINGS);
		change(turn, new ConversationChange(null, null, null, ConversationSettings.NONE));
		assertThat(head(turn).settings()).isEqualTo(ConversationSettings.NONE);
	}

	@Test
	void deletingIsForGoodAndIsTold() {
		Turn turn = ask(null, null, "deletable question");
		Storage.done(turns().append(turn, new AnswerDelta("so far", "")));
		Storage.done(conversations().delete(this.ann, turn.conversation()));
		refused(conversations().head(this.ann, turn.conversation()), "not_found");
		assertThat(storage().deleted()).contains(new ConversationDeleted(this.ann, turn.conversation()));
		Storage.done(turns().append(turn, new AnswerDelta(" late", "")));
		answered(turn, "too late");
		refused(conversations().messages(this.ann, turn.conversation()).collectList(), "not_found");
		found(this.ann, "deletable", (hits) -> assertThat(hits).isEmpty());
	}

	// Searching

	private void found(Visitor visitor, String query, Consumer<List<SearchHit>> assertion) {
		Awaitility.await()
			.atMost(Storage.LIMIT)
			.untilAsserted(
					() -> assertion.accept(Storage.get(conversations().search(visitor, query, null, 10)).hits()));
	}

	@Test
	void aPrefixFindsAndTheHitIsMarked() {
		Turn turn = exchange(null, "tell me", "It is a Wasserfall, said Ämilie-Zoë.");
		exchange(null, "something else", "altogether");
		for (String query : List.of("wasser", "WASSERF", "ämil", "zoë", "a wass")) {
			found(this.ann, query,
					(hits) -> assertThat(hits).singleElement()
						.returns(turn.answerId(), SearchHit::message)
						.returns(turn.conversation(), (hit) -> hit.conversation().id()));
		}
		found(this.ann, "wasser",
				(hits) -> assertThat(hits.get(0).snippet()).containsExactly(new Snippet("It is a ", false),
						new Snippet("Wasserfall", true), new Snippet(", said Ämilie-Zoë.", false)));
		found(this.ann, "fall", (hits) -> assertThat(hits).isEmpty());
	}

	@Test
	void severalWordsAllHaveToBeThere() {
		Turn turn = exchange(null, "red apples", "green pears");
		found(this.ann, "apples red", (hits) -> assertThat(hits).hasSize(1));
		found(this.ann, "pear gree",
				(hits) -> assertThat(hits).singleElement().returns(turn.answerId(), SearchHit::message));
		found(this.ann, "red pears", (hits) -> assertThat(hits).isEmpty());
	}

	@Test
	void aHitQuotesTheQuestionRatherThanItsAnswer() {
		Turn turn = exchange(null, "where do a walrus and a seal live", "The walrus lives on ice, and the seal too.");
		Turn other = exchange(null, "who asks", "the walrus" + " x".repeat(10_000));
		found(this.ann, "walrus", (hits) -> assertThat(hits).extracting(SearchHit::message)
			.containsExactly(other.answerId(), turn.questionId()));
		found(this.ann, "walrus seal",
				(hits) -> assertThat(hits).singleElement()
					.returns(turn.questionId(), SearchHit::message)
					.extracting((hit) -> hit.snippet().get(0).text())
					.isEqualTo("where do a "));
		found(this.ann, "walrus ice",
				(hits) -> assertThat(hits).singleElement().returns(turn.answerId(), SearchHit::message));
		Turn longer = exchange(null, "x ".repeat(10_000) + "orca", "orca");
		Turn next = exchange(longer, "and then", "An orca again.");
		found(this.ann, "orca",
				(hits) -> assertThat(hits).singleElement().returns(next.answerId(), SearchHit::message));
		Turn last = exchange(next, "x ".repeat(10_000) + "orca", "orca");
		found(this.ann, "orca",
				(hits) -> assertThat(hits).singleElement().returns(last.questionId(), SearchHit::message));
	}

	@Test
	void longMessagesAreFoundTogether() {
		for (int i = 0; i < 5; i++) {
			exchange(null, "q", "word ".repeat((i % 2 == 0) ? 36_000 : 1) + "needle " + i);
		}
		found(this.ann, "needle",
				(hits) -> assertThat(hits).hasSize(5)
					.allSatisfy((hit) -> assertThat(hit.snippet()).contains(new Snippet("needle", true)))
					.extracting((hit) -> hit.snippet().get(hit.snippet().size() - 1).text())
					.containsExactly(" 4", " 3", " 2", " 1", " 0"));
	}

	@Test
	void titlesAreFound() {
		Turn turn = exchange(null, "q", "a");
		change(turn, new ConversationChange("Holiday plans", null, null, null));
		found(this.ann, "holi",
				(hits) -> assertThat(hits).singleElement()
					.returns(null, SearchHit::message)
					.returns(List.of(new Snippet("Holiday", true), new Snippet(" plans", false)), SearchHit::snippet));
		change(turn, new ConversationChange("Work", null, null, null));
		found(this.ann, "holi", (hits) -> assertThat(hits).isEmpty());
		found(this.ann, "work", (hits) -> assertThat(hits).hasSize(1));
	}

	@Test
	void aSearchReadsShortTextsTogetherAndLongOnesApart() {
		for (int i = 0; i < 3; i++) {
			exchange(null, "q", "quagga short");
			exchange(null, "q", "quagga long" + " x".repeat(10_000));
		}
		found(this.ann, "quagga", (hits) -> assertThat(hits).hasSize(6));
		CountingConnections connections = new CountingConnections(storage().bean(DatabaseConnections.class));
		Conversations counted = storage()
			.conversations(connections.database(storage().bean(Database.class).isPostgres()));
		assertThat(Storage.get(counted.search(this.ann, "quagga short", null, 10)).hits()).hasSize(3)
			.allSatisfy((hit) -> assertThat(hit.message()).isNotNull());
		assertThat(connections.taken()).isEqualTo(1);
		assertThat(Storage.get(counted.search(this.ann, "quagga", null, 10)).hits()).hasSize(6)
			.allSatisfy((hit) -> assertThat(hit.message()).isNotNull());
		assertThat(connections.taken()).isEqualTo(1 + 1 + 3);
	}

	@Test
	void eachConversationIsFoundOnceNewestFirstInPages() {
		List<ConversationId> asked = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			Turn turn = exchange(null, "marble " + i, "marble and marble");
			exchange(turn, "marbles", "no more");
			asked.add(0, turn.conversation());
		}
		found(this.ann, "marble", (hits) -> assertThat(hits).hasSize(5));
		SearchPage first = Storage.get(conversations().search(this.ann, "marb", null, 3));
		SearchPage second = Storage.get(conversations().search(this.ann, "marb", first.nextCursor(), 3));
		assertThat(first.hits()).hasSize(3);
		assertThat(second.nextCursor()).isNull();
		List<ConversationId> found = new ArrayList<>();
		first.hits().forEach((hit) -> found.add(hit.conversation().id()));
		second.hits().forEach((hit) -> found.add(hit.conversation().id()));
		assertThat(found).containsExactlyElementsOf(asked);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "   ", "' & | !", "%_\\", "***", "\0" })
	void aQueryWithoutWordsFindsNothing(String query) {
		exchange(null, "q", "a");
		assertThat(Storage.get(conversations().search(this.ann, query, null, 10)).hits()).isEmpty();
	}

	@Test
	void wordsAreNoLanguage() {
		Turn turn = exchange(null, "it's a foo_bar:baz & qux | quux !nope", "a");
		for (String query : List.of("it's", "foo_bar", "baz & qux", "!nope", "quux:*", "'nope", "foo\\")) {
			found(this.ann, query,
					(hits) -> assertThat(hits).as(query)
						.singleElement()
						.returns(turn.questionId(), SearchHit::message));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "请修改youer服务端的计划 | 服务端", "请修改youer服务端的计划 | youer", "请修改youer服务端的计划 | youer服务端",
					"请修改youer服务端的计划 | 划", "请修改youer服务端的计划 | 务", "a café there | cafe", "a cafe there | café",
					"the re\u0301sume\u0301 | résumé", "the résumé | re\u0301sume\u0301", "สวัสดีครับ | สวัสดี",
					"สวัสดีครับ | ครับ", "サーバーの設定を変更する | サーバー", "サーバーの設定を変更する | 設定", "ｻｰﾊﾞｰを再起動 | サーバー", "ひらがなで書く | がな",
					"서버의 설정을 바꾼다 | 설정", "대한민국 만세 | 민국", "\u1112\u1161\u11ab\u1100\u116e\u11a8 | 한국",
					"كِتَابٌ مُفِيدٌ | كتاب", "كتاب مفيد | كِتَاب", "إلى المدرسة | الى", "die große Straße | strasse",
					"die grosse Strasse | straße", "über Köln | uber koln", "İstanbul ve Isparta | istanbul",
					"istanbul | İSTANBUL", "ısı | ISI", "ＦＵＬＬ ｗｉｄｔｈ | full", "full width | ｆｕｌｌ", "हिन्दी में | हिन्दी",
					"\u05e9\u05b8\u05dc\u05d5\u05b9\u05dd | \u05e9\u05dc\u05d5\u05dd", "ΣΊΣΥΦΟΣ | σίσυφος",
					"Ёлка | елка", "می\u200cخواهم | میخواهم", "ﬁne | fine" })
	void wordsOfEveryScriptAreFound(String text, String query) {
		Turn turn = exchange(null, "q", decoded(text));
		exchange(null, "something else", "altogether, 天气很好, другой текст");
		String typed = decoded(query);
		found(this.ann, typed, (hits) -> {
			assertThat(hits).singleElement().returns(turn.answerId(), SearchHit::message);
			assertThat(hits.get(0).snippet()).anyMatch(Snippet::hit);
		});
	}

	private static String decoded(String text) {
		return Pattern.compile("\\\\u([0-9a-f]{4})")
			.matcher(text)
			.replaceAll((code) -> Character.toString(Integer.parseInt(code.group(1), 16)));
	}

	@Test
	void titlesOfEveryScriptAreFound() {
		for (String[] pair : new String[][] { { "服务端计划", "服务端" }, { "Café", "cafe" }, { "ครับผม", "ครับ" } }) {
			Turn turn = exchange(null, "q", "a");
			change(turn, new ConversationChange(pair[0], null, null, null));
			found(this.ann, pair[1],
					(hits) -> assertThat(hits).singleElement()
						.returns(turn.conversation(), (hit) -> hit.conversation().id())
						.returns(null, SearchHit::message));
		}
	}

	@Test
	void searchDoesNotFindTemporaryConversations() {
		Turn turn = Storage
			.get(turns().begin(this.ann, new Question(null, null, "服务端 passing", true), Storage.plan(100)));
		answered(turn, "passing");
		exchange(null, "lasting", "a");
		found(this.ann, "lasting", (hits) -> assertThat(hits).hasSize(1));
		for (String query : List.of("服务端", "passing")) {
			assertThat(Storage.get(conversations().search(this.ann, query, null, 10)).hits()).isEmpty();
		}
	}

	// Import and export

	@Test
	void importStoresAllMessages() {
		Instant created = Instant.parse("2020-01-02T03:04:05.678Z");
		Message question = new Message(new MessageId(UUID.randomUUID()), null, Role.USER, "imported ask", created,
				null);
		Message answer = new Message(new MessageId(UUID.randomUUID()), question.id(), Role.ASSISTANT, "imported reply",
				created.plusSeconds(1), answer(AnswerState.STREAMING, "imported reply"));
		Message other = new Message(new MessageId(UUID.randomUUID()), question.id(), Role.ASSISTANT, "another",
				created.plusSeconds(2), answer(AnswerState.COMPLETE, "another"));
		ConversationId id = Storage.get(conversations().add(this.ann, new ImportedConversation("Old", true, true,
				created, created.plusSeconds(3), answer.id(), SETTINGS, List.of(question, answer, other))));
		ConversationHead head = Storage.get(conversations().head(this.ann, id));
		List<Message> messages = Storage.all(conversations().messages(this.ann, id));
		assertThat(head).isEqualTo(new ConversationHead(id, "Old", true, true, created, created.plusSeconds(3),
				messages.get(1).id(), SETTINGS));
		assertThat(messages).extracting(Message::content).containsExactly("imported ask", "imported reply", "another");
		assertThat(messages).extracting(Message::createdAt)
			.containsExactly(created, created.plusSeconds(1), created.plusSeconds(2));
		assertThat(messages.get(1).answer()).isEqualTo(answer(AnswerState.INTERRUPTED, "imported reply"));
		found(this.ann, "imported rep", (hits) -> assertThat(hits).hasSize(1));
		assertThat(texts(ask(id, null, "go on", 1000))).containsExactly("imported ask", "imported reply");
	}

	@Test
	void citationsAreStoredWithTheirAnswer() {
		List<Citation> citations = List.of(new Citation("https://a.example/1", "A \"page\""),
				new Citation("https://b.example", null));
		Turn turn = ask((Turn) null, null, "q");
		Storage.done(turns().end(turn, answer(AnswerState.COMPLETE, "So [1].").withCitations(citations)));
		List<Message> messages = Storage.all(conversations().messages(this.ann, turn.conversation()));
		assertThat(messages.get(1).answer().citations()).isEqualTo(citations);
		ConversationId copy = Storage.get(conversations().add(this.ann, new ImportedConversation("x", false, false,
				Instant.EPOCH, Instant.EPOCH, null, ConversationSettings.NONE, messages)));
		assertThat(Storage.all(conversations().messages(this.ann, copy)).get(1).answer().citations())
			.isEqualTo(citations);
	}

	@Test
	void anOriginIsStoredOnceForEachVisitor() {
		ConversationId first = Storage.get(conversations().add(this.ann, fromElsewhere("first", "other:1")));
		assertThat(Storage.get(conversations().imported(this.ann, "other:1")).id()).isEqualTo(first);
		assertThat(Storage.get(conversations().add(this.ann, fromElsewhere("again", "other:1")))).isEqualTo(first);
		assertThat(Storage.get(conversations().add(this.ann, fromElsewhere("second", "other:2")))).isNotEqualTo(first);
		assertThat(Storage.get(conversations().add(this.bob, fromElsewhere("his", "other:1")))).isNotEqualTo(first);
		assertThat(Storage.all(conversations().all(this.ann))).extracting(ConversationHead::title)
			.containsExactly("first", "second");
		Storage.done(conversations().delete(this.ann, first));
		assertThat(Storage.all(conversations().imported(this.ann, "other:1").flux())).isEmpty();
		assertThat(Storage.get(conversations().add(this.ann, fromElsewhere("new", "other:1")))).isNotEqualTo(first);
	}

	@Test
	void anExportedConversationIsKnownByItsOwnIdAndItsCopyElsewhereByItsOrigin() {
		ConversationId own = exchange(null, "mine", "yours").conversation();
		String origin = Storage.get(conversations().head(this.ann, own)).exportedOrigin();
		assertThat(origin).isEqualTo("runnel:" + own);
		assertThat(Storage.get(conversations().imported(this.ann, origin)).id()).isEqualTo(own);
		assertThat(Storage.all(conversations().imported(this.bob, origin).flux())).isEmpty();
		ConversationId copy = Storage.get(conversations().add(this.bob, fromElsewhere("copy", origin)));
		assertThat(Storage.get(conversations().head(this.bob, copy)).exportedOrigin()).isEqualTo(origin);
		Storage.done(conversations().delete(this.ann, own));
		assertThat(Storage.all(conversations().imported(this.ann, origin).flux())).isEmpty();
		ConversationId back = Storage.get(conversations().add(this.ann, fromElsewhere("back", origin)));
		assertThat(back).isNotEqualTo(own);
		assertThat(Storage.get(conversations().imported(this.ann, origin)).id()).isEqualTo(back);
	}

	@ParameterizedTest
	@ValueSource(strings = { "runnel:", "runnel:7", "chatgpt:0b6f3a0e-0000-7000-8000-000000000000" })
	void otherOriginsAreNoOwnIds(String origin) {
		assertThat(Storage.all(conversations().imported(this.ann, origin).flux())).isEmpty();
	}

	private static ImportedConversation fromElsewhere(String title, String origin) {
		return new ImportedConversation(title, false, false, Instant.EPOCH, Instant.EPOCH, null,
				ConversationSettings.NONE, List.of(), origin);
	}

	@Test
	void inconsistentImportStoresNothing() {
		Message orphan = new Message(new MessageId(UUID.randomUUID()), new MessageId(UUID.randomUUID()), Role.USER, "q",
				Instant.EPOCH, null);
		refused(conversations().add(this.ann, new ImportedConversation("x", false, false, Instant.EPOCH, Instant.EPOCH,
				null, ConversationSettings.NONE, List.of(orphan))), "invalid_request");
		assertThat(Storage.all(conversations().all(this.ann))).isEmpty();
	}

	@Test
	void timesThatNoDatabaseCanSayAreMovedToThoseItCan() {
		ConversationId id = Storage.get(conversations().add(this.ann, new ImportedConversation("x", false, false,
				Instant.MIN, Instant.MAX, null, ConversationSettings.NONE, List.of())));
		assertThat(Storage.get(conversations().head(this.ann, id)).createdAt()).isEqualTo(Instant.EPOCH);
	}

	@Test
	void allComeOldestFirst() {
		Turn first = exchange(null, "q1", "a");
		Turn second = exchange(null, "q2", "a");
		exchange(first, "again", "a");
		assertThat(Storage.all(conversations().all(this.ann))).extracting(ConversationHead::id)
			.containsExactly(first.conversation(), second.conversation());
	}

	// Presets

	@Test
	void presetsAreKeptByName() {
		Presets presets = storage().presets();
		Preset writer = Storage.get(presets.add(this.ann, "writer", SETTINGS));
		Preset coder = Storage.get(presets.add(this.ann, "Coder", ConversationSettings.NONE));
		assertThat(Storage.all(presets.list(this.ann))).containsExactly(coder, writer);
		Preset changed = Storage.get(presets.change(this.ann, writer.id(), "author", ConversationSettings.NONE));
		assertThat(Storage.all(presets.list(this.ann))).containsExactly(changed, coder);
		refused(presets.change(this.bob, writer.id(), "mine", SETTINGS), "not_found");
		refused(presets.delete(this.bob, writer.id()), "not_found");
		refused(presets.add(this.ann, " ", SETTINGS), "invalid_request");
		refused(presets.change(this.ann, coder.id(), "x".repeat(101), SETTINGS), "invalid_request");
		Preset line = Storage.get(presets.change(this.ann, coder.id(), " C\no\u202Eder\u2028", coder.settings()));
		assertThat(line.name()).as("the name in one line").isEqualTo("C o der");
		coder = Storage.get(presets.change(this.ann, coder.id(), "Coder", coder.settings()));
		Storage.done(presets.delete(this.ann, writer.id()));
		assertThat(Storage.all(presets.list(this.ann))).containsExactly(coder);
		assertThat(Storage.all(presets.list(this.bob))).isEmpty();
	}

	@Test
	void manyPresetsAtOnceAreNotTooMany() {
		Presets presets = storage().presets();
		Storage.all(Flux.range(0, 95).concatMap((i) -> presets.add(this.ann, "p" + i, ConversationSettings.NONE)));
		List<String> outcomes = Storage.all(Flux.range(95, 25)
			.flatMap((i) -> outcome(presets.add(this.ann, "p" + i, ConversationSettings.NONE)), 25));
		assertThat(Storage.all(presets.list(this.ann))).hasSize(100);
		assertThat(outcomes).filteredOn("added"::equals).hasSize(5);
		assertThat(outcomes).filteredOn("invalid_request"::equals).hasSize(20);
	}

	private static Mono<String> outcome(Mono<?> work) {
		return work.map((done) -> "added")
			.onErrorResume(ProblemException.class, (problem) -> Mono.just(problem.code()));
	}

	// Transactions

	@Test
	void transactionsThatLockEachOtherOutBothSucceed() {
		Turn one = exchange(null, "one", "a");
		Turn other = exchange(null, "other", "a");
		Sinks.Empty<Void> first = Sinks.empty();
		Sinks.Empty<Void> second = Sinks.empty();
		Mono<Long> there = rename(one, other, first, second);
		Mono<Long> back = rename(other, one, second, first);
		StepVerifier.create(Flux.merge(there, back)).expectNext(1L, 1L).expectComplete().verify(Storage.LIMIT);
		assertThat(head(one).title()).isEqualTo(head(other).title()).startsWith("renamed");
	}

	private Mono<Long> rename(Turn first, Turn second, Sinks.Empty<Void> arrived, Sinks.Empty<Void> other) {
		return storage().bean(Database.class)
			.inTransaction((client) -> rename(client, first, second).doOnNext((rows) -> arrived.tryEmitEmpty())
				.then(other.asMono())
				.publishOn(Schedulers.boundedElastic())
				.then(Mono.defer(() -> rename(client, second, second))));
	}

	private static Mono<Long> rename(DatabaseClient client, Turn turn, Turn name) {
		return client.sql("update conversation set title = :title where id = :id")
			.bind("title", "renamed " + name.conversation())
			.bind("id", turn.conversation().value())
			.fetch()
			.rowsUpdated();
	}

	@Test
	void anAnswerGrowsBesideItsDeletionWithoutATrace() {
		List<Turn> turns = IntStream.range(0, 40).mapToObj((i) -> ask(null, null, "q" + i)).toList();
		Storage.all(Flux.fromIterable(turns)
			.flatMap((turn) -> Mono.when(turns().append(turn, new AnswerDelta("part", "")),
					conversations().delete(this.ann, turn.conversation()))));
		assertThat(Storage.get(storage().bean(Database.class)
			.read((client) -> client
				.sql("select count(*) from answer_part p where not exists"
						+ " (select 1 from running_answer r where r.message_id = p.message_id)")
				.map((row) -> row.get(0, Long.class))
				.all())
			.single())).isZero();
	}

	@Test
	void anAnswerThatHasJustBegunIsNotTakenForLost() {
		Turn turn = ask(null, null, "q");
		assertThat(Storage.get(storage().bean(LostAnswers.class).endLost())).isZero();
		assertThat(messages(turn).get(1).answer()).returns(AnswerState.STREAMING, Answer::state);
	}

	// Limits

	@Test
	void manyConversationsAtOnceAreNotTooMany() {
		ConversationCounts counts = new ConversationCounts(storage().bean(Database.class), 6);
		StoredConversations conversations = storage().conversations(counts);
		exchange(null, "q", "a");
		List<String> outcomes = Storage
			.all(Flux.range(0, 20).flatMap((i) -> outcome(conversations.add(this.ann, imported())), 20));
		assertThat(Storage.all(conversations().all(this.ann))).hasSize(6);
		assertThat(outcomes).filteredOn("added"::equals).hasSize(5);
		assertThat(outcomes).filteredOn("invalid_request"::equals).hasSize(15);
		Storage.done(conversations.delete(this.ann, Storage.all(conversations().all(this.ann)).get(0).id()));
		Storage.get(conversations.add(this.ann, imported()));
		refused(conversations.add(this.ann, imported()), "invalid_request");
	}

	/** The size of all conversations of ann's, as the database has it. */
	private long stored() {
		return Storage.get(storage().bean(Database.class)
			.read((client) -> client
				.sql("select cast(coalesce(sum(bytes), 0) as bigint) as n from conversation where owner = :owner")
				.bind("owner", this.ann.id())
				.map((row) -> row.get("n", Long.class))
				.all())
			.next());
	}

	@Test
	void theSizeOfAConversationIsKept() {
		Turn first = exchange(null, "q\u00e9", "\u4e00");
		long exchange = 2 * StoredSize.MESSAGE + "Hm.".length();
		assertThat(stored()).isEqualTo(StoredSize.CONVERSATION + exchange + 3 + 3);
		answered(ask(first, first.questionId(), "q\u00e9"), "again");
		assertThat(stored()).isEqualTo(StoredSize.CONVERSATION + exchange + 3 + 3 + StoredSize.MESSAGE + 3 + 5);
		Storage.done(conversations().delete(this.ann, first.conversation()));
		assertThat(stored()).isZero();
		Storage.get(conversations().add(this.ann, imported(List.of("four"))));
		assertThat(stored()).isEqualTo(StoredSize.CONVERSATION + StoredSize.MESSAGE + 4);
	}

	@Test
	void theSizeOfAContinuedAnswerCountsItsTextOnce() {
		Turn cut = ask(null, null, "q");
		Storage.done(turns().end(cut, answer(AnswerState.STOPPED, "\u4e00")));
		answered(resume(cut), "\u4e00 \u4e8c");
		assertThat(stored())
			.isEqualTo(StoredSize.CONVERSATION + 2 * StoredSize.MESSAGE + "q".length() + 7 + "Hm.".length());
	}

	@Test
	void theEndOfADeletedAnswerIsNotCounted() {
		Turn deleted = ask(null, null, "q");
		Storage.done(storage().bean(Database.class)
			.inTransaction((client) -> client.sql("delete from message where id = :id")
				.bind("id", deleted.answerId().value())
				.then()));
		Storage.done(turns().end(deleted, answer(AnswerState.COMPLETE, "the answer")));
		assertThat(stored()).isEqualTo(StoredSize.CONVERSATION + 2 * StoredSize.MESSAGE + "q".length());
	}

	private StorageQuota quota(DataSize max, DataSize maxPerVisitor) {
		return new StorageQuota(storage().bean(Database.class), storage().bean(ConversationCounts.class), max,
				maxPerVisitor);
	}

	private StorageQuota quota(ConversationCounts counts) {
		DataSize plenty = DataSize.ofGigabytes(1);
		return new StorageQuota(storage().bean(Database.class), counts, plenty, plenty);
	}

	@Test
	void visitorsWithoutRoomAreRefused() {
		Turn turn = exchange(null, "q", "a");
		DataSize plenty = DataSize.ofGigabytes(1);
		StorageQuota own = quota(plenty, DataSize.ofBytes(stored() + 100));
		Storage.done(own.take(this.ann, 60));
		refused(own.take(this.ann, 60), "storage_full");
		Storage.done(own.take(this.ann, 0));
		Storage.done(own.take(new Visitor("another"), 60));
		StorageQuota all = quota(DataSize.ofBytes(1), plenty);
		refused(all.take(new Visitor("another"), 60), "storage_full");
		Storage.done(conversations().delete(this.ann, turn.conversation()));
		own.removed();
		Storage.done(own.take(this.ann, 160));
	}

	@Test
	void aConversationIsFullBeforeAnAnswerCouldBeTooLong() {
		String large = "x".repeat(1_000_000);
		ConversationId id = Storage.get(conversations().add(this.ann, imported(Collections.nCopies(13, large))));
		answered(ask(id, null, "fits", 100), large);
		refused(turns().begin(this.ann, new Question(id, null, "does not", false), Storage.plan(100)),
				"invalid_request");
	}

	@Test
	void failedInsertReleasesItsSlot() {
		ConversationCounts counts = new ConversationCounts(storage().bean(Database.class), 1);
		for (int i = 0; i < 3; i++) {
			StepVerifier.create(counts.adding(this.ann, Mono.error(new IllegalStateException("not added"))))
				.expectError(IllegalStateException.class)
				.verify(Storage.LIMIT);
			StepVerifier.create(counts.adding(this.ann, Mono.never()))
				.expectSubscription()
				.thenCancel()
				.verify(Storage.LIMIT);
		}
		Storage.get(counts.adding(this.ann, conversations().add(this.ann, imported())));
		refused(counts.adding(this.ann, Mono.just("added")), "invalid_request");
	}

	@Test
	void aDeletionByAnotherServerMakesRoomForAConversation() {
		ConversationCounts counts = new ConversationCounts(storage().bean(Database.class), 1);
		ConversationId full = Storage.get(counts.adding(this.ann, conversations().add(this.ann, imported())));
		refused(counts.adding(this.ann, Mono.just("added")), "invalid_request");
		Storage.done(conversations().delete(this.ann, full));
		Storage.done(quota(counts).take(this.ann, 1));
		assertThat(Storage.get(counts.adding(this.ann, Mono.just("added")))).isEqualTo("added");
	}

	@Test
	void aConversationOfAnotherServerCounts() {
		ConversationCounts counts = new ConversationCounts(storage().bean(Database.class), 2);
		Storage.get(counts.adding(this.ann, conversations().add(this.ann, imported())));
		Storage.get(conversations().add(this.ann, imported()));
		Storage.done(quota(counts).take(this.ann, 1));
		refused(counts.adding(this.ann, Mono.just("added")), "invalid_request");
	}

	@Test
	void aCountFromBeforeAChangeIsIgnored() {
		ConversationCounts counts = new ConversationCounts(storage().bean(Database.class), 1);
		long before = System.nanoTime();
		Storage.get(counts.adding(this.ann, conversations().add(this.ann, imported())));
		counts.read(this.ann, 0, before);
		refused(counts.adding(this.ann, Mono.just("added")), "invalid_request");
	}

	private static ImportedConversation imported() {
		return imported(List.of());
	}

	private static ImportedConversation imported(List<String> texts) {
		List<Message> messages = texts.stream()
			.map((text) -> new Message(new MessageId(UUID.randomUUID()), null, Role.USER, text, Instant.EPOCH, null))
			.toList();
		return new ImportedConversation("x", false, false, Instant.EPOCH, Instant.EPOCH, null,
				ConversationSettings.NONE, messages);
	}

}
