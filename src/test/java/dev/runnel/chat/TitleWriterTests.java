package dev.runnel.chat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.runnel.RunnelApplication;
import dev.runnel.conversation.web.Api;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Titles from a model, with a real database and a scripted upstream.
 */
@Timeout(120)
@Tag("one-jdk")
class TitleWriterTests {

	private static final String QUESTION = "{\"message\":\"Please tell me about tea\"}";

	private static final String PATIENT = "--runnel.chat.title-timeout=20s";

	private static final String FIRST_LINE = "Please tell me about tea";

	private static Script title(String text) {
		return Script.stream().text(text).finish("stop").done().end();
	}

	private static ConfigurableApplicationContext start(ScriptedUpstream upstream, String... settings) {
		SpringApplicationBuilder application = new SpringApplicationBuilder(RunnelApplication.class);
		String[] all = Stream.concat(Stream.of("--server.port=0", "--runnel.data-dir=mem",
				"--runnel.openrouter.base-url=" + upstream.baseUrl(), "--runnel.openrouter.api-key=k",
				"--runnel.stream.shutdown-wait=0s"), Stream.of(settings))
			.toArray(String[]::new);
		return application.run(all);
	}

	private static Api visitor(ConfigurableApplicationContext running) {
		return Api.visitor(running.getEnvironment().getRequiredProperty("local.server.port", int.class));
	}

	private static String id(JsonNode answer) {
		return answer.get("conversationId").asString();
	}

	private static String titleOf(Api api, String id) {
		return api.conversation(id).get("title").asString();
	}

