package dev.runnel.chat;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import dev.runnel.markdown.MarkdownRenderer;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streams over HTTP, from a scripted upstream to readers that join, leave and return.
 */
@Tag("one-jdk")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "runnel.stream.grace=0s", "runnel.stream.max-per-visitor=1000" })
@Timeout(120)
class LiveStreamTests {

	private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.start(Script.hello());

	private static final String MARKDOWN = """
			# Rivers

			A *runnel* is a **small stream** of water, say `h2o` & more \ud83d\ude00.

			1. rain
			2. spring
			   - below it

			```text
			drip < drop
			```

			| where | what |
			|---|---|
			| hill | source |

			See [the source][s].

			[s]: https://example.org "there"
			""";

	private final HttpReader reader;

	LiveStreamTests(@LocalServerPort int port) {
		this.reader = new HttpReader(port);
	}

	@DynamicPropertySource
	static void upstream(DynamicPropertyRegistry registry) {
		UPSTREAM.register(registry);
	}

	@AfterAll
	static void close() {
		UPSTREAM.close();
	}

	/** An answer in pieces with pauses between them, so that each piece is an event. */
	private static Script answer(String markdown, int piece) {
		Script script = Script.stream().reasoning("Let *me* ").pause(Duration.ofMillis(2)).reasoning("**see**.");
		for (int at = 0; at < markdown.length(); at += piece) {
			script.pause(Duration.ofMillis(2)).text(markdown.substring(at, Math.min(markdown.length(), at + piece)));
		}
		return script.finish("stop").usage().done().end();
	}

	private String streamId(String transcript) {
		return SseTranscript.of(transcript).events().get(0).data().get("streamId").asString();
	}

	private String readAgain(String id, long after) throws Exception {
		return this.reader.get("/api/chat/stream/" + id, "Last-Event-ID", Long.toString(after)).body();
	}

	@Test
	void startComesBeforeUpstreamAnswers() throws Exception {
		CountDownLatch gate = new CountDownLatch(1);
		UPSTREAM.instead(Script.empty().awaitGate(gate).stall());
		try (InputStream in = this.reader.openStream("hi").body()) {
			assertThat(HttpReader.readUntil(in, "\n\n")).startsWith("id: 1\nevent: start\n");
		}
		gate.countDown();
	}

	@Test
	void resumesAfterEveryEvent() throws Exception {
		UPSTREAM.instead(answer(MARKDOWN.repeat(3), 3));
		String whole = this.reader.stream("hi");
		SseTranscript undisturbed = SseTranscript.of(whole);
		assertThat(undisturbed.lastId()).isGreaterThan(30);
		for (SseTranscript.Event event : undisturbed.events()) {
			int end = whole.indexOf("\n\n", whole.indexOf("id: " + event.id() + "\n")) + 2;
			assertSame(undisturbed, whole.substring(0, end));
		}
	}

	@Test
	void resumesAfterAThousandRandomCuts() throws Exception {
		UPSTREAM.instead(answer(MARKDOWN, 4));
		byte[] whole = this.reader.stream("hi").getBytes(StandardCharsets.UTF_8);
		SseTranscript undisturbed = SseTranscript.of(new String(whole, StandardCharsets.UTF_8));
		Random random = new Random(20261123);
		int first = new String(whole, StandardCharsets.UTF_8).indexOf("\n\n") + 2;
		for (int i = 0; i < 1000; i++) {
			byte[] cut = Arrays.copyOf(whole, first + random.nextInt(whole.length - first));
			assertSame(undisturbed, new String(cut, StandardCharsets.UTF_8));
		}
	}

