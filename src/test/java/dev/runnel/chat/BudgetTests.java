package dev.runnel.chat;

import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.runnel.attachments.SampleFiles;
import dev.runnel.conversation.Ledger;
import dev.runnel.page.RunningRunnel;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import dev.runnel.upstream.ScriptedUpstream.Request;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Money that has a limit, with a scripted upstream that tells its prices. In the mode
 * {@code owner} every request is of the same visitor.
 */
@Tag("one-jdk")
@Timeout(180)
class BudgetTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	/** Ten tokens, so at this price half a tenth of a cent. */
	private static final String CHUNK = "word ".repeat(8);

	private static final String LIST = """
			{"data":[{"id":"acme/chat-1","pricing":{"prompt":"0","completion":"0.00005"}},\
			{"id":"acme/free","pricing":{"prompt":"0","completion":"0"}},\
			{"id":"acme/cheap","pricing":{"prompt":"0","completion":"0.00001"}},\
			{"id":"acme/chat-1:free","pricing":{"prompt":"0","completion":"0"}},\
			{"id":"acme/thinker","pricing":{"prompt":"0","completion":"0.00005"},"supported_parameters":["reasoning"]},\
			{"id":"acme/auto","pricing":{"prompt":"-1","completion":"-1"}},\
			{"id":"acme/dear","pricing":{"prompt":"0.001","completion":"0.001"}}]}""";

	private final ScriptedUpstream upstream = ScriptedUpstream.start(Script.hello())
		.models(Script.answer(200, "application/json", LIST));

	private final HttpClient client = HttpClient.newHttpClient();

	@AfterEach
	void close() {
		this.upstream.close();
	}

	private RunningRunnel start(String... settings) {
		return startIn("mem", settings);
	}

	private RunningRunnel startIn(String dataDir, String... settings) {
		String[] all = Stream.concat(Stream.of("--runnel.data-dir=" + dataDir,
				"--runnel.openrouter.base-url=" + this.upstream.baseUrl(), "--runnel.openrouter.api-key=k",
				"--runnel.openrouter.model=acme/chat-1", "--runnel.sign-in.mode=owner",
				"--runnel.stream.max-per-visitor=20", "--runnel.stream.max-per-address=20"), Stream.of(settings))
			.toArray(String[]::new);
		RunningRunnel runnel = RunningRunnel.start(all);
		Awaitility.await().atMost(LIMIT).until(() -> get(runnel, "/api/models").contains("0.00005"));
		return runnel;
	}

	private String get(RunningRunnel runnel, String path) throws Exception {
		return this.client
			.send(HttpRequest.newBuilder(URI.create(runnel.url(path))).timeout(LIMIT).build(), BodyHandlers.ofString())
			.body();
	}

	private HttpResponse<String> post(RunningRunnel runnel, String path, String json) {
		HttpRequest request = HttpRequest.newBuilder(URI.create(runnel.url(path)))
			.timeout(Duration.ofSeconds(60))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(json))
			.build();
		return this.client.sendAsync(request, BodyHandlers.ofString()).join();
	}

	private JsonNode ask(RunningRunnel runnel, String json) {
		HttpResponse<String> answer = post(runnel, "/api/chat", json);
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		return JsonMapper.shared().readTree(answer.body());
	}

	private static BigDecimal spent(RunningRunnel runnel) {
		Ledger ledger = runnel.context().getBean(Ledger.class);
		return Objects.requireNonNull(ledger.spent(null, LocalDate.now(ZoneOffset.UTC)).block(LIMIT)).month();
	}

	private static void assertSpent(HttpResponse<String> refused, String whose) {
		assertThat(refused.statusCode()).as(refused.body()).isEqualTo(402);
		assertThat(refused.body()).contains("\"code\":\"budget_spent\"", whose, "It renews at");
		assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(1L, 31L * 86_400);
	}

	@Test
	void twentyAnswersAtOnceSpendAtMostOneChunkEachBeyondTheBudget() throws Exception {
		Map<String, Semaphore> read = new ConcurrentHashMap<>();
		CountDownLatch asked = new CountDownLatch(20);
		this.upstream.answering((request) -> {
			asked.countDown();
			return paced(asked, read.computeIfAbsent(question(request), (q) -> new Semaphore(0)));
		});
		ExecutorService threads = Executors.newFixedThreadPool(20);
		try (RunningRunnel runnel = start("--runnel.budget.user-per-day=0.10")) {
			List<CompletableFuture<String>> answers = IntStream.range(0, 20)
				.mapToObj(
						(i) -> CompletableFuture
							.supplyAsync(
									() -> stream(runnel, "question-" + i + "-",
											read.computeIfAbsent("question-" + i + "-", (q) -> new Semaphore(0))),
									threads))
				.toList();
			for (CompletableFuture<String> answer : answers) {
				assertThat(answer.get(60, TimeUnit.SECONDS)).contains("\"status\":\"completed\"",
						"\"finishReason\":\"budget\"");
			}
			Awaitility.await()
				.atMost(LIMIT)
				.untilAsserted(
						() -> assertThat(spent(runnel)).isBetween(new BigDecimal("0.10"), new BigDecimal("0.11")));
			Awaitility.await().atMost(LIMIT).until(() -> this.upstream.openConnections() <= 1);
			assertSpent(post(runnel, "/api/chat", "{\"message\":\"one more\"}"), "Your budget for today");
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static String question(Request request) {
		Matcher question = Pattern.compile("question-\\d+-").matcher(request.text());
		assertThat(question.find()).isTrue();
		return question.group();
	}

	/**
	 * Begins when all are asked. Sends each chunk when the reader has the one before, so
	 * that none are joined.
	 */
	private static Script paced(CountDownLatch asked, Semaphore read) {
		Script script = Script.stream().awaitGate(asked);
		for (int i = 0; i < 300; i++) {
			script.text(CHUNK).step((connection) -> read.tryAcquire(5, TimeUnit.SECONDS));
		}
		return script.finish("stop").done().end();
	}

	/** Reads a stream to its end, and returns the last line of data. */
	private String stream(RunningRunnel runnel, String question, Semaphore read) {
		HttpRequest request = HttpRequest.newBuilder(URI.create(runnel.url("/api/chat/stream")))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString("{\"message\":\"" + question + "\",\"format\":\"markdown\"}"))
			.build();
		return this.client.sendAsync(request, BodyHandlers.ofLines())
			.join()
			.body()
			.peek((line) -> read.release(line.equals("event: message") ? 1 : 0))
			.filter((line) -> line.startsWith("data: "))
			.reduce("", (before, line) -> line);
	}

	@Test
	void anAnswerThatTheBudgetEndedGoesOnWhenThereIsMoneyAgain(@TempDir Path folder) {
		Semaphore read = new Semaphore(0);
		this.upstream.answering((request) -> paced(new CountDownLatch(0), read));
		String answer;
		try (RunningRunnel poor = startIn(folder.toString(), "--runnel.budget.user-per-month=0.001")) {
			assertThat(stream(poor, "q", read)).contains("\"finishReason\":\"budget\"");
			String id = field("id", getOrFail(poor, "/api/conversations?limit=1"));
			String conversation = getOrFail(poor, "/api/conversations/" + id);
			assertThat(conversation).contains(CHUNK + CHUNK.strip()).contains("\"state\":\"complete\"");
			answer = field("currentMessageId", conversation);
			assertSpent(post(poor, "/api/chat", "{\"continueId\":\"" + answer + "\"}"), "Your budget for this month");
		}
		this.upstream.answering((request) -> Script.hello());
		try (RunningRunnel rich = startIn(folder.toString(), "--runnel.budget.user-per-month=1")) {
			JsonNode whole = ask(rich, "{\"continueId\":\"" + answer + "\"}");
			assertThat(whole.get("content").asString()).isEqualTo(CHUNK + CHUNK + "Hello");
			assertThat(whole.get("finishReason").asString()).isEqualTo("stop");
		}
	}

	private String getOrFail(RunningRunnel runnel, String path) {
		try {
			return get(runnel, path);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String field(String name, String json) {
		Matcher field = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(json);
		assertThat(field.find()).as(json).isTrue();
		return field.group(1);
	}

	@Test
	void whatIsFreeMayBeAskedWithoutMoney() {
		try (RunningRunnel runnel = start("--runnel.budget.user-per-day=0", "--runnel.budget.server-per-day=0")) {
			assertSpent(post(runnel, "/api/chat", "{\"message\":\"hi\"}"), "Your budget");
			assertThat(getOrFail(runnel, "/api/conversations")).contains("\"conversations\":[]");
			this.upstream.instead(Script.stream().text("word").finish("stop").done().end());
			assertThat(ask(runnel, "{\"message\":\"hi\",\"model\":\"acme/chat-1:free\"}").get("content").asString())
				.isEqualTo("word");
			assertThat(spent(runnel)).isZero();
		}
	}

	@Test
	void aPromptThatCostsMoreThanIsLeftIsNotSent() {
		try (RunningRunnel runnel = start("--runnel.budget.user-per-day=0.01")) {
			long before = this.upstream.questions();
			JsonNode answer = ask(runnel,
					"{\"message\":\"" + "word ".repeat(100) + "\",\"model\":\"acme/dear\",\"temporary\":true}");
			assertThat(answer.get("finishReason").asString()).isEqualTo("budget");
			assertThat(answer.get("content").asString()).isEmpty();
			assertThat(this.upstream.questions()).isEqualTo(before);
			assertThat(spent(runnel)).isZero();
		}
	}

	@Test
	void theServerHasABudgetOfItsOwn() {
		try (RunningRunnel runnel = start("--runnel.budget.server-per-month=0.00001")) {
			assertThat(ask(runnel, "{\"message\":\"hi\"}").get("finishReason").asString()).isEqualTo("budget");
			assertThat(spent(runnel)).isGreaterThan(new BigDecimal("0.00001"));
			assertSpent(post(runnel, "/api/chat", "{\"message\":\"hi\"}"), "The budget of this server for this month");
		}
	}

	@ParameterizedTest
	@CsvSource({ "acme/chat-1,0.00005", "acme/auto,0.002", "acme/chat-1:free,0" })
	void withoutAReportTheTokensCountAtThePriceOfTheListOrTheAssumedOne(String model, String cost) {
		try (RunningRunnel runnel = start("--runnel.budget.unknown-price=1000")) {
			this.upstream.instead(Script.stream().text("word").finish("stop").done().end());
			ask(runnel, "{\"message\":\"hi\",\"model\":\"" + model + "\"}");
			assertThat(spent(runnel)).isEqualByComparingTo(cost);
		}
	}

	@Test
	void theCostThatUpstreamReportsIsTheOneThatCounts() {
		try (RunningRunnel runnel = start()) {
			for (String temporary : List.of("true", "false")) {
				ask(runnel, "{\"message\":\"hi\",\"temporary\":" + temporary + "}");
			}
			assertThat(spent(runnel)).isEqualByComparingTo("0.00004");
		}
	}

	@Test
	void tellsWhatWasSpentAndWhatIsLeft() {
		try (RunningRunnel runnel = start("--runnel.budget.user-per-day=0.1",
				"--runnel.budget.server-per-month=0.05")) {
			ask(runnel, "{\"message\":\"hi\"}");
			ask(runnel, "{\"message\":\"hi\",\"model\":\"acme/free\"}");
			JsonNode usage = JsonMapper.shared().readTree(getOrFail(runnel, "/api/usage"));
			assertThat(usage.at("/day/spent").decimalValue()).isEqualByComparingTo("0.00004");
			assertThat(usage.at("/day/limit").decimalValue()).isEqualByComparingTo("0.1");
			assertThat(usage.at("/day/left").decimalValue()).isEqualByComparingTo("0.09996");
			assertThat(usage.at("/month/limit").isNull()).isTrue();
			assertThat(usage.at("/left").decimalValue()).isEqualByComparingTo("0.04996");
			assertThat(usage.at("/renewsAt").asString()).endsWith("-01T00:00:00Z");
			assertThat(usage.at("/models")).hasSize(2);
			assertThat(usage.at("/models/0/promptTokens").asInt()).isEqualTo(12);
			assertThat(usage.at("/days/0/calls").asInt()).isEqualTo(2);
			assertThat(usage.at("/days/0/completionTokens").asInt()).isEqualTo(4);
		}
	}

	@Test
	void withoutABudgetNothingIsLeftOrRenewed() {
		try (RunningRunnel runnel = start()) {
			JsonNode usage = JsonMapper.shared().readTree(getOrFail(runnel, "/api/usage"));
			assertThat(usage.at("/left").isNull()).isTrue();
			assertThat(usage.at("/renewsAt").isNull()).isTrue();
			assertThat(usage.at("/day/spent").decimalValue()).isZero();
		}
	}

	@Test
	void aNegativeCostCountsAsNone() {
		try (RunningRunnel runnel = start()) {
			this.upstream.instead(Script.stream()
				.text("word")
				.finish("stop")
				.data("{\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":4,\"cost\":-5}}")
				.done()
				.end());
			ask(runnel, "{\"message\":\"hi\"}");
			assertThat(spent(runnel)).isEqualByComparingTo("0.0002");
		}
	}

	@Test
	void aFailedModelAndTheMockAfterItCostNothing() {
		try (RunningRunnel runnel = start("--runnel.budget.user-per-day=1", "--runnel.mock.pace=0ms")) {
			this.upstream.instead(Script.error(401, "x"));
			assertThat(ask(runnel, "{\"message\":\"hi\"}").get("source").asString()).isEqualTo("mock");
			assertThat(spent(runnel)).isZero();
		}
	}

	@Test
	void theTextBeforeABreakCosts() {
		try (RunningRunnel runnel = start()) {
			this.upstream.instead(Script.stream().text("word").close());
			assertThat(post(runnel, "/api/chat", "{\"message\":\"hi\"}").statusCode()).isGreaterThanOrEqualTo(500);
			assertThat(spent(runnel)).isEqualByComparingTo("0.00005");
		}
	}

	/** A model may use up its tokens with thoughts that nobody sees. */
	@Test
	void anAnswerWithoutAWordCostsWhatUpstreamReports() {
		try (RunningRunnel runnel = start("--runnel.budget.user-per-day=0.30")) {
			for (int i = 0; i < 2; i++) {
				this.upstream.instead(withoutAWord("length"));
				assertThat(post(runnel, "/api/chat", "{\"message\":\"hi\"}").statusCode()).isNotEqualTo(402);
			}
			assertSpent(post(runnel, "/api/chat", "{\"message\":\"hi\"}"), "Your budget");
			assertThat(spent(runnel)).isEqualByComparingTo("0.50");
		}
	}

	@Test
	void eachAttemptCostsWhatUpstreamReports() {
		try (RunningRunnel runnel = start("--runnel.budget.user-per-day=0.30")) {
			this.upstream.instead(withoutAWord("stop"), Script.hello());
			assertThat(ask(runnel, "{\"message\":\"hi\"}").get("content").asString()).isEqualTo("Hello");
			assertThat(spent(runnel)).isEqualByComparingTo("0.25002");
			long before = this.upstream.questions();
			this.upstream.instead(withoutAWord("stop"), Script.hello());
			assertThat(ask(runnel, "{\"message\":\"hi\"}").get("finishReason").asString()).isEqualTo("budget");
			assertThat(this.upstream.questions()).isEqualTo(before + 1);
		}
	}

	private static Script withoutAWord(String reason) {
		return Script.stream()
			.finish(reason)
			.data("{\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":4000,\"cost\":0.25}}")
			.done()
			.end();
	}

	@Test
	void aPictureCostsAlsoIfItsAnswerBreaksOff() {
		try (RunningRunnel runnel = start()) {
			this.upstream.instead(Script.stream().picture(SampleFiles.picture("png", 30, 20)).close());
			post(runnel, "/api/chat", "{\"message\":\"draw\"}");
			assertThat(spent(runnel)).isEqualByComparingTo("0.2");
		}
	}

	/** The scripts are all answers of acme/chat-1. */
	@Test
	void aDearerModelThatAnswersCostsItsOwnPrice() {
		try (RunningRunnel runnel = start()) {
			this.upstream.instead(Script.stream().text("word").finish("stop").done().end());
			ask(runnel, "{\"message\":\"hi\",\"model\":\"acme/cheap\"}");
			assertThat(spent(runnel)).isEqualByComparingTo("0.00005");
		}
	}

	/** The scripts are all answers of acme/chat-1. */
	@Test
	void aModelThatAnswersInPlaceOfAFreeOneNeedsMoney() {
		try (RunningRunnel runnel = start("--runnel.budget.user-per-day=0.000001")) {
			this.upstream.instead(Script.stream().text("word").text("word").finish("stop").done().end());
			assertThat(ask(runnel, "{\"message\":\"hi\",\"model\":\"acme/free\"}").get("finishReason").asString())
				.isEqualTo("budget");
			assertSpent(post(runnel, "/api/chat", "{\"message\":\"hi\"}"), "Your budget");
		}
	}

	@Test
	void whatAModelThoughtUnseenCostsAlsoIfItsAnswerIsStopped() {
		try (RunningRunnel runnel = start()) {
			this.upstream.instead(Script.stream().pause(Duration.ofMillis(300)).text("word").stall());
			HttpRequest question = HttpRequest.newBuilder(URI.create(runnel.url("/api/chat/stream")))
				.header("Content-Type", "application/json")
				.POST(BodyPublishers.ofString("{\"message\":\"hi\",\"model\":\"acme/thinker\"}"))
				.build();
			List<String> before = new ArrayList<>();
			try (Stream<String> lines = this.client.sendAsync(question, BodyHandlers.ofLines()).join().body()) {
				lines.takeWhile((line) -> !line.equals("event: message")).forEach(before::add);
			}
			String stream = field("streamId", String.join("\n", before));
			HttpRequest stop = HttpRequest.newBuilder(URI.create(runnel.url("/api/chat/stream/" + stream)))
				.DELETE()
				.build();
			assertThat(this.client.sendAsync(stop, BodyHandlers.ofString()).join().statusCode()).isLessThan(300);
			Awaitility.await()
				.atMost(LIMIT)
				.untilAsserted(() -> assertThat(spent(runnel)).isGreaterThanOrEqualTo(new BigDecimal("0.001")));
		}
	}

	@Test
	void aTitleCostsToo() {
		try (RunningRunnel runnel = start("--runnel.chat.title-timeout=20s")) {
			ask(runnel, "{\"message\":\"hi\"}");
			Awaitility.await()
				.atMost(LIMIT)
				.untilAsserted(() -> assertThat(spent(runnel)).isEqualByComparingTo("0.00004"));
		}
	}

}
