package dev.runnel.chat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.runnel.HttpClients;
import dev.runnel.ServerJava;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that is killed and started again with the same data directory: the questions
 * are still there, and an interrupted answer can be continued. Each test has a visitor of
 * its own, and goes on with the server and the data that the one before has left.
 */
@Tag("one-jdk")
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledServerTests {

	private static final Script HALF = Script.stream().reasoning("Hm. ").text("half").stall();

	private static final Script REST = Script.stream().text(" and the rest").finish("stop").done().end();

	@TempDir
	private static Path folder;

	private final ScriptedUpstream upstream = ScriptedUpstream.start(HALF);

	private Process server;

	private int port;

	private String cookie = "";

	@BeforeAll
	void startOnAFreePort() throws IOException {
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.port = free.getLocalPort();
		}
		start();
	}

	/** A test that failed may have left no server. */
	@BeforeEach
	void comeAsAnotherVisitor() throws IOException {
		if (!this.server.isAlive()) {
			start();
		}
		this.upstream.instead(HALF);
		this.cookie = "";
		ResponseCookie visitor = client().get()
			.uri("/api/models")
			.exchange()
			.returnResult(String.class)
			.getResponseCookies()
			.values()
			.iterator()
			.next()
			.get(0);
		this.cookie = visitor.getName() + "=" + visitor.getValue();
	}

	@AfterAll
	void kill() throws InterruptedException {
		this.server.destroyForcibly().waitFor();
	}

	@AfterAll
	void closeUpstream() {
		this.upstream.close();
	}

	private void start() throws IOException {
		this.server = new ProcessBuilder(ServerJava.command(List.of(),
				List.of("--server.port=" + this.port, "--runnel.data-dir=" + folder.resolve("data"),
						"--runnel.security.secret-file=" + folder.resolve("secret"), "--runnel.openrouter.api-key=key",
						"--runnel.openrouter.base-url=" + this.upstream.baseUrl(),
						"--runnel.openrouter.model=acme/asked", "--runnel.mock.pace=500ms")))
			.inheritIO()
			.start();
		Awaitility.await()
			.atMost(60, TimeUnit.SECONDS)
			.ignoreExceptions()
			.until(() -> client().get()
				.uri("/actuator/health")
				.exchange()
				.returnResult(String.class)
				.getStatus()
				.is2xxSuccessful());
	}

	private WebTestClient client() {
		return HttpClients.at("http://127.0.0.1:" + this.port)
			.defaultHeader("Cookie", this.cookie)
			.responseTimeout(Duration.ofSeconds(30))
			.build();
	}

	/** Asks, and kills the server right after the start event. */
	private JsonNode askAndKill(String message) throws InterruptedException {
		JsonNode start = ask(message, 1).get(0);
		kill();
		return start;
	}

	/** Asks, and reads the first events of the answer. */
	private List<JsonNode> ask(String message, int events) {
		List<String> read = client().post()
			.uri("/api/chat/stream")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{\"message\":\"" + message + "\"}")
			.exchange()
			.expectStatus()
			.isOk()
			.returnResult(String.class)
			.getResponseBody()
			.take(events)
			.collectList()
			.toFuture()
			.orTimeout(30, TimeUnit.SECONDS)
			.join();
		return read.stream().map((data) -> JsonMapper.shared().readTree(data)).toList();
	}

	private JsonNode answerOf(JsonNode start) {
		String conversation = client().get()
			.uri("/api/conversations/" + start.get("conversationId").asString())
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		return JsonMapper.shared().readTree(conversation).get("messages").get(1);
	}

	private static void assertWrittenBy(JsonNode answer, String source, String model) {
		assertThat(answer.get("source").asString()).isEqualTo(source);
		assertThat(answer.get("model").asString()).isEqualTo(model);
	}

	private void untilInterrupted(JsonNode start) {
		Awaitility.await()
			.atMost(20, TimeUnit.SECONDS)
			.untilAsserted(() -> assertThat(answerOf(start).get("state").asString()).isEqualTo("interrupted"));
	}

	@Test
	void anAnswerIsItsModelsFromTheFirstMomentAndTheModelGoesOnWithIt() throws Exception {
		JsonNode start = ask("Question", 3).get(0);
		Awaitility.await()
			.atMost(20, TimeUnit.SECONDS)
			.untilAsserted(() -> assertThat(answerOf(start).get("content").asString()).isEqualTo("half"));
		assertWrittenBy(answerOf(start), "openrouter", "acme/chat-1");
		assertThat(page(start)).contains("data-source=\"openrouter\"").doesNotContain("data-source=\"mock\"");
		kill();
		start();
		untilInterrupted(start);
		assertWrittenBy(answerOf(start), "openrouter", "acme/chat-1");
		this.upstream.instead(REST);
		assertThat(resume(start.get("messageId").asString())).contains("\"source\":\"openrouter\"", "event:complete")
			.doesNotContain("mock");
		assertThat(this.upstream.takeRequest().text()).contains("\"content\":\"half\"");
		assertWrittenBy(answerOf(start), "openrouter", "acme/chat-1");
		assertThat(answerOf(start).get("content").asString()).isEqualTo("half and the rest");
	}

	@Test
	void anAnswerWithoutTextIsTheModelsThatWasAsked() throws Exception {
		this.upstream.instead(Script.empty().stall());
		JsonNode start = askAndKill("Question");
		start();
		untilInterrupted(start);
		assertWrittenBy(answerOf(start), "openrouter", "acme/asked");
	}

	@Test
	void fallbackTextStaysTheMocksAfterAKill() throws Exception {
		this.upstream.instead(Script.error(401, "x"));
		JsonNode start = ask("Question", 3).get(0);
		assertWrittenBy(answerOf(start), "mock", "mock");
		kill();
		start();
		untilInterrupted(start);
		assertWrittenBy(answerOf(start), "mock", "mock");
		assertThat(answerOf(start).get("fallback").asString()).isEqualTo("upstream_unauthorized");
	}

	private String page(JsonNode start) {
		return client().get()
			.uri("/ai-demo/c/" + start.get("conversationId").asString())
			.exchange()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
	}

	@Test
	void aQuestionOutlivesTheServerAndItsAnswerGoesOn() throws Exception {
		JsonNode start = askAndKill("Question");
		start();
		this.upstream.instead(REST);
		String answer = start.get("messageId").asString();
		Awaitility.await()
			.atMost(20, TimeUnit.SECONDS)
			.untilAsserted(() -> assertThat(resume(answer)).contains("\"messageId\":\"" + answer + "\"",
					"\"continued\":true", "event:complete"));
	}

	private String resume(String answer) {
		return String
			.valueOf(client().post()
				.uri("/api/chat/stream")
				.contentType(MediaType.APPLICATION_JSON)
				.accept(MediaType.ALL)
				.bodyValue("{\"continueId\":\"" + answer + "\"}")
				.exchange()
				.expectBody(String.class)
				.returnResult()
				.getResponseBody())
			.replace(": ", ":");
	}

	@Test
	void importsAndDeletionsSurviveAKill() throws Exception {
		this.upstream.instead(REST);
		JsonNode start = ask("Question", 3).get(0);
		String conversation = "/api/conversations/" + start.get("conversationId").asString();
		String file = client().get()
			.uri(conversation + "/export?format=json")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody()
			.replace("\"origin\":\"runnel:", "\"origin\":\"elsewhere:");
		client().post()
			.uri("/api/conversations/import")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(file)
			.exchange()
			.expectStatus()
			.is2xxSuccessful();
		assertListed(2);
		kill();
		start();
		assertListed(2);
		client().delete().uri(conversation).exchange().expectStatus().isNoContent();
		kill();
		start();
		client().get().uri(conversation).exchange().expectStatus().isNotFound();
		assertListed(1);
	}

	private void assertListed(int count) {
		client().get()
			.uri("/api/conversations")
			.exchange()
			.expectBody()
			.jsonPath("$.conversations.length()")
			.isEqualTo(count);
	}

}