	private void assertSame(SseTranscript undisturbed, String cut) throws Exception {
		SseTranscript resumed = SseTranscript.of(cut);
		long seen = resumed.lastId();
		resumed.read(readAgain(streamId(cut), seen));
		assertThat(resumed.content()).as("content after %s", seen).isEqualTo(undisturbed.content());
		assertThat(resumed.reasoning()).as("reasoning after %s", seen).isEqualTo(undisturbed.reasoning());
		assertThat(resumed.html()).as("html after %s", seen).isEqualTo(undisturbed.html());
		assertThat(resumed.thoughtHtml()).as("html of the reasoning after %s", seen)
			.isEqualTo("<p>Let <em>me</em> <strong>see</strong>.</p>\n");
		assertThat(resumed.last()).as("end after %s", seen).isEqualTo(undisturbed.last());
	}

	@Test
	void aReaderThatComesBackWhileItRunsMissesNothing() throws Exception {
		CountDownLatch gate = new CountDownLatch(1);
		UPSTREAM.instead(
				Script.stream().text("one ").text("*two").awaitGate(gate).text("* three").finish("stop").done().end());
		try (InputStream first = this.reader.openStream("hi").body()) {
			String begun = HttpReader.readUntil(first, "two");
			try (InputStream second = this.reader.openAgain(streamId(begun), 1).body()) {
				gate.countDown();
				String rest = HttpReader.readUntil(second, "event: complete");
				assertThat(rest).contains("id: 2\n");
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void stopClosesUpstreamInEveryPhase(Phase phase) throws Exception {
		for (int i = 0; i < 5; i++) {
			UPSTREAM.instead(phase.script());
			try (InputStream in = this.reader.openStream("hi").body()) {
				String begun = HttpReader.readUntil(in, phase.seen);
				ScriptedUpstream.Connection connection = UPSTREAM.takeConnection();
				assertThat(this.reader.delete("/api/chat/stream/" + streamId(begun)).statusCode()).isEqualTo(204);
				connection.awaitClientClosed();
				assertThat(HttpReader.readUntil(in, "\"messageId\"")).contains("event: complete",
						"\"status\":\"stopped\"");
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void leavingClosesUpstreamInEveryPhase(Phase phase) throws Exception {
		for (int i = 0; i < 5; i++) {
			UPSTREAM.instead(phase.script());
			ScriptedUpstream.Connection connection;
			try (InputStream in = this.reader.openStream("hi").body()) {
				HttpReader.readUntil(in, phase.seen);
				connection = UPSTREAM.takeConnection();
			}
			connection.awaitClientClosed();
		}
	}

	/** Reuse matters: a new connection to a distant model costs several round trips. */
	@Test
	void aWholeAnswerLeavesItsConnectionToTheNext() throws Exception {
		UPSTREAM.instead(Script.hello());
		Set<ScriptedUpstream.Connection> connections = new HashSet<>();
		for (int i = 0; i < 10; i++) {
			assertThat(this.reader.stream("hi")).contains("event: complete");
			connections.add(UPSTREAM.takeConnection());
		}
		assertThat(connections).hasSizeLessThan(5);
	}

	@Test
	void anotherVisitorFindsNothing() throws Exception {
		UPSTREAM.instead(Script.hello());
		String id = streamId(this.reader.stream("hi"));
		HttpReader stranger = this.reader.stranger();
		HttpResponse<String> read = stranger.get("/api/chat/stream/" + id);
		assertThat(read.statusCode()).isEqualTo(404);
		assertThat(stranger.delete("/api/chat/stream/" + id).statusCode()).isEqualTo(404);
		assertThat(stranger.get("/api/chat/streams").body()).isEqualTo("[]");
		String unknown = "00000000-0000-4000-8000-000000000000";
		assertThat(stranger.get("/api/chat/stream/" + unknown).body().replace(unknown, id)).isEqualTo(read.body());
	}

	@Test
	void listsTheVisitorsStreams() throws Exception {
		UPSTREAM.instead(Script.hello());
		String id = streamId(this.reader.stream("hi"));
		assertThat(this.reader.get("/api/chat/streams").body()).contains("\"streamId\":\"" + id + "\"")
			.contains("\"state\":\"completed\"")
			.contains("\"lastEventId\":");
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "-1", "1.5", "99999999999999999999" })
	void refusesAPlaceThatIsNoNumber(String after) throws Exception {
		UPSTREAM.instead(Script.hello());
		String id = streamId(this.reader.stream("hi"));
		assertThat(this.reader.get("/api/chat/stream/" + id, "Last-Event-ID", after).statusCode()).isEqualTo(400);
		assertThat(this.reader.get("/api/chat/stream/" + id + "?after=" + after).statusCode()).isEqualTo(400);
	}

	@Test
	void fallsBackToALabelledMock() throws Exception {
		UPSTREAM.instead(Script.error(503, "provider_overloaded"));
		SseTranscript transcript = SseTranscript.of(this.reader.stream("hi"));
		assertThat(transcript.names()).containsSubsequence("start", "fallback", "message", "complete");
		assertThat(transcript.named("fallback").get(0).data().get("code").asString()).isEqualTo("upstream_unavailable");
		assertThat(transcript.last().data().get("source").asString()).isEqualTo("mock");
	}

	@Test
	void aRefusalIsNeverMocked() throws Exception {
		UPSTREAM.instead(Script.error(403, "content_policy_violation"));
		SseTranscript transcript = SseTranscript.of(this.reader.stream("hi"));
		assertThat(transcript.names()).containsExactly("start", "error");
		assertThat(transcript.last().data().get("code").asString()).isEqualTo("upstream_moderation");
	}

	@Test
	void earlierTurnsGoUpstream() throws Exception {
		UPSTREAM.instead(Script.hello());
		SseTranscript first = SseTranscript.of(this.reader.stream("first question"));
		String conversation = first.events().get(0).data().get("conversationId").asString();
		this.reader.send(this.reader.ask("/api/chat",
				"{\"message\":\"second question\",\"conversationId\":\"" + conversation + "\"}"));
		String sent = UPSTREAM.requests().get(UPSTREAM.requests().size() - 1).text();
		assertThat(sent).containsSubsequence("first question", "Hello", "second question");
	}

	@Test
	void replaysTheRecordings() throws Exception {
		Path folder = Path.of("../shared/recordings");
		Assumptions.assumeTrue(Files.isDirectory(folder), "skipped: there are no recordings beside the project");
		try (Stream<Path> files = Files.list(folder)) {
			for (Path file : files.filter((path) -> path.toString().endsWith(".sse")).sorted().toList()) {
				UPSTREAM.instead(Script.stream().body(Files.readAllBytes(file)).end());
				assertMakesSense(file, SseTranscript.of(this.reader.stream("hi")));
			}
		}
	}

	private static void assertMakesSense(Path file, SseTranscript transcript) {
		boolean broken = file.toString().contains("error");
		assertThat(transcript.last().name()).as("%s", file).isEqualTo(broken ? "error" : "complete");
		assertThat(transcript.content() + transcript.reasoning()).as("%s", file).isNotBlank();
		assertThat(transcript.html()).as("%s", file).isEqualTo(MarkdownRenderer.render(transcript.content()));
		if (!broken) {
			assertThat(transcript.last().data().get("finishReason").asString()).isEqualTo("stop");
			assertThat(transcript.last().data().get("usage").get("cost").isNumber()).isTrue();
		}
	}

	/**
	 * The moment at which a reader stops or leaves.
	 */
	enum Phase {

		BEFORE_THE_HEAD("event: start"), BEFORE_THE_FIRST_TOKEN("event: start"), IN_A_SILENCE("some"),
		IN_THE_MIDDLE_OF_TEXT("again");

		private final String seen;

		Phase(String seen) {
			this.seen = seen;
		}

		Script script() {
			return switch (this) {
				case BEFORE_THE_HEAD -> Script.empty().stall();
				case BEFORE_THE_FIRST_TOKEN -> Script.stream().comment().stall();
				case IN_A_SILENCE -> Script.stream().text("some text").stall();
				case IN_THE_MIDDLE_OF_TEXT ->
					Script.stream().repeat("data: " + Script.textChunk("again ") + "\n\n", Duration.ofMillis(5));
			};
		}

	}

}
