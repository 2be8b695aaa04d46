package dev.runnel.chat;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import dev.runnel.attachments.SampleFiles;
import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerPictures;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.Attachments;
import dev.runnel.conversation.Conversations;
import dev.runnel.conversation.NewAttachment;
import dev.runnel.conversation.Question;
import dev.runnel.conversation.Turn;
import dev.runnel.conversation.TurnPlanner.TurnPlan;
import dev.runnel.conversation.TurnStore;
import dev.runnel.stream.EndRequest;
import dev.runnel.stream.EventFold;
import dev.runnel.stream.LogEntry;
import dev.runnel.stream.StreamId;
import dev.runnel.stream.StreamLog;
import dev.runnel.stream.StreamState;
import dev.runnel.stream.StreamStore;
import dev.runnel.stream.StreamStore.StreamPlace;
import dev.runnel.stream.StreamSubject;
import dev.runnel.stream.TestStreams;
import dev.runnel.upstream.Answers;
import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.Origin;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import dev.runnel.web.Caller;
import dev.runnel.web.RequestLoops;
import dev.runnel.web.TestCallers;
import dev.runnel.web.Visitor;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Whichever call of a turn fails: its readers get exactly one last event, a client that
 * asked for the whole answer gets an outcome, the visitor can ask again, and the stored
 * answer has an end.
 */
@Tag("one-jdk")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "runnel.chat.title-timeout=0s")
@Timeout(300)
class OneEndTests {

	private static final int AT_ONCE = 8;

	private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.start(Script.hello());

	/** The interfaces whose methods a turn calls, except those listed below. */
	private static final List<Class<?>> PARTICIPANTS = List.of(AnswerText.class, Answers.class, TurnStore.class,
			StreamStore.class, StreamPlace.class, StreamLog.class, EventFold.class, Attachments.class,
			AnswerPictures.class);

	/**
	 * Methods for readers, uploads, pictures that were checked, other servers, the
	 * shutdown, and full memory.
	 */
	private static final List<String> NOT_OF_A_TURN = List.of("TurnStore.attach", "StreamStore.find",
			"StreamStore.list", "StreamStore.running", "StreamStore.lastRequest", "StreamStore.handOver",
			"StreamStore.countRunning", "StreamLog.read", "StreamLog.copy", "StreamLog.handOver",
			"StreamLog.requestEnd", "StreamLog.endUnread", "StreamLog.awaitRoom", "StreamLog.status",
			"StreamLog.beginsAfter", "StreamLog.backlogBytes", "EventFold.next", "Attachments.add", "Attachments.get",
			"Attachments.discard");

	@TempDir
	private Path folder;

	private final ApplicationContext context;

	OneEndTests(ApplicationContext context) {
		this.context = context;
	}

	@DynamicPropertySource
	static void upstream(DynamicPropertyRegistry registry) {
		UPSTREAM.register(registry);
	}

	@AfterAll
	static void close() {
		UPSTREAM.close();
	}

	@ParameterizedTest
	@EnumSource
	void aTurnHasOneEndWhateverFails(Story story) throws Exception {
		UPSTREAM.instead(story.script);
		List<Callable<String>> tellings = new ArrayList<>();
		for (Faults.Call call : tell(story, Faults.none())) {
			Stream.of(Faults.How.values())
				.filter((how) -> how.fits(call))
				.forEach((how) -> tellings.add(() -> complaint(story, call, how)));
		}
		assertThat(tellings).hasSizeGreaterThan(20);
		ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
		try {
			List<String> complaints = new ArrayList<>();
			for (Future<String> told : threads.invokeAll(tellings)) {
				complaints.add(told.get());
			}
			assertThat(complaints).filteredOn((complaint) -> !complaint.isEmpty()).isEmpty();
		}
		finally {
			threads.shutdownNow();
		}
	}

	private String complaint(Story story, Faults.Call call, Faults.How how) throws Exception {
		try {
			tell(story, Faults.at(call, how));
			return "";
		}
		catch (AssertionError | RuntimeException ex) {
			return how + " " + call + ": " + ex;
		}
	}

	private List<Faults.Call> tell(Story story, Faults faults) throws Exception {
		new Telling(faults).tell(story);
		return faults.calls();
	}

	@Test
	void noMethodOfAParticipantIsLeftOut() throws Exception {
		Set<String> missing = new LinkedHashSet<>();
		PARTICIPANTS.forEach((type) -> Stream.of(type.getMethods())
			.filter((method) -> !Modifier.isStatic(method.getModifiers()))
			.forEach((method) -> missing.add(type.getSimpleName() + "." + method.getName())));
		for (Story story : Story.values()) {
			UPSTREAM.instead(story.script);
			tell(story, Faults.none()).forEach((call) -> missing.remove(call.name()));
		}
		assertThat(missing).containsExactlyInAnyOrderElementsOf(NOT_OF_A_TURN);
	}