	/** Waits until the title differs from the first line. */
	private static String awaitTitle(Api api, String id) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> titleOf(api, id), (title) -> !title.equals(FIRST_LINE));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			value = { "All about tea | All about tea", "\"All about tea.\" | All about tea", "Title: **Tea** | Tea" })
	void aModelFindsATitleAfterTheFirstAnswer(String said, String title) {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(Script.hello(), title(said), Script.hello());
				ConfigurableApplicationContext running = start(upstream, PATIENT,
						"--runnel.chat.title-model=acme/tiny")) {
			Api api = visitor(running);
			String id = id(api.ask(QUESTION));
			assertThat(awaitTitle(api, id)).isEqualTo(title);
			upstream.takeRequest();
			JsonNode asked = JsonMapper.shared().readTree(upstream.takeRequest().text());
			assertThat(asked.get("model").asString()).isEqualTo("acme/tiny");
			assertThat(asked.get("max_tokens").asInt()).isEqualTo(64);
			assertThat(asked.get("messages").get(1).get("content").asString()).contains(FIRST_LINE, "Hello");
			assertThat(api.ask("{\"message\":\"more\",\"conversationId\":\"" + id + "\"}").get("content").asString())
				.isEqualTo("Hello");
		}
	}

	@Test
	void theFirstAnswerOfAModelCountsAndNotTheMocksBeforeIt() {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(Script.error(401, "x"), Script.hello(), title("Tea"),
				Script.hello()); ConfigurableApplicationContext running = start(upstream, PATIENT)) {
			Api api = visitor(running);
			String id = id(api.ask(QUESTION));
			assertThat(titleOf(api, id)).isEqualTo(FIRST_LINE);
			api.ask("{\"message\":\"again, please\",\"conversationId\":\"" + id + "\"}");
			assertThat(awaitTitle(api, id)).isEqualTo("Tea");
			assertThat(upstream.requests()).noneMatch((request) -> request.text().contains("mock"));
		}
	}

	@Test
	void aTitleMadeByHandIsNotReplaced() {
		CountDownLatch renamed = new CountDownLatch(1);
		Script late = Script.stream().awaitGate(renamed).text("Late").finish("stop").done().end();
		try (ScriptedUpstream upstream = ScriptedUpstream.start(Script.hello(), late);
				ConfigurableApplicationContext running = start(upstream, PATIENT)) {
			Api api = visitor(running);
			String id = id(api.ask(QUESTION));
			upstream.takeConnection();
			upstream.takeConnection();
			api.patch(id, "{\"title\":\"Mine\"}");
			renamed.countDown();
			api.ask("{\"message\":\"more\",\"conversationId\":\"" + id + "\"}");
			assertThat(titleOf(api, id)).isEqualTo("Mine");
		}
	}

	@ParameterizedTest
	@CsvSource({ "500", "400" })
	void aFailureLeavesTheFirstLine(int status) {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(Script.hello(), Script.error(status, "x"));
				ConfigurableApplicationContext running = start(upstream, PATIENT)) {
			Api api = visitor(running);
			String id = id(api.ask(QUESTION));
			upstream.takeRequest();
			upstream.takeRequest();
			assertThat(titleOf(api, id)).isEqualTo(FIRST_LINE);
		}
	}

	@Test
	void aModelThatThinksIsAskedToThinkLittleAndHasRoomForIt() {
		String models = """
				{"data":[{"id":"acme/deep","name":"Deep","supported_parameters":["reasoning"]}]}""";
		Script thoughtfulTitle = Script.stream().reasoning("Hm. Tea.").text("Tea").finish("stop").done().end();
		try (ScriptedUpstream upstream = ScriptedUpstream.start(Script.hello(), thoughtfulTitle)
			.models(Script.answer(200, "application/json", models));
				ConfigurableApplicationContext running = start(upstream, PATIENT,
						"--runnel.chat.title-model=acme/deep")) {
			Api api = visitor(running);
			Awaitility.await()
				.atMost(20, TimeUnit.SECONDS)
				.until(() -> Api.json(api.get("/api/models")).toString().contains("acme/deep"));
			assertThat(awaitTitle(api, id(api.ask(QUESTION)))).isEqualTo("Tea");
			upstream.takeRequest();
			JsonNode asked = JsonMapper.shared().readTree(upstream.takeRequest().text());
			assertThat(asked.get("reasoning_effort").asString()).isEqualTo("minimal");
			assertThat(asked.get("max_tokens").asInt()).isEqualTo(2048);
		}
	}

	@ParameterizedTest
	@CsvSource({ "length", "stop" })
	void thoughtsWithoutATextLeaveTheFirstLine(String finish) {
		Script thoughts = Script.stream().reasoning("Hm. Tea? ").reasoning("Tea!").finish(finish).done().end();
		try (ScriptedUpstream upstream = ScriptedUpstream.start(Script.hello(), thoughts, Script.hello());
				ConfigurableApplicationContext running = start(upstream, PATIENT)) {
			Api api = visitor(running);
			String id = id(api.ask(QUESTION));
			upstream.takeRequest();
			upstream.takeRequest();
			api.ask("{\"message\":\"more\",\"conversationId\":\"" + id + "\"}");
			assertThat(titleOf(api, id)).isEqualTo(FIRST_LINE);
		}
	}

	@Test
	void aTitleThatDoesNotComeIsGivenUpAndTheAnswerDidNotWaitForIt() throws Exception {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(Script.hello(), Script.stream().silence());
				ConfigurableApplicationContext running = start(upstream, "--runnel.chat.title-timeout=1s")) {
			Api api = visitor(running);
			String id = id(api.ask(QUESTION));
			upstream.takeConnection();
			upstream.takeConnection().awaitClientClosed();
			assertThat(titleOf(api, id)).isEqualTo(FIRST_LINE);
		}
	}

	@Test
	void theEndOfTheServerEndsTheSearch() throws Exception {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(Script.hello(), Script.stream().silence())) {
			ConfigurableApplicationContext running = start(upstream, "--runnel.chat.title-timeout=10m");
			visitor(running).ask(QUESTION);
			upstream.takeConnection();
			ScriptedUpstream.Connection asking = upstream.takeConnection();
			asking.awaitSilence();
			running.close();
			asking.awaitClientClosed();
		}
	}

	@Test
	void onlyTheFirstExchangeOfAStoredConversationGetsATitle() {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(Script.hello(), title("Tea"), Script.hello());
				ConfigurableApplicationContext running = start(upstream, PATIENT)) {
			Api api = visitor(running);
			String id = id(api.ask(QUESTION));
			assertThat(awaitTitle(api, id)).isEqualTo("Tea");
			api.ask("{\"message\":\"more\",\"conversationId\":\"" + id + "\"}");
			api.ask("{\"message\":\"between us\",\"temporary\":true}");
			api.ask("{\"message\":\"and more\",\"conversationId\":\"" + id + "\"}");
			assertThat(upstream.requests().stream().filter((request) -> request.method().equals("POST"))).hasSize(5);
		}
	}

	/** A complete answer for which upstream reports this number of tokens. */
	private static Script spending(String text, int tokens) {
		String usage = "{\"choices\":[],\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d}}";
		return Script.stream().text(text).finish("stop").data(usage.formatted(tokens / 2, tokens / 2)).done().end();
	}

	private static ConfigurableApplicationContext startWithTokens(ScriptedUpstream upstream, int tokens) {
		return start(upstream, PATIENT, "--runnel.limits.loopback=true", "--runnel.limits.tokens-per-minute=0",
				"--runnel.limits.tokens-per-day=" + tokens);
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void aTitleIsNotAskedForWithoutTokens(CapturedOutput output) {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(spending("Hello", 19_990), title("Tea"));
				ConfigurableApplicationContext running = startWithTokens(upstream, 20_000)) {
			Api api = visitor(running);
			String id = id(api.ask(QUESTION));
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.until(() -> output.toString().contains(id + " keeps its first line as title: ProblemException"));
			assertThat(upstream.questions()).isEqualTo(1);
			assertThat(titleOf(api, id)).isEqualTo(FIRST_LINE);
		}
	}

	@Test
	void theTokensOfATitleAreMissingForTheNextQuestion() {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(spending("Hello", 20), spending("Tea", 20_000),
				Script.hello()); ConfigurableApplicationContext running = startWithTokens(upstream, 20_000)) {
			Api api = visitor(running);
			assertThat(awaitTitle(api, id(api.ask(QUESTION)))).isEqualTo("Tea");
			JsonNode refused = Api.problem(api.send(HttpMethod.POST, "/api/chat", QUESTION), 429);
			assertThat(refused.get("reason").asString()).isEqualTo("too_many_tokens");
			assertThat(upstream.questions()).isEqualTo(2);
		}
	}

	@Test
	void aFirstAnswerThatIsWrittenAgainAsksForNoOtherTitle() {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(Script.hello(), title("Tea"), Script.hello());
				ConfigurableApplicationContext running = start(upstream, PATIENT)) {
			Api api = visitor(running);
			String id = id(api.ask(QUESTION));
			assertThat(awaitTitle(api, id)).isEqualTo("Tea");
			String question = api.conversation(id).get("messages").get(0).get("id").asString();
			api.ask("{\"message\":\"" + FIRST_LINE + "\",\"conversationId\":\"" + id + "\",\"parentId\":\"" + question
					+ "\"}");
			api.ask("{\"message\":\"more\",\"conversationId\":\"" + id + "\"}");
			assertThat(upstream.requests().stream().filter((request) -> request.method().equals("POST"))).hasSize(4);
		}
	}

	@Test
	void aChatThatAPersonNamedMeanwhileAsksForNoTitle() {
		CountDownLatch renamed = new CountDownLatch(1);
		Script slow = Script.stream().text("He").awaitGate(renamed).text("llo").finish("stop").done().end();
		try (ScriptedUpstream upstream = ScriptedUpstream.start(slow, Script.hello());
				ConfigurableApplicationContext running = start(upstream, PATIENT)) {
			Api api = visitor(running);
			CompletableFuture<JsonNode> answer = CompletableFuture.supplyAsync(() -> api.ask(QUESTION));
			upstream.takeConnection();
			JsonNode list = Api.json(api.get("/api/conversations")).get("conversations");
			api.patch(list.get(0).get("id").asString(), "{\"title\":\"Mine\"}");
			renamed.countDown();
			String id = id(answer.orTimeout(20, TimeUnit.SECONDS).join());
			api.ask("{\"message\":\"more\",\"conversationId\":\"" + id + "\"}");
			assertThat(titleOf(api, id)).isEqualTo("Mine");
			assertThat(upstream.requests().stream().filter((request) -> request.method().equals("POST"))).hasSize(2);
		}
	}

}
