package dev.runnel.chat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How conversations branch, continue and end, over HTTP, with a scripted upstream.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Timeout(120)
class BranchTests {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.start(Script.hello());

	private final int port;

	private HttpReader reader;

	BranchTests(@LocalServerPort int port) {
		this.port = port;
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

	@BeforeEach
	void arrive() {
		this.reader = new HttpReader(this.port);
	}

	private static Script says(String text) {
		return Script.stream().text(text).finish("stop").done().end();
	}

	private JsonNode ask(String answer, String body, Object... values) throws Exception {
		UPSTREAM.instead(says(answer));
		return json(this.reader.send(this.reader.ask("/api/chat", body.formatted(values))).body());
	}

	private int status(String body, Object... values) throws Exception {
		return this.reader.send(this.reader.ask("/api/chat", body.formatted(values))).statusCode();
	}

	private static JsonNode json(String text) {
		return JSON.readTree(text);
	}

	private JsonNode conversation(String id) throws Exception {
		return json(this.reader.get("/api/conversations/" + id).body());
	}

	private List<JsonNode> messages(String id) throws Exception {
		List<JsonNode> messages = new ArrayList<>();
		conversation(id).get("messages").forEach(messages::add);
		return messages;
	}

	private static List<String> texts(List<JsonNode> messages) {
		return messages.stream().map((message) -> message.get("content").asString()).toList();
	}

	private static String text(JsonNode node, String field) {
		return node.get(field).asString();
	}

	/** The messages of the latest request to upstream, without the system prompt. */
	private static List<String> lastAsked() {
		List<ScriptedUpstream.Request> requests = UPSTREAM.requests()
			.stream()
			.filter((request) -> request.method().equals("POST"))
			.toList();
		List<String> texts = new ArrayList<>();
		json(requests.get(requests.size() - 1).text()).get("messages")
			.forEach((message) -> texts.add(text(message, "content")));
		return texts;
	}

	/** Asks two questions. Returns the conversation id. */
	private String twoTurns() throws Exception {
		String id = text(ask("a1", "{\"message\":\"q1\"}"), "conversationId");
		ask("a2", "{\"message\":\"q2\",\"conversationId\":\"%s\"}", id);
		return id;
	}

	@Test
	void regeneratingMakesASiblingOfTheAnswer() throws Exception {
		String id = twoTurns();
		String question = text(messages(id).get(2), "id");
		JsonNode again = ask("a2b", "{\"message\":\"q2\",\"conversationId\":\"%s\",\"parentId\":\"%s\"}", id, question);
		List<JsonNode> messages = messages(id);
		assertThat(texts(messages)).containsExactly("q1", "a1", "q2", "a2", "a2b");
		assertThat(text(messages.get(3), "parentId")).isEqualTo(question);
		assertThat(text(messages.get(4), "parentId")).isEqualTo(question);
		assertThat(text(conversation(id), "currentMessageId")).isEqualTo(text(again, "messageId"));
		assertThat(lastAsked()).containsExactly("q1", "a1", "q2");
	}

	@Test
	void editingMakesASiblingOfTheQuestion() throws Exception {
		String id = twoTurns();
		String question = text(messages(id).get(2), "id");
		JsonNode edited = ask("b2", "{\"message\":\"q2, really\",\"conversationId\":\"%s\",\"parentId\":\"%s\"}", id,
				question);
		List<JsonNode> messages = messages(id);
		assertThat(texts(messages)).containsExactly("q1", "a1", "q2", "a2", "q2, really", "b2");
		assertThat(text(messages.get(4), "parentId")).isEqualTo(text(messages.get(1), "id"));
		assertThat(text(messages.get(5), "parentId")).isEqualTo(text(messages.get(4), "id"));
		assertThat(text(conversation(id), "currentMessageId")).isEqualTo(text(edited, "messageId"));
		assertThat(lastAsked()).containsExactly("q1", "a1", "q2, really");
		ask("a3", "{\"message\":\"q3\",\"conversationId\":\"%s\"}", id);
		assertThat(lastAsked()).containsExactly("q1", "a1", "q2, really", "b2", "q3");
	}

	@Test
	void theFirstQuestionCanBeEditedToo() throws Exception {
		String id = text(ask("a1", "{\"message\":\"q1\"}"), "conversationId");
		ask("b1", "{\"message\":\"q1, really\",\"conversationId\":\"%s\",\"parentId\":\"%s\"}", id,
				text(messages(id).get(0), "id"));
		assertThat(messages(id)).extracting((message) -> message.get("parentId").isNull())
			.containsExactly(true, false, true, false);
		assertThat(lastAsked()).containsExactly("q1, really");
	}

	@Test
	void aParentInAnotherConversationIsNotFound() throws Exception {
		JsonNode one = ask("a1", "{\"message\":\"q1\"}");
		JsonNode other = ask("a1", "{\"message\":\"q1\"}");
		long asked = UPSTREAM.questions();
		String body = "{\"message\":\"x\",\"conversationId\":\"%s\",\"parentId\":\"%s\"}";
		assertThat(status(body, text(one, "conversationId"), text(other, "messageId"))).isEqualTo(404);
		assertThat(status("{\"message\":\"x\",\"parentId\":\"%s\"}", text(other, "messageId"))).isEqualTo(400);
		assertThat(messages(text(one, "conversationId"))).hasSize(2);
		assertThat(UPSTREAM.questions()).isEqualTo(asked);
	}

	@ParameterizedTest
	@ValueSource(strings = { "stopped", "length", "interrupted" })
	void anAnswerThatWasCutOffGoesOnInTheSameMessage(String how) throws Exception {
		String start = cutOff(how);
		SseTranscript cut = SseTranscript.of(start);
		String id = text(cut.events().get(0).data(), "conversationId");
		String answer = text(cut.events().get(0).data(), "messageId");
		UPSTREAM.instead(says(" and the rest"));
		SseTranscript more = SseTranscript
			.of(this.reader.send(this.reader.ask("/api/chat/stream", "{\"continueId\":\"" + answer + "\"}")).body());
		assertThat(text(more.events().get(0).data(), "messageId")).isEqualTo(answer);
		assertThat(more.content()).isEqualTo("half and the rest");
		assertThat(more.last().name()).isEqualTo("complete");
		assertThat(texts(messages(id))).containsExactly("q", "half and the rest");
		assertThat(text(messages(id).get(1), "state")).isEqualTo("complete");
		assertThat(lastAsked()).startsWith("q", "half").hasSize(3);
	}

	/** Returns the stream of an answer that stops after "half". */
	private String cutOff(String how) throws Exception {
		if (how.equals("length")) {
			UPSTREAM.instead(Script.stream().text("half").finish("length").done().end());
			return this.reader.stream("q");
		}
		if (how.equals("interrupted")) {
			UPSTREAM.instead(Script.stream().text("half").pause(Duration.ofMillis(200)).reset());
			return this.reader.stream("q");
		}
		UPSTREAM.instead(Script.stream().text("half").stall());
		try (InputStream in = this.reader.openStream("q").body()) {
			String read = HttpReader.readUntil(in, "half");
			String stream = text(SseTranscript.of(read).events().get(0).data(), "streamId");
			assertThat(this.reader.delete("/api/chat/stream/" + stream).statusCode()).isEqualTo(204);
			return read + new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	@Test
	void anAnswerThatIsWholeOrAnothersDoesNotGoOn() throws Exception {
		JsonNode whole = ask("a", "{\"message\":\"q\"}");
		String answer = text(whole, "messageId");
		assertThat(status("{\"continueId\":\"%s\"}", answer)).isEqualTo(400);
		String cut = text(SseTranscript.of(cutOff("length")).events().get(0).data(), "messageId");
		HttpReader stranger = this.reader.stranger();
		assertThat(stranger.send(stranger.ask("/api/chat", "{\"continueId\":\"" + cut + "\"}")).statusCode())
			.isEqualTo(404);
	}

	@Test
	void onlyAKnownAnswerCanBeContinued() throws Exception {
		UUID unknown = UUID.randomUUID();
		assertThat(status("{\"continueId\":\"%s\"}", unknown)).isEqualTo(404);
		assertThat(status("{\"continueId\":\"%s\",\"message\":\"x\"}", unknown)).isEqualTo(400);
		assertThat(status("{\"continueId\":\"x\"}")).isEqualTo(400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "false", "true" })
	void textOfTheMockNeverGoesUpstream(String temporary) throws Exception {
		String id = mocked("{\"message\":\"q1\",\"temporary\":" + temporary + "}");
		ask("a2", "{\"message\":\"q2\",\"conversationId\":\"%s\"}", id);
		assertThat(lastAsked()).containsExactly("q1\n\nq2");
		mocked("{\"message\":\"q3\",\"conversationId\":\"" + id + "\"}");
		mocked("{\"message\":\"q4\",\"conversationId\":\"" + id + "\"}");
		ask("a5", "{\"message\":\"q5\",\"conversationId\":\"%s\"}", id);
		assertThat(lastAsked()).containsExactly("q1\n\nq2", "a2", "q3\n\nq4\n\nq5");
	}

	/**
	 * Asks a model that is unavailable, so that the mock answers. Returns the
	 * conversation id.
	 */
	private String mocked(String body) throws Exception {
		UPSTREAM.instead(Script.error(401, "x"));
		JsonNode answer = json(this.reader.send(this.reader.ask("/api/chat", body)).body());
		assertThat(text(answer, "source")).isEqualTo("mock");
		assertThat(text(answer, "model")).isEqualTo("mock");
		return text(answer, "conversationId");
	}

	@Test
	void aModelAnswersInPlaceOfTheMockWhenItIsAskedAgain() throws Exception {
		String id = mocked("{\"message\":\"q1\"}");
		String question = text(messages(id).get(0), "id");
		ask("a1", "{\"message\":\"q1\",\"conversationId\":\"%s\",\"parentId\":\"%s\"}", id, question);
		assertThat(lastAsked()).containsExactly("q1");
		assertThat(messages(id).subList(1, 3)).extracting((message) -> text(message, "source"))
			.containsExactly("mock", "openrouter");
		ask("a2", "{\"message\":\"q2\",\"conversationId\":\"%s\"}", id);
		assertThat(lastAsked()).containsExactly("q1", "a1", "q2");
	}

	@Test
	void theModelGoesOnBelowAMocksAnswer() throws Exception {
		String id = mocked("{\"message\":\"q1\"}");
		UPSTREAM.instead(Script.stream().text("half").finish("length").done().end());
		json(this.reader.send(this.reader.ask("/api/chat", "{\"message\":\"q2\",\"conversationId\":\"" + id + "\"}"))
			.body());
		JsonNode whole = ask(" and the rest", "{\"continueId\":\"%s\"}", text(messages(id).get(3), "id"));
		assertThat(text(whole, "content")).isEqualTo("half and the rest");
		assertThat(lastAsked()).startsWith("q1\n\nq2", "half").hasSize(3);
	}

	@Test
	void thoughtsAloneAreTheModelsAndNoMockGoesOnWithThem() throws Exception {
		UPSTREAM.instead(Script.stream().reasoning("Hm.").pause(Duration.ofMillis(200)).reset());
		SseTranscript cut = SseTranscript.of(this.reader.stream("q"));
		String answer = text(cut.events().get(0).data(), "messageId");
		UPSTREAM.instead(Script.error(401, "x"));
		SseTranscript more = SseTranscript
			.of(this.reader.send(this.reader.ask("/api/chat/stream", "{\"continueId\":\"" + answer + "\"}")).body());
		assertThat(more.names()).doesNotContain("fallback");
		assertThat(text(more.last().data(), "code")).isEqualTo("upstream_unauthorized");
		JsonNode kept = messages(text(cut.events().get(0).data(), "conversationId")).get(1);
		assertThat(text(kept, "source")).isEqualTo("openrouter");
		assertThat(text(kept, "reasoning")).isEqualTo("Hm.");
		assertThat(text(kept, "content")).isEmpty();
	}

	@Test
	void aStoredAnswerOfTheMockTellsWhyItTookOver() throws Exception {
		String id = mocked("{\"message\":\"q1\"}");
		ask("a2", "{\"message\":\"q2\",\"conversationId\":\"%s\"}", id);
		List<JsonNode> messages = messages(id);
		assertThat(text(messages.get(1), "fallback")).isEqualTo("upstream_unauthorized");
		assertThat(messages.get(3).has("fallback")).isFalse();
	}

	@Test
	void importedTextOfTheMockDoesNotGoUpstream() throws Exception {
		String id = mocked("{\"message\":\"q1\"}");
		String file = this.reader.get("/api/conversations/" + id + "/export?format=json")
			.body()
			.replace("\"origin\":\"runnel:", "\"origin\":\"elsewhere:");
		String copy = text(
				json(this.reader.send(this.reader.ask("/api/conversations/import", file)).body()).get("imported")
					.get(0),
				"id");
		ask("a2", "{\"message\":\"q2\",\"conversationId\":\"%s\"}", copy);
		assertThat(lastAsked()).containsExactly("q1\n\nq2");
	}

	@Test
	void deletingAConversationEndsItsStreams() throws Exception {
		CountDownLatch never = new CountDownLatch(1);
		UPSTREAM.instead(Script.stream().text("half").awaitGate(never).text("more").finish("stop").done().end());
		try (InputStream in = this.reader.openStream("q").body()) {
			String read = HttpReader.readUntil(in, "half");
			String id = text(SseTranscript.of(read).events().get(0).data(), "conversationId");
			assertThat(this.reader.stranger().delete("/api/conversations/" + id).statusCode()).isEqualTo(404);
			assertThat(this.reader.delete("/api/conversations/" + id).statusCode()).isEqualTo(204);
			SseTranscript transcript = SseTranscript.of(read + new String(in.readAllBytes(), StandardCharsets.UTF_8));
			assertThat(transcript.last().name()).isEqualTo("complete");
			assertThat(text(transcript.last().data(), "status")).isEqualTo("stopped");
			assertThat(transcript.content()).isEqualTo("half");
			assertThat(this.reader.get("/api/conversations/" + id).statusCode()).isEqualTo(404);
			assertThat(this.reader.get("/api/conversations").body()).doesNotContain(id);
		}
		finally {
			never.countDown();
		}
	}

}
