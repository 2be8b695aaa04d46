package dev.runnel.limits;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import dev.runnel.conversation.store.Postgres;
import dev.runnel.page.RunningRunnel;
import dev.runnel.stream.redis.RedisServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Servers that share a Redis count requests together, and each by itself while Redis is
 * away.
 */
@Tag("one-jdk")
@Timeout(120)
class SharedLimitsTests {

	private static final String QUESTION = "{\"message\":\"hi\",\"temporary\":true}";

	@RegisterExtension
	static final Postgres postgres = new Postgres();

	private static RedisServer redis;

	private static RunningRunnel first;

	private static RunningRunnel second;

	private final HttpClient client = HttpClient.newHttpClient();

	@BeforeAll
	static void start() throws IOException {
		redis = RedisServer.onFreePort();
		String database = postgres.newDatabase();
		first = server(database);
		second = server(database);
	}

	private static RunningRunnel server(String database) {
		return RunningRunnel.start("--runnel.data-dir=mem", "--runnel.database-url=" + database,
				"--runnel.redis.url=" + redis.url(),
				"--runnel.security.secret=the same secret of all servers, for tests only",
				"--runnel.security.trusted-proxies=127.0.0.1", "--runnel.openrouter.api-key=",
				"--runnel.limits.searches-per-address=3", "--runnel.limits.questions-per-visitor=2");
	}

	@AfterAll
	static void stop() {
		second.close();
		first.close();
		redis.close();
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return this.client.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
	}

	private static HttpRequest.Builder request(RunningRunnel server, String address, String path) {
		return HttpRequest.newBuilder(URI.create(server.url(path))).header("X-Forwarded-For", address);
	}

	private int search(RunningRunnel server, String address) throws Exception {
		return send(request(server, address, "/api/conversations?query=a").GET()).statusCode();
	}

	private int ask(RunningRunnel server, String address, String cookie) throws Exception {
		return send(request(server, address, "/api/chat").header("Content-Type", "application/json")
			.header("Cookie", cookie)
			.POST(HttpRequest.BodyPublishers.ofString(QUESTION))).statusCode();
	}

	@Test
	void anAddressHasOneLimitOnAllServers() throws Exception {
		assertThat(search(first, "203.0.113.1")).isEqualTo(200);
		assertThat(search(second, "203.0.113.1")).isEqualTo(200);
		assertThat(search(first, "203.0.113.1")).isEqualTo(200);
		assertThat(search(second, "203.0.113.1")).isEqualTo(429);
		assertThat(search(second, "203.0.113.2")).isEqualTo(200);
	}

	@Test
	void aVisitorHasOneLimitOnAllServers() throws Exception {
		HttpResponse<String> page = send(request(first, "203.0.113.3", "/api/models").GET());
		String set = page.headers().firstValue("Set-Cookie").orElseThrow();
		String cookie = set.substring(0, set.indexOf(';'));
		assertThat(ask(first, "203.0.113.3", cookie)).isEqualTo(200);
		assertThat(ask(second, "203.0.113.4", cookie)).isEqualTo(200);
		assertThat(ask(first, "203.0.113.5", cookie)).isEqualTo(429);
	}

	@Test
	void eachServerCountsByItselfWhileRedisIsAway() throws Exception {
		assertThat(search(first, "203.0.113.6")).isEqualTo(200);
		redis.kill();
		for (int i = 0; i < 3; i++) {
			assertThat(search(first, "203.0.113.6")).isEqualTo(200);
			assertThat(search(second, "203.0.113.6")).isEqualTo(200);
		}
		assertThat(search(first, "203.0.113.6")).isEqualTo(429);
		redis.restart();
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
			search(first, "203.0.113.7");
			return redis.keys("runnel:rate:*203.0.113.7*") == 1;
		});
	}

}
