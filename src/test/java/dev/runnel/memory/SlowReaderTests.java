package dev.runnel.memory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clients that ask for a long conversation and do not read it keep it in memory. Their
 * number is bounded by the memory, over real connections.
 */
@Tag("one-jdk")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "runnel.memory.max=60MB")
@Timeout(600)
class SlowReaderTests {

	private static final int LENGTH = 1_000_000;

	private static final String FILE = """
			{"format": "runnel-conversation", "version": 1, "title": "Long", "pinned": false,
			"createdAt": "2026-01-31T09:05:00Z", "updatedAt": "2026-01-31T09:05:02Z", "settings": {},
			"messages": [
			{"id": 1, "parent": null, "role": "user", "createdAt": "2026-01-31T09:05:01Z", "content": "hi"},
			{"id": 2, "parent": 1, "role": "assistant", "createdAt": "2026-01-31T09:05:02Z", "content": "%s",
			"answer": {"state": "complete", "reasoning": "", "source": "openrouter", "model": "acme/chat-1"}}],
			"current": 2}
			""".formatted("\\\"".repeat(LENGTH));

	private static final Pattern BEGINNING = Pattern.compile("href=\"(/ai-demo/c/[^\"]+/beginning/[^\"]+)\"");

	private final HttpClient client = HttpClient.newHttpClient();

	private final List<Socket> open = new ArrayList<>();

	private final int port;

	private final MemoryAccount memory;

	private String cookie = "";

	private String conversation = "";

	SlowReaderTests(@LocalServerPort int port, @Autowired MemoryAccount memory) {
		this.port = port;
		this.memory = memory;
	}

	@BeforeEach
	void importOne() throws Exception {
		HttpResponse<String> imported = this.client
			.send(request("/api/conversations/import").header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString(FILE))
				.build(), HttpResponse.BodyHandlers.ofString());
		assertThat(imported.statusCode()).as(imported.body()).isEqualTo(201);
		String set = imported.headers().firstValue("Set-Cookie").orElseThrow();
		this.cookie = set.substring(0, set.indexOf(';'));
		int id = imported.body().indexOf("\"id\":\"") + 6;
		this.conversation = imported.body().substring(id, id + 36);
	}

	@AfterEach
	void letGo() throws IOException {
		for (Socket socket : this.open) {
			socket.close();
		}
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
			.timeout(Duration.ofSeconds(240));
	}

	private HttpResponse<String> get(String path) throws Exception {
		return this.client.send(request(path).header("Cookie", this.cookie).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	private void askAndDoNotRead(String path) throws IOException {
		Socket socket = new Socket();
		this.open.add(socket);
		socket.setReceiveBufferSize(4096);
		socket.connect(new InetSocketAddress("127.0.0.1", this.port), 10_000);
		socket.getOutputStream()
			.write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: " + this.cookie + "\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/conversations/ID", "/api/conversations/ID/export?format=html", "/ai-demo/c/ID" })
	void areBoundedByTheMemory(String path) throws Exception {
		assertBounded(path.replace("ID", this.conversation));
	}

	@Test
	void areBoundedAtTheBeginningOfALongAnswerToo() throws Exception {
		Matcher beginning = BEGINNING.matcher(get("/ai-demo/c/" + this.conversation).body());
		assertThat(beginning.find()).isTrue();
		assertBounded(beginning.group(1));
	}

	private void assertBounded(String address) throws Exception {
		assertThat(get(address).statusCode()).isEqualTo(200);
		for (int readers = 1; readers <= 3; readers++) {
			askAndDoNotRead(address);
			long held = readers * 12L * LENGTH;
			await().atMost(Duration.ofSeconds(20)).until(() -> this.memory.used() >= held);
		}
		HttpResponse<String> refused = get(address);
		assertThat(refused.statusCode()).isEqualTo(503);
		assertThat(refused.headers().firstValue("Retry-After")).isPresent();
		assertThat(refused.headers().firstValue("Content-Disposition")).isEmpty();
		letGo();
		await().atMost(Duration.ofSeconds(20)).until(() -> this.memory.used() == 0);
		assertThat(get(address).statusCode()).isEqualTo(200);
	}

}