	/**
	 * The course of a turn. What the model writes at once is read at once in each
	 * telling.
	 */
	enum Story {

		/**
		 * A full answer: reasoning, much text, a pause in the middle of a line, an end.
		 */
		WHOLE(Script.stream()
			.burst((script) -> script.reasoning("Hm.").text("text ".repeat(1200)).text("\n\n[a]: "))
			.pause(Duration.ofMillis(800))
			.burst((script) -> script.text("/b\n\nend").finish("stop").done())
			.end()),

		/** The first question of a visitor. */
		FIRST(Script.stream().burst(Story::hello).end()),

		/** The mock answers instead of the model. */
		FALLEN_BACK(Script.error(401, "x")),

		/** The model refuses. */
		REFUSED(Script.error(400, "x")),

		/** The answer breaks off. */
		BROKEN_OFF(Script.stream().text("half").pause(Duration.ofMillis(50)).reset()),

		/** The visitor stops the answer. */
		STOPPED(Script.stream().text("half").stall()),

		/** An answer is continued. */
		CONTINUED(Script.stream().burst(Story::rest).end()),

		/** An answer of a server that is gone goes on in its stream. */
		TAKEN_OVER(Script.stream().burst(Story::rest).end()),

		/** The question has a text and a picture. */
		WITH_FILES(Script.stream().burst(Story::hello).end()),

		/** The answer has a picture between two texts. */
		DRAWN(Script.stream()
			.burst((script) -> script.text("Here ")
				.picture(SampleFiles.picture("png", 4, 3))
				.text("it is.")
				.finish("stop")
				.done())
			.end()),

		/** The text so far was a thought. */
		MOVED(Script.stream()
			.burst((script) -> script.text("Hm.").text("</think>").text("Well.").finish("stop").done())
			.end());

		private final Script script;

		Story(Script script) {
			this.script = script;
		}

		private static void hello(Script script) {
			script.text("Hel").text("lo").finish("stop").usage().done();
		}

		private static void rest(Script script) {
			script.text(" and the rest").finish("stop").done();
		}

	}

	/**
	 * One turn, with faults, of a visitor who may have only one running stream.
	 */
	private final class Telling {

		private final Visitor visitor = new Visitor("visitor-" + UUID.randomUUID());

		private final Faults faults;

		private final StreamStore<ChatEvent> store;

		Telling(Faults faults) {
			this.faults = faults;
			this.store = TestStreams.store(() -> fold(faults), 1);
		}

		@SuppressWarnings("unchecked")
		private static EventFold<ChatEvent> fold(Faults faults) {
			return faults.between(EventFold.class, new AnswerFold());
		}

		void tell(Story story) throws Exception {
			RunningTurn running = begin(story);
			if (running != null && story == Story.STOPPED) {
				stop(running);
			}
			if (running != null) {
				assertThat(get(running.outcome())).as("outcome").isNotNull();
			}
			this.faults.stopRecording();
			assertOneEnd();
			assertMayAskAgain();
			assertNothingRuns();
			// A stop may come between any two calls, so a call may be left out.
			assertThat(this.faults.fired() || !this.faults.breaks() || story == Story.STOPPED).as("the call came")
				.isTrue();
		}

		private @Nullable RunningTurn begin(Story story) throws Exception {
			Mono<RunningTurn> begun = (story == Story.TAKEN_OVER) ? takenOver() : asked(story);
			try {
				return get(begun);
			}
			catch (ExecutionException ex) {
				return null;
			}
		}

		private Mono<RunningTurn> asked(Story story) throws Exception {
			UUID continued = (story == Story.CONTINUED) ? cutOff().answerId().value() : null;
			// A model is remembered once its text was a thought, so each such turn asks
			// another one.
			String model = (story == Story.MOVED) ? "acme/" + UUID.randomUUID() : null;
			List<UUID> files = (story == Story.WITH_FILES) ? files() : null;
			ChatRequest request = new ChatRequest((continued != null) ? null : "q", null, null, continued, model, null,
					null, null, null, null, null, null, null, files);
			AnswerTexts rendered = AnswerTexts.rendered(Duration.ofSeconds(10));
			AnswerTexts texts = new AnswerTexts(this.faults.between(AnswerText.class, rendered.reasoning()),
					this.faults.between(AnswerText.class, rendered.content()), true);
			Caller caller = (story == Story.FIRST) ? TestCallers.unknown(this.visitor)
					: TestCallers.local(this.visitor);
			return make(ChatService.class).begin(caller, request, texts);
		}

