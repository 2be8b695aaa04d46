package dev.runnel.chat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import dev.runnel.RunnelProcess;
import dev.runnel.conversation.store.Postgres;
import dev.runnel.stream.redis.RedisServer;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two servers in processes of their own that share a PostgreSQL and a Redis.
 */
@Timeout(400)
class ClusterTests {

	@RegisterExtension
	static final Postgres postgres = new Postgres();

	private static final Script HALF = Script.stream()
		.reasoning("Hm. ")
		.text("one ")
		.text("two ")
		.text("three")
		.stall();

	@TempDir
	private Path folder;

	private final ScriptedUpstream upstream = ScriptedUpstream.start(HALF);

	private RedisServer redis;

	private RunnelProcess first;

	private RunnelProcess second;

	private HttpReader atFirst;

	private HttpReader atSecond;

	@BeforeEach
	void start() throws Exception {
		this.redis = RedisServer.onFreePort();
		String database = postgres.newDatabase();
		this.first = server("first", database);
		this.second = server("second", database);
		this.atFirst = new HttpReader(this.first.port());
		this.atSecond = this.atFirst.at(this.second.port());
		// Both requests of the visitor then have the cookie.
		this.atFirst.get("/api/models");
	}

	private RunnelProcess server(String name, String database) throws Exception {
		return RunnelProcess.start(Files.createDirectory(this.folder.resolve(name)), "true",
				"--runnel.database-url=" + database, "--runnel.redis.url=" + this.redis.url(),
				"--runnel.security.secret=the same secret of both servers, for tests only",
				"--runnel.openrouter.api-key=key", "--runnel.openrouter.base-url=" + this.upstream.baseUrl(),
				"--runnel.openrouter.model=acme/asked", "--runnel.stream.shutdown-wait=1s",
				"--runnel.redis.node-timeout=5s");
	}

	@AfterEach
	void end() {
		for (AutoCloseable started : new AutoCloseable[] { this.first, this.second, this.redis, this.upstream }) {
			if (started != null) {
				try {
					started.close();
				}
				catch (Exception ex) {
					throw new IllegalStateException(ex);
				}
			}
		}
	}

	private String onlyStream() throws Exception {
		JsonNode streams = JsonMapper.shared().readTree(this.atSecond.get("/api/chat/streams").body());
		assertThat(streams.size()).isEqualTo(1);
		return streams.get(0).get("streamId").asString();
	}

	@Test
	void anAnswerIsReadAndStoppedOnTheOtherServer() throws Exception {
		try (InputStream own = this.atFirst.openStream("hi").body()) {
			HttpReader.readUntil(own, "three");
			String stream = onlyStream();
			try (InputStream other = this.atSecond.openAgain(stream, 0).body()) {
				HttpReader.readUntil(other, "three");
				assertThat(this.atSecond.delete("/api/chat/stream/" + stream).statusCode()).isEqualTo(204);
				HttpReader.readUntil(own, "\"status\":\"stopped\"");
				HttpReader.readUntil(other, "\"status\":\"stopped\"");
			}
		}
	}

	@Test
	void anAnswerOfAKilledServerEndsOnTheOtherWithAllThatWasShown() throws Exception {
		try (InputStream own = this.atFirst.openStream("hi").body()) {
			HttpReader.readUntil(own, "three");
			try (InputStream other = this.atSecond.openAgain(onlyStream(), 0).body()) {
				HttpReader.readUntil(other, "three");
				this.first.close();
				assertThat(HttpReader.readUntil(other, "\"retryable\":true}\n\n")).contains("event: error")
					.contains("\"code\":\"interrupted\"");
			}
		}
		Awaitility.await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> {
			JsonNode answer = answer();
			assertThat(answer.get("state").asString()).isEqualTo("interrupted");
			assertThat(answer.get("content").asString()).isEqualTo("one two three");
			assertThat(answer.get("reasoning").asString()).isEqualTo("Hm. ");
		});
	}

	@Test
	void anAnswerOfAServerThatStopsEndsOnTheOther() throws Exception {
		try (InputStream own = this.atFirst.openStream("hi").body()) {
			HttpReader.readUntil(own, "three");
			try (InputStream other = this.atSecond.openAgain(onlyStream(), 0).body()) {
				HttpReader.readUntil(other, "three");
				this.first.stop();
				HttpReader.readUntil(own, "\"code\":\"interrupted\"");
				HttpReader.readUntil(other, "\"code\":\"interrupted\"");
			}
		}
		assertThat(answer().get("content").asString()).isEqualTo("one two three");
	}

	private JsonNode answer() throws Exception {
		JsonNode list = JsonMapper.shared().readTree(this.atSecond.get("/api/conversations").body());
		String id = list.get("conversations").get(0).get("id").asString();
		JsonNode conversation = JsonMapper.shared().readTree(this.atSecond.get("/api/conversations/" + id).body());
		return conversation.get("messages").get(1);
	}

}
