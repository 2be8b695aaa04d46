package dev.runnel.web;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The readers of long conversations and others take turns, over HTTP.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = "runnel.security.trusted-proxies=127.0.0.1")
@Timeout(150)
class RenderingOrderTests {

	private static final String ANN = "203.0.113.1";

	private static final String BOB = "203.0.113.2";

	private static final String FILE = """
			{"format": "runnel-conversation", "version": 1, "title": "Tea", "pinned": false,
			"createdAt": "2026-01-31T09:05:00Z", "updatedAt": "2026-01-31T09:05:02Z", "settings": {},
			"messages": [
			{"id": 1, "parent": null, "role": "user", "createdAt": "2026-01-31T09:05:01Z", "content": "How?"},
			{"id": 2, "parent": 1, "role": "assistant", "createdAt": "2026-01-31T09:05:02Z", "content": "*Hot*.",
			"answer": {"state": "complete", "reasoning": "", "source": "openrouter", "model": "acme/chat-1"}}],
			"current": 2}
			""";

	private final HttpClient client = HttpClient.newHttpClient();

	private final int port;

	RenderingOrderTests(@LocalServerPort int port) {
		this.port = port;
	}

	private HttpRequest.Builder request(String address, String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
			.header("X-Forwarded-For", address)
			.timeout(Duration.ofSeconds(130));
	}

	/** Imports a conversation, and returns the request for its page. */
	private HttpRequest pageOfNewConversation(String address) throws Exception {
		HttpResponse<String> imported = this.client
			.send(request(address, "/api/conversations/import").header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString(FILE))
				.build(), HttpResponse.BodyHandlers.ofString());
		assertThat(imported.statusCode()).as(imported.body()).isEqualTo(201);
		String set = imported.headers().firstValue("Set-Cookie").orElseThrow();
		int id = imported.body().indexOf("\"id\":\"") + 6;
		return request(address, "/ai-demo/c/" + imported.body().substring(id, id + 36))
			.header("Cookie", set.substring(0, set.indexOf(';')))
			.build();
	}

	private CompletableFuture<HttpResponse<String>> send(HttpRequest request) {
		return this.client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
	}

	@Test
	void aReaderOfLongConversationsDelaysNoPageOfAnother() throws Exception {
		HttpRequest pageOfAnn = pageOfNewConversation(ANN);
		HttpRequest pageOfBob = pageOfNewConversation(BOB);
		CompletableFuture<HttpResponse<String>> behind;
		try (BusyRendering conversationsOfAnn = new BusyRendering(ANN)) {
			behind = send(pageOfAnn);
			CompletableFuture<HttpResponse<String>> between = send(pageOfBob);
			conversationsOfAnn.endUntil(between::isDone);
			assertThat(between).as("the page of another").isDone();
			assertThat(between.get(1, TimeUnit.SECONDS).body()).contains("<em>Hot</em>");
			assertThat(behind).as("a page of the same address").isNotDone();
		}
		assertThat(behind.get(30, TimeUnit.SECONDS).body()).contains("<em>Hot</em>");
	}

}
