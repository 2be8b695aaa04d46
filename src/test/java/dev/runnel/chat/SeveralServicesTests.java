package dev.runnel.chat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import dev.runnel.upstream.ScriptedUpstream.Request;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server with three services: one is dead, one is slow to list its models, and one
 * lists 500 models.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "runnel.chat.title-timeout=0s", "runnel.catalogue.timeout=5m",
				"runnel.catalogue.patience=100ms", "runnel.fallback=error" })
@Timeout(120)
class SeveralServicesTests {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final CountDownLatch GATE = new CountDownLatch(1);

	private static final ScriptedUpstream SLOW = ScriptedUpstream.start(says("slowly"))
		.models(Script.empty().awaitGate(GATE));

	private static final ScriptedUpstream MANY = ScriptedUpstream.start(says("one of many"))
		.models(list(IntStream.range(0, 500).mapToObj((i) -> "m-" + i).toList()));

	private final HttpReader reader;

	SeveralServicesTests(@LocalServerPort int port) {
		this.reader = new HttpReader(port);
	}

	@DynamicPropertySource
	static void services(DynamicPropertyRegistry registry) {
		registry.add("runnel.openrouter.base-url", SeveralServicesTests::gone);
		registry.add("runnel.openrouter.api-key", () -> "dead-key");
		registry.add("runnel.openrouter.models", () -> "m-3");
		registry.add("runnel.upstreams[0].name", () -> "slow");
		registry.add("runnel.upstreams[0].base-url", SLOW::baseUrl);
		registry.add("runnel.upstreams[0].api-key", () -> "slow-key");
		registry.add("runnel.upstreams[1].name", () -> "many");
		registry.add("runnel.upstreams[1].base-url", MANY::baseUrl);
		registry.add("runnel.upstreams[1].api-key", () -> "many-key");
	}

	/** An address where nobody listens any more. */
	private static String gone() {
		try (ScriptedUpstream gone = ScriptedUpstream.start()) {
			return gone.baseUrl();
		}
	}

	@AfterAll
	static void close() {
		GATE.countDown();
		SLOW.close();
		MANY.close();
	}

	/** An answer that does not say which model wrote it. */
	private static Script says(String text) {
		return Script.stream()
			.data("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"},\"finish_reason\":\"stop\"}]}")
			.done()
			.end();
	}

	private static Script list(List<String> ids) {
		return Script.answer(200, "application/json",
				ids.stream()
					.map((id) -> "{\"id\":\"" + id + "\"}")
					.collect(Collectors.joining(",", "{\"data\":[", "]}")));
	}

	@BeforeEach
	void awaitWhatAnswers() {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> states().contains("127.0.0.1=unreachable") && states().contains("many=listed"));
		SLOW.instead(says("slowly"));
		MANY.instead(says("one of many"));
	}

	private JsonNode get(String path) throws Exception {
		return JSON.readTree(this.reader.get(path).body());
	}

	private List<String> states() throws Exception {
		return get("/api/services").valueStream()
			.map((service) -> service.get("name").asString() + "=" + service.get("state").asString())
			.toList();
	}

	private JsonNode ask(String model) throws Exception {
		return JSON.readTree(
				this.reader.send(this.reader.ask("/api/chat", "{\"message\":\"q\",\"model\":\"" + model + "\"}")).body());
	}

	@Test
	void theListHasWhatAnswersAndTheStateOfTheOthers() throws Exception {
		JsonNode models = get("/api/models");
		assertThat(models.size()).isEqualTo(500);
		assertThat(models.get(0).get("id").asString()).isEqualTo("m-0");
		assertThat(models.get(499).get("id").asString()).isEqualTo("m-499");
		assertThat(models.get(499).get("service").asString()).isEqualTo("many");
		assertThat(models.get(499).get("local").asBoolean()).isTrue();
		assertThat(states()).containsExactly("127.0.0.1=unreachable", "slow=loading", "many=listed");
	}

	@Test
	void eachQuestionGoesToTheServiceOfItsModelWithTheKeyOfThat() throws Exception {
		JsonNode answer = ask("m-7");
		assertThat(answer.get("content").asString()).isEqualTo("one of many");
		assertThat(answer.get("model").asString()).isEqualTo("m-7");
		assertAsked(MANY.takeRequest(), "m-7", "many-key");
		assertThat(ask("slow/s-1").get("model").asString()).isEqualTo("slow/s-1");
		assertAsked(SLOW.takeRequest(), "s-1", "slow-key");
		assertThat(MANY.requests().toString()).doesNotContain("slow-key", "dead-key");
		assertThat(SLOW.requests().toString()).doesNotContain("many-key", "dead-key");
	}

	@Test
	void theModelOfAnotherServiceAnswersForADeadOne() throws Exception {
		JsonNode answer = ask("127.0.0.1/anything");
		assertThat(answer.get("content").asString()).isEqualTo("one of many");
		assertThat(answer.get("model").asString()).isEqualTo("m-3");
		assertAsked(MANY.takeRequest(), "m-3", "many-key");
	}

	@Test
	void aLongerIdMeansTheSameModel() throws Exception {
		assertThat(ask("many/m-7").get("model").asString()).isEqualTo("many/m-7");
		assertAsked(MANY.takeRequest(), "m-7", "many-key");
		assertThat(ask("many/none").get("code").asString()).isEqualTo("invalid_request");
	}

	private static void assertAsked(Request request, String model, String key) {
		assertThat(request.headers()).containsEntry("Authorization", "Bearer " + key);
		assertThat(JSON.readTree(request.text()).get("model").asString()).isEqualTo(model);
	}

}