		private Mono<RunningTurn> takenOver() throws Exception {
			Turn lost = cutOff();
			StreamSubject subject = new StreamSubject(StreamId.random(), this.visitor, lost.conversation().value(),
					lost.answerId().value());
			ShownAnswer shown = new ShownAnswer();
			shown.add(new LogEntry(2, new ChatEvent.Message("ha", null)));
			return make(ChatService.class).goOn(subject, 2, shown);
		}

		private Turn cutOff() throws Exception {
			TurnStore turns = OneEndTests.this.context.getBean(TurnStore.class);
			Origin origin = Origin.model("acme/chat-1");
			Turn turn = get(turns.begin(this.visitor, new Question(null, null, "q", false),
					(settings, length, written) -> new TurnPlan(origin, 1000)));
			get(turns.end(turn, new Answer(AnswerState.INTERRUPTED, "half", "", origin.source(), origin.model(), null,
					null, null, null, null)));
			return turn;
		}

		private List<UUID> files() throws Exception {
			return List.of(file("notes.txt", "text/plain", SampleFiles.ascii("notes"), "notes"),
					file("map.png", "image/png", SampleFiles.picture("png", 4, 3), null));
		}

		private UUID file(String name, String type, byte[] bytes, @Nullable String text) throws Exception {
			Path content = Files.write(Files.createTempFile(OneEndTests.this.folder, null, null), bytes);
			String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
			Attachment stored = get(OneEndTests.this.context.getBean(Attachments.class)
				.add(this.visitor,
						new NewAttachment(content, hash, name, type, bytes.length, null, null, null, text, 10)));
			return stored.id();
		}

		/**
		 * Creates a bean as the application does, with the faults around all its
		 * collaborators.
		 */
		private <T> T make(Class<T> type) throws Exception {
			Constructor<?> constructor = type.getDeclaredConstructors()[0];
			List<Object> arguments = new ArrayList<>();
			for (Class<?> parameter : constructor.getParameterTypes()) {
				arguments.add(argument(parameter));
			}
			return type.cast(constructor.newInstance(arguments.toArray()));
		}

		private <A> Object argument(Class<A> type) throws Exception {
			if (type == StreamStore.class) {
				return this.faults.between(type, type.cast(this.store));
			}
			if (type.isInterface()) {
				return this.faults.between(type, OneEndTests.this.context.getBean(type));
			}
			return (type.isRecord() || type == RequestLoops.class) ? OneEndTests.this.context.getBean(type)
					: make(type);
		}

		private void stop(RunningTurn running) throws Exception {
			for (StreamLog<ChatEvent> log : logs()) {
				awaitText(log);
				get(log.requestEnd(EndRequest.STOP));
			}
		}

		/** Waits for the text behind the first event, unless a fault keeps it back. */
		private static void awaitText(StreamLog<ChatEvent> log) {
			try {
				await().atMost(2, TimeUnit.SECONDS)
					.pollInterval(Duration.ofMillis(5))
					.until(() -> log.status().lastEventId() > 1 || log.status().state() != StreamState.RUNNING);
			}
			catch (ConditionTimeoutException ex) {
				// the stop comes anyway
			}
		}

		private List<StreamLog<ChatEvent>> logs() throws Exception {
			return get(this.store.list(this.visitor)
				.flatMap((status) -> this.store.find(this.visitor, status.subject().id()))
				.collectList());
		}

		private void assertOneEnd() throws Exception {
			for (StreamLog<ChatEvent> log : logs()) {
				SseTranscript transcript = new SseTranscript();
				get(log.read(log.beginsAfter())
					.doOnNext((entry) -> transcript.read(new String(entry.frame(), StandardCharsets.UTF_8)))
					.then());
				assertThat(log.status().state()).isNotEqualTo(StreamState.RUNNING);
				assertThat(transcript.names()).filteredOn(List.of("complete", "error")::contains)
					.as("last events")
					.hasSize(1)
					.containsExactly(transcript.last().name());
			}
		}

		private void assertMayAskAgain() {
			await().atMost(10, TimeUnit.SECONDS)
				.ignoreExceptions()
				.untilAsserted(() -> get(this.store.enter(TestCallers.local(this.visitor))).leave());
		}

		private void assertNothingRuns() {
			Conversations conversations = OneEndTests.this.context.getBean(Conversations.class);
			await().atMost(10, TimeUnit.SECONDS)
				.untilAsserted(() -> assertThat(get(conversations.all(this.visitor)
					.concatMap((head) -> conversations.messages(this.visitor, head.id()))
					.filter((message) -> message.answer() != null && message.answer().state() == AnswerState.STREAMING)
					.count())).as("answers that run").isZero());
		}

		private static <T> @Nullable T get(Mono<T> mono) throws ExecutionException, InterruptedException {
			try {
				return mono.toFuture().get(10, TimeUnit.SECONDS);
			}
			catch (TimeoutException ex) {
				throw new AssertionError("nothing came of it", ex);
			}
		}

	}

}
