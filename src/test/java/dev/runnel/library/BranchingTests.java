package dev.runnel.library;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.codec.ServerSentEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asking again, asking otherwise, and a conversation that goes while it is answered, over
 * HTTP.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "runnel.mock.pace=0", "runnel.mock.slow-pace=100ms" })
class BranchingTests {

	private final int port;

	private Api api;

	private JsonNode first;

	BranchingTests(@LocalServerPort int port) {
		this.port = port;
	}

	@BeforeEach
	void askOnce() {
		this.api = Api.visitor(this.port);
		this.first = this.api.ask("{\"message\":\"One\"}");
	}

	private String conversation() {
		return this.first.get("conversationId").asString();
	}

	private JsonNode messages() {
		return this.api.conversation(conversation()).get("messages");
	}

	private JsonNode askBelow(JsonNode parent, String text) {
		return this.api.ask("{\"conversationId\":\"%s\",\"parentId\":\"%s\",\"message\":\"%s\"}"
			.formatted(conversation(), parent.get("id").asString(), text));
	}

	@Test
	void theSameQuestionAgainGetsOneMoreAnswer() {
		JsonNode question = messages().get(0);
		JsonNode again = askBelow(question, "One");
		JsonNode messages = messages();
		assertThat(messages).hasSize(3);
		assertThat(List.of(messages.get(1), messages.get(2))).allSatisfy((answer) -> {
			assertThat(answer.get("role").asString()).isEqualTo("assistant");
			assertThat(answer.get("parentId").asString()).isEqualTo(question.get("id").asString());
		});
		assertThat(this.api.conversation(conversation()).get("currentMessageId")).isEqualTo(again.get("messageId"));
	}

	@Test
	void anotherTextIsAQuestionBesideIt() {
		JsonNode question = messages().get(0);
		askBelow(question, "Another");
		JsonNode edited = messages().get(2);
		assertThat(edited.get("content").asString()).isEqualTo("Another");
		assertThat(edited.get("parentId")).isEqualTo(question.get("parentId"));
		assertThat(messages().get(3).get("parentId")).isEqualTo(edited.get("id"));
	}

	@Test
	void aConversationThatIsDeletedIsNoLongerAnswered() {
		Flux<String> events = this.api
			.send(HttpMethod.POST, "/api/chat/stream",
					"{\"conversationId\":\"%s\",\"message\":\"/mock slow\"}".formatted(conversation()))
			.returnResult(new ParameterizedTypeReference<ServerSentEvent<String>>() {
			})
			.getResponseBody()
			.mapNotNull(ServerSentEvent::event);
		StepVerifier.create(events.filter((name) -> !name.equals("message")))
			.expectNext("start")
			.then(() -> this.api.delete("/api/conversations/" + conversation()).expectStatus().isNoContent())
			.expectNext("complete")
			.expectComplete()
			.verify(Duration.ofSeconds(10));
		this.api.get("/api/conversations/" + conversation()).expectStatus().isNotFound();
	}

	@Test
	void whatIsRefusedAsOneTooManyLeavesNothingBehind() throws Exception {
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
	void whoCannotTakeAStreamIsRefusedBeforeAnythingIsKept() {
		this.api.postAccepting("/api/chat/stream", "application/json", "{\"message\":\"Two\"}")
			.expectStatus()
			.isEqualTo(HttpStatus.NOT_ACCEPTABLE);
		assertThat(Api.json(this.api.get("/api/conversations")).get("conversations")).hasSize(1);
	}

}
