package dev.runnel.chat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.runnel.RunnelApplication;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that is killed, and started again in the same data directory: what was asked
 * is there, and an answer that broke off can go on.
 */
@Timeout(120)
class KilledServerTests {

	@TempDir
	private Path folder;

	private Process server;

	private int port;

	private String cookie = "";

	@BeforeEach
	void startOnAFreePort() throws IOException {
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.port = free.getLocalPort();
		}
		start();
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

	@AfterEach
	void kill() throws InterruptedException {
		this.server.destroyForcibly().waitFor();
	}

	private void start() throws IOException {
		String java = ProcessHandle.current().info().command().orElseThrow();
		this.server = new ProcessBuilder(java, "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
				RunnelApplication.class.getName(), "--server.port=" + this.port,
				"--runnel.data-dir=" + this.folder.resolve("data"),
				"--runnel.security.secret-file=" + this.folder.resolve("secret"), "--runnel.mock.pace=20ms")
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
		return WebTestClient.bindToServer()
			.baseUrl("http://127.0.0.1:" + this.port)
			.defaultHeader("Cookie", this.cookie)
			.responseTimeout(Duration.ofSeconds(30))
			.build();
	}

	/** Asks and kills the server as soon as it has said that it begins. */
	private JsonNode askAndKill(String message) throws InterruptedException {
		List<String> start = client().post()
			.uri("/api/chat/stream")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{\"message\":\"" + message + "\"}")
			.exchange()
			.expectStatus()
			.isOk()
			.returnResult(String.class)
			.getResponseBody()
			.take(1)
			.collectList()
			.doOnNext((lines) -> this.server.destroyForcibly())
			.toFuture()
			.orTimeout(30, TimeUnit.SECONDS)
			.join();
		this.server.waitFor();
		return JsonMapper.shared().readTree(start.get(0));
	}

	@Test
	void aQuestionOutlivesTheServerAndItsAnswerGoesOn() throws Exception {
		for (int i = 0; i < 2; i++) {
			JsonNode start = askAndKill("Question " + i);
			start();
			String answer = start.get("messageId").asString();
			Awaitility.await()
				.atMost(20, TimeUnit.SECONDS)
				.untilAsserted(() -> assertThat(resume(answer)).contains("\"messageId\":\"" + answer + "\"",
						"\"continued\":true", "event:complete"));
		}
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
	void whatWasImportedIsThereAndWhatWasDeletedIsNot() throws Exception {
		JsonNode start = askAndKill("Question");
		start();
		String conversation = "/api/conversations/" + start.get("conversationId").asString();
		byte[] file = client().get()
			.uri(conversation + "/export?format=json")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBody();
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
