package dev.runnel.conversation.web;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A refused question stores nothing. Tested over HTTP.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "runnel.mock.pace=0", "runnel.mock.slow-pace=100ms" })
class RefusedQuestionTests {

	private final int port;

	RefusedQuestionTests(@LocalServerPort int port) {
		this.port = port;
	}

	@Test
	void questionBeyondALimitLeavesNothingBehind() throws Exception {
		Api visitor = Api.visitor(this.port);
		ExecutorService threads = Executors.newFixedThreadPool(12);
		try {
			Callable<Integer> ask = () -> visitor
				.send(HttpMethod.POST, "/api/chat/stream", "{\"message\":\"/mock slow\"}")
				.returnResult(String.class)
				.getStatus()
				.value();
			List<Integer> statuses = new ArrayList<>();
			for (Future<Integer> status : threads.invokeAll(Collections.nCopies(12, ask))) {
				statuses.add(status.get());
			}
			assertThat(statuses).containsOnly(200, 429);
			assertThat(statuses.stream().filter((status) -> status == 200)).hasSize(4);
			JsonNode kept = Api.json(visitor.get("/api/conversations")).get("conversations");
			assertThat(kept).hasSize(4);
			kept.forEach((one) -> visitor.delete("/api/conversations/" + one.get("id").asString()));
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void questionWithoutAStreamIsRefusedBeforeAnythingIsStored() {
		Api visitor = Api.visitor(this.port);
		visitor.postAccepting("/api/chat/stream", "application/json", "{\"message\":\"Two\"}")
			.expectStatus()
			.isEqualTo(HttpStatus.NOT_ACCEPTABLE);
		assertThat(Api.json(visitor.get("/api/conversations")).get("conversations")).isEmpty();
	}

}
