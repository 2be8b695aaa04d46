package dev.runnel.chat;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.runnel.RunnelApplication;
import dev.runnel.conversation.store.Postgres;
import dev.runnel.conversation.store.Relay;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A database that disconnects at each moment of a turn, and returns.
 */
@Tag("one-jdk")
@Timeout(180)
class LostDatabaseTurnTests {

	/** Skips the tests if no PostgreSQL can run. */
	@RegisterExtension
	static final Postgres postgres = new Postgres();

	private final ScriptedUpstream upstream = ScriptedUpstream.start(Script.hello());

	private Relay relay;

	private ConfigurableApplicationContext running;

	private HttpReader reader;

	@BeforeEach
	void start() throws Exception {
		URI database = URI.create(postgres.newDatabase().substring("r2dbc:".length()));
		this.relay = Relay.to(database.getPort());
		this.running = new SpringApplicationBuilder(RunnelApplication.class).run("--server.port=0",
				"--runnel.data-dir=mem",
				"--runnel.database-url=r2dbc:postgresql://postgres:postgres@127.0.0.1:" + this.relay.port()
						+ database.getPath(),
				"--runnel.openrouter.base-url=" + this.upstream.baseUrl(), "--runnel.openrouter.api-key=k",
				"--runnel.openrouter.model=acme/asked", "--runnel.chat.title-timeout=0s", "--runnel.mock.pace=0ms",
				"--runnel.stream.shutdown-wait=0s", "--runnel.stream.max-per-visitor=1");
		this.reader = new HttpReader(this.running.getEnvironment().getRequiredProperty("local.server.port", int.class));
		assertAnswers("before");
	}

	@AfterEach
	void stop() {
		this.relay.mend();
		this.running.close();
		this.relay.close();
		this.upstream.close();
	}

	private HttpResponse<String> ask(String message) throws Exception {
		return this.reader.send(this.reader.ask("/api/chat", "{\"message\":\"" + message + "\"}"));
	}

	private static JsonNode json(String text) {
		return JsonMapper.shared().readTree(text);
	}

	/** Asserts that the visitor's only place is free and that the database works. */
	private void assertAnswers(String message) {
		Awaitility.await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> {
			HttpResponse<String> answer = ask(message);
			assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		});
	}

	private void untilStored(JsonNode start, String state, String source, String model) {
		Awaitility.await().atMost(60, TimeUnit.SECONDS).ignoreExceptions().untilAsserted(() -> {
			String path = "/api/conversations/" + start.get("conversationId").asString();
			JsonNode answer = json(this.reader.get(path).body()).get("messages").get(1);
			assertThat(List.of(answer.get("state").asString(), answer.get("source").asString(),
					answer.get("model").asString()))
				.containsExactly(state, source, model);
		});
	}

	@Test
	void aQuestionThatCannotBeKeptIsNotAskedAndLeavesThePlaceFree() throws Exception {
		this.relay.cut();
		long asked = this.upstream.questions();
		assertThat(ask("lost").statusCode()).isEqualTo(503);
		assertThat(ask("lost").statusCode()).isEqualTo(503);
		assertThat(this.upstream.questions()).isEqualTo(asked);
		this.relay.mend();
		assertAnswers("afterwards");
	}

	@Test
	void aQuestionOfWhichNobodyKnowsWhetherItIsKeptHasAnAnswerThatFailed() throws Exception {
		this.relay.cutAfter("unknown", "COMMIT");
		assertThat(ask("unknown").statusCode()).isEqualTo(503);
		this.relay.mend();
		assertAnswers("afterwards");
		Awaitility.await()
			.atMost(30, TimeUnit.SECONDS)
			.untilAsserted(() -> assertThat(statesOf("unknown")).containsExactly("failed"));
	}

	private List<String> statesOf(String title) throws Exception {
		return json(this.reader.get("/api/conversations").body()).get("conversations")
			.valueStream()
			.filter((head) -> head.get("title").asString().equals(title))
			.map((head) -> stateIn(head.get("id").asString()))
			.toList();
	}

	private String stateIn(String conversation) {
		try {
			return json(this.reader.get("/api/conversations/" + conversation).body()).get("messages")
				.get(1)
				.get("state")
				.asString();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void anAnswerReachesItsReaderAndIsStoredLater() throws Exception {
		CountDownLatch cut = new CountDownLatch(1);
		this.upstream.instead(Script.stream().text("half").awaitGate(cut).text(" and all").finish("stop").done().end(),
				Script.hello());
		SseTranscript transcript = cutWhileItRuns("half", cut);
		assertThat(transcript.content()).isEqualTo("half and all");
		assertThat(transcript.last().name()).isEqualTo("complete");
		untilStored(transcript.events().get(0).data(), "complete", "openrouter", "acme/chat-1");
		assertAnswers("afterwards");
	}

	@Test
	void theMockDoesNotWaitForItAndItsAnswerIsItsOwnLater() throws Exception {
		CountDownLatch cut = new CountDownLatch(1);
		this.upstream.instead(Script.empty().awaitGate(cut).raw("HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n"),
				Script.hello());
		SseTranscript transcript = cutWhileItRuns("start", cut);
		assertThat(transcript.names()).contains("fallback").endsWith("complete");
		untilStored(transcript.events().get(0).data(), "complete", "mock", "mock");
		assertAnswers("afterwards");
	}

	@Test
	void disconnectWhileTheQuestionIsStoredStopsTheAnswer() throws Exception {
		this.upstream.instead(Script.stream().text("for nobody").stall());
		this.relay.hold();
		HttpRequest impatient = this.reader.ask("/api/chat", "{\"message\":\"left\"}");
		assertThatThrownBy(() -> this.reader
			.send(HttpRequest.newBuilder(impatient, (name, value) -> true).timeout(Duration.ofSeconds(1)).build()))
			.isInstanceOf(HttpTimeoutException.class);
		this.relay.mend();
		Awaitility.await()
			.atMost(20, TimeUnit.SECONDS)
			.untilAsserted(() -> assertThat(statesOf("left")).containsExactly("stopped"));
		this.upstream.instead(Script.hello());
		assertAnswers("afterwards");
	}

	/**
	 * Asks, cuts the connection when this text was read, and restores it when the answer
	 * is complete.
	 */
	private SseTranscript cutWhileItRuns(String seen, CountDownLatch cut) throws Exception {
		try (InputStream in = this.reader.openStream("q").body()) {
			String read = HttpReader.readUntil(in, seen);
			this.relay.cut();
			cut.countDown();
			read += new String(in.readAllBytes(), StandardCharsets.UTF_8);
			this.relay.mend();
			return SseTranscript.of(read);
		}
	}

}
