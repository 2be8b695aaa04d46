package dev.runnel.chat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import dev.runnel.RunnelCluster;
import dev.runnel.RunnelProcess;
import dev.runnel.conversation.store.Postgres;
import dev.runnel.upstream.Script;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server whose Redis goes away answers on, and says so.
 */
@Tag("one-jdk")
@Timeout(400)
class AwayRedisTests {

	@RegisterExtension
	static final Postgres postgres = new Postgres();

	@TempDir
	private Path folder;

	private RunnelCluster cluster;

	@BeforeEach
	void start() throws IOException {
		this.cluster = new RunnelCluster(this.folder, postgres, Script.hello(), "--runnel.redis.node-timeout=1s",
				"--management.endpoint.health.show-details=always");
	}

	@AfterEach
	void end() {
		if (this.cluster != null) {
			this.cluster.close();
		}
	}

	@Test
	void theLogSaysItOnceAndTheHealthIsDegraded() throws Exception {
		RunnelProcess server = this.cluster.add();
		HttpReader visitor = new HttpReader(server.port());
		awaitHealth(visitor, "UP");
		this.cluster.redis().kill();
		awaitHealth(visitor, "DEGRADED");
		assertThat(visitor.get("/actuator/health").statusCode()).isEqualTo(200);
		for (int i = 0; i < 3; i++) {
			assertThat(visitor.stream("hi")).contains("event: complete\n");
		}
		this.cluster.redis().restart();
		awaitHealth(visitor, "UP");
		assertThat(visitor.stream("hi")).contains("event: complete\n");
		assertThat(server.log())
			.containsOnlyOnce("Redis does not answer, so streams can be read only on their own servers")
			.containsOnlyOnce("Redis answers again");
	}

	private static void awaitHealth(HttpReader visitor, String status) {
		Awaitility.await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> {
			HttpResponse<String> health = visitor.get("/actuator/health");
			JsonNode components = JsonMapper.shared().readTree(health.body()).get("components");
			assertThat(components.get("redis").get("status").asString()).isEqualTo(status);
		});
	}

}
