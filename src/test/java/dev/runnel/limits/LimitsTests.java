package dev.runnel.limits;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import io.github.bucket4j.TimeMeter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What strangers from many addresses may do, over HTTP through a trusted proxy. Each test
 * uses its own addresses, and the clock advances only when a test says so.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "runnel.security.trusted-proxies=127.0.0.1", "runnel.limits.questions-per-address=3",
				"runnel.limits.questions-per-visitor=2", "runnel.limits.questions-in-all=8",
				"runnel.stream.max-per-address=3", "runnel.limits.transfers-per-address=2",
				"runnel.limits.searches-per-address=2", "runnel.limits.requests-per-address=40",
				"runnel.limits.tokens-per-minute=20000", "runnel.limits.tokens-per-day=60000",
				"runnel.chat.title-timeout=0" })
@Timeout(120)
class LimitsTests {

	private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.start(Script.hello());

	private static final String QUESTION = "{\"message\":\"hi\",\"temporary\":true}";

	private static final AtomicInteger HOSTS = new AtomicInteger();

	private static final ScriptedClock CLOCK = new ScriptedClock();

	private final HttpClient client = HttpClient.newHttpClient();

	private final String origin;

	/** An address that no other test has used. */
	private final String mine = next();

	LimitsTests(@LocalServerPort int port) {
		this.origin = "http://127.0.0.1:" + port;
	}

	@DynamicPropertySource
	static void upstream(DynamicPropertyRegistry registry) {
		UPSTREAM.register(registry);
	}

	@AfterAll
	static void close() {
		UPSTREAM.close();
	}

	private static String next() {
		return "203.0.113." + HOSTS.incrementAndGet();
	}

	@BeforeEach
	void aDayLater() {
		CLOCK.pass(Duration.ofDays(1));
		UPSTREAM.instead(Script.hello());
	}

	private HttpRequest.Builder request(String address, String path) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.origin + path))
			.timeout(Duration.ofSeconds(10));
		return (address.isEmpty()) ? request : request.header("X-Forwarded-For", address);
	}

	private HttpRequest.Builder post(String address, String path, String json) {
		return request(address, path).header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(json));
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	private HttpResponse<String> ask(String address) throws Exception {
		return send(post(address, "/api/chat", QUESTION));
	}

	private HttpResponse<InputStream> open(HttpRequest.Builder request) throws Exception {
		return this.client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
	}

	private String cookie(String address) throws Exception {
		String set = send(request(address, "/api/models")).headers().firstValue("Set-Cookie").orElseThrow();
		return set.substring(0, set.indexOf(';'));
	}

	private static void assertRefused(HttpResponse<?> response, String limit) {
		assertThat(response.statusCode()).isEqualTo(429);
		assertThat(Long.parseLong(response.headers().firstValue("Retry-After").orElseThrow())).isPositive();
		if (response.body() instanceof String body) {
			assertThat(body).contains("rate_limited", limit);
		}
	}

	@Test
	void refusesTheQuestionsOfAnAddressAndServesOthers() throws Exception {
		for (int i = 0; i < 3; i++) {
			assertThat(ask(this.mine).statusCode()).isEqualTo(200);
		}
		HttpResponse<String> refused = ask(this.mine);
		assertRefused(refused, "questions from one address");
		assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
		assertThat(refused.headers().firstValue("Retry-After")).contains("20");
		assertThat(refused.headers().firstValue("Set-Cookie")).isEmpty();
		assertThat(ask(next()).statusCode()).isEqualTo(200);
		CLOCK.pass(Duration.ofSeconds(20));
		assertThat(ask(this.mine).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "2001:db8:%d:1::%d", "[2001:db8:%d:2::%d]:4711" })
	void countsAnIpv6NetworkAsOneAddress(String form) throws Exception {
		int host = HOSTS.incrementAndGet();
		for (int i = 1; i <= 3; i++) {
			assertThat(ask(form.formatted(host, i)).statusCode()).isEqualTo(200);
		}
		assertRefused(ask(form.formatted(host, 4)), "questions from one address");
	}

	@Test
	void countsAMappedAddressAsWhatItMaps() throws Exception {
		for (String address : List.of(this.mine, "::ffff:" + this.mine, this.mine)) {
			assertThat(ask(address).statusCode()).isEqualTo(200);
		}
		assertRefused(ask("::ffff:" + this.mine), "questions from one address");
	}

	@Test
	void readsTheAddressWhereAStrangerCannotWriteIt() throws Exception {
		for (int i = 0; i < 3; i++) {
			assertThat(ask(next() + ", " + this.mine).statusCode()).isEqualTo(200);
		}
		assertRefused(ask(next() + ", " + this.mine), "questions from one address");
	}

	@Test
	void countsNewCookiesFromOneAddressTogether() throws Exception {
		for (int i = 0; i < 3; i++) {
			HttpRequest.Builder asked = post(this.mine, "/api/chat", QUESTION).header("Cookie", cookie(this.mine));
			assertThat(send(asked).statusCode()).isEqualTo(200);
		}
		assertRefused(send(post(this.mine, "/api/chat", QUESTION).header("Cookie", cookie(this.mine))),
				"questions from one address");
	}

	@Test
	void countsAVisitorFromManyAddresses() throws Exception {
		String cookie = cookie(this.mine);
		for (int i = 0; i < 2; i++) {
			assertThat(send(post(next(), "/api/chat", QUESTION).header("Cookie", cookie)).statusCode()).isEqualTo(200);
		}
		assertRefused(send(post(next(), "/api/chat", QUESTION).header("Cookie", cookie)), "questions from one visitor");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/%61pi/chat", "/api/%63hat/stream", "/api;x=1/chat", "/api/chat;a", "/api/chat?query=a" })
	void countsAQuestionHoweverItsPathIsWritten(String path) throws Exception {
		for (int i = 0; i < 3; i++) {
			send(post(this.mine, path, "{}"));
		}
		assertRefused(ask(this.mine), "questions from one address");
	}

	@ParameterizedTest
	@ValueSource(strings = { "//api/chat", "/api/../api/chat", "/API/chat", "/api/chat/", "/api//chat", "/api/chat%2F",
			"/api%2Fchat", "/ai-demo/../api/chat", "/x/..;/api/chat" })
	void findsNoQuestionWhereItCountsNone(String path) throws Exception {
		for (int i = 0; i < 4; i++) {
			HttpResponse<String> response = send(post(this.mine, path, QUESTION));
			assertThat(response.statusCode()).as(response.body()).isEqualTo(404);
		}
		assertThat(ask(this.mine).statusCode()).isEqualTo(200);
	}

	@Test
	void endsAStrangersAnswerWithItsReaderAndKeepsAVisitors() throws Exception {
		UPSTREAM.instead(Script.stream().text("a").stall(), Script.hello());
		HttpResponse<InputStream> stranger = open(post(this.mine, "/api/chat/stream", QUESTION));
		assertThat(stranger.body().read()).isPositive();
		assertRefused(ask(this.mine), "Without this server's cookie");
		stranger.body().close();
		await().atMost(Duration.ofSeconds(20)).until(() -> {
			CLOCK.pass(Duration.ofMinutes(1));
			return ask(this.mine).statusCode() == 200;
		});
		String cookie = cookie(this.mine);
		UPSTREAM.instead(Script.stream().text("a").stall(), Script.hello());
		HttpResponse<InputStream> known = open(post(this.mine, "/api/chat/stream", QUESTION).header("Cookie", cookie));
		assertThat(known.body().read()).isPositive();
		known.body().close();
		assertThat(send(request(this.mine, "/api/chat/streams").header("Cookie", cookie)).body())
			.contains("\"state\":\"running\"");
	}

	@Test
	void letsManyAnswersBeWrittenForKnownVisitorsOfOneAddress() throws Exception {
		List<HttpResponse<InputStream>> open = new ArrayList<>();
		Script stall = Script.stream().text("a").stall();
		UPSTREAM.instead(stall, stall, stall, Script.hello());
		for (int i = 0; i < 3; i++) {
			open.add(open(post(this.mine, "/api/chat/stream", QUESTION).header("Cookie", cookie(this.mine))));
			assertThat(open.get(i).body().read()).isPositive();
		}
		CLOCK.pass(Duration.ofMinutes(1));
		assertRefused(send(post(this.mine, "/api/chat", QUESTION).header("Cookie", cookie(this.mine))),
				"Your address has reached");
		for (HttpResponse<InputStream> response : open) {
			response.body().close();
		}
	}

	@Test
	void nonsenseOfOneTakesNoRoomFromOthers() throws Exception {
		for (int i = 0; i < 12; i++) {
			assertThat(send(post(next(), "/api/chat", "{\"message\":\" \"}")).statusCode()).isEqualTo(400);
		}
		for (int i = 0; i < 4; i++) {
			assertThat(ask(next()).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void limitsTheQuestionsOfAll() throws Exception {
		for (int i = 0; i < 8; i++) {
			ask(next());
		}
		assertRefused(ask(next()), "questions from all together");
	}

	@Test
	void spendsNoMoreTokensThanTheMinuteHas() throws Exception {
		String dear = "{\"message\":\"hi\",\"temporary\":true,\"maxTokens\":2000000000}";
		UPSTREAM.instead(Script.stream().text("a").stall(), Script.hello());
		HttpResponse<InputStream> spending = open(post(this.mine, "/api/chat/stream", dear));
		assertThat(spending.body().read()).isPositive();
		assertRefused(ask(next()), "tokens from all together");
		spending.body().close();
		await().atMost(Duration.ofSeconds(20)).until(() -> {
			CLOCK.pass(Duration.ofSeconds(1));
			return ask(next()).statusCode() == 200;
		});
	}

	/** An answer for which upstream reports this number of tokens. */
	private static Script spending(int tokens) {
		String usage = "{\"choices\":[],\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d}}";
		return Script.stream().text("a").finish("length").data(usage.formatted(tokens / 2, tokens / 2)).done().end();
	}

	@Test
	void givesBackTheReservedTokensThatUpstreamDidNotUse() throws Exception {
		UPSTREAM.instead(spending(20));
		for (int i = 0; i < 4; i++) {
			HttpResponse<String> answer = send(
					post(next(), "/api/chat", "{\"message\":\"hi\",\"temporary\":true,\"maxTokens\":15000}"));
			assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		}
	}

	@Test
	void takesTheTokensThatUpstreamUsedBeyondTheReservedOnes() throws Exception {
		UPSTREAM.instead(spending(30_000), Script.hello());
		assertThat(ask(this.mine).statusCode()).isEqualTo(200);
		assertRefused(ask(next()), "tokens from all together");
		CLOCK.pass(Duration.ofSeconds(30));
		assertRefused(ask(next()), "tokens from all together");
		CLOCK.pass(Duration.ofSeconds(30));
		assertThat(ask(next()).statusCode()).isEqualTo(200);
	}

	@Test
	void aReportBeyondReasonDoesNotEmptyTheDay() throws Exception {
		UPSTREAM.instead(spending(2_000_000_000), Script.hello());
		assertThat(ask(this.mine).statusCode()).isEqualTo(200);
		assertRefused(ask(next()), "tokens from all together");
		CLOCK.pass(Duration.ofMinutes(2));
		assertThat(ask(next()).statusCode()).isEqualTo(200);
	}

	@Test
	void aReportOfNothingDoesNotMakeALongAnswerFree() throws Exception {
		String nothing = "{\"choices\":[],\"usage\":{\"prompt_tokens\":0,\"completion_tokens\":0}}";
		String text = "four words of text\n\n".repeat(40_000);
		UPSTREAM.instead(Script.stream().text(text).finish("stop").data(nothing).done().end(), Script.hello());
		assertThat(ask(this.mine).statusCode()).isEqualTo(200);
		assertRefused(ask(next()), "tokens from all together");
		CLOCK.pass(Duration.ofMinutes(2));
		assertThat(ask(next()).statusCode()).isEqualTo(200);
	}

	@Test
	void spendsNoMoreTokensThanTheDayHas() throws Exception {
		UPSTREAM.instead(spending(20_002));
		for (int i = 0; i < 3; i++) {
			assertThat(ask(next()).statusCode()).isEqualTo(200);
			CLOCK.pass(Duration.ofMinutes(2));
		}
		HttpResponse<String> refused = ask(next());
		assertRefused(refused, "tokens from all together");
		assertThat(Long.parseLong(refused.headers().firstValue("Retry-After").orElseThrow()))
			.isBetween(Duration.ofHours(1).toSeconds(), Duration.ofDays(1).toSeconds());
		CLOCK.pass(Duration.ofDays(1));
		assertThat(ask(next()).statusCode()).isEqualTo(200);
	}

	@Test
	void refusesAContinuedAndARepeatedQuestionLikeANewOne() throws Exception {
		UPSTREAM.instead(spending(20));
		String cookie = cookie(this.mine);
		String answer = send(post(this.mine, "/api/chat", "{\"message\":\"hi\"}").header("Cookie", cookie)).body();
		String conversation = field("conversationId", answer);
		String question = field("id",
				send(request(this.mine, "/api/conversations/" + conversation).header("Cookie", cookie)).body()
					.split("\"messages\"")[1]);
		List<String> bodies = List.of("{\"continueId\":\"%s\"}".formatted(field("messageId", answer)),
				"{\"message\":\"hi\",\"conversationId\":\"%s\",\"parentId\":\"%s\"}".formatted(conversation, question));
		for (String body : bodies) {
			CLOCK.pass(Duration.ofDays(1));
			UPSTREAM.instead(spending(30_000), spending(20));
			assertThat(ask(next()).statusCode()).isEqualTo(200);
			assertRefused(send(post(next(), "/api/chat", body).header("Cookie", cookie)), "tokens from all together");
			CLOCK.pass(Duration.ofMinutes(2));
			for (int i = 0; i < 2; i++) {
				HttpResponse<String> taken = send(post(next(), "/api/chat", body).header("Cookie", cookie));
				assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
			}
			assertRefused(send(post(next(), "/api/chat/stream", body).header("Cookie", cookie)),
					"questions from one visitor");
		}
	}

	private static String field(String name, String json) {
		Matcher field = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(json);
		assertThat(field.find()).as(json).isTrue();
		return field.group(1);
	}

	@Test
	void limitsSearchesTransfersAndReads() throws Exception {
		for (int i = 0; i < 2; i++) {
			assertThat(send(request(this.mine, "/api/conversations?query=a")).statusCode()).isEqualTo(200);
			assertThat(send(request(this.mine, "/api/conversations/export")).statusCode()).isEqualTo(200);
		}
		assertRefused(send(request(this.mine, "/api/conversations?query=a")), "searches from one address");
		assertRefused(send(request(this.mine, "/api/conversations/export")), "imports and exports from one address");
		assertRefused(send(post(this.mine, "/api/conversations/import", "[]")), "imports and exports from one address");
		for (int i = 0; i < 40; i++) {
			assertThat(send(request(this.mine, "/api/models")).statusCode()).isEqualTo(200);
		}
		assertRefused(send(request(this.mine, "/api/models")), "requests from one address");
		HttpResponse<String> page = send(request(this.mine, "/ai-demo").header("Accept", "text/html"));
		assertThat(page.statusCode()).isEqualTo(429);
		assertThat(page.body()).contains("Too many requests in a short time.");
		assertThat(send(request(this.mine, "/actuator/health")).statusCode()).isEqualTo(200);
	}

	@Test
	void limitsTheHealthChecksOfAnAddressAndLeavesThoseOfOthers() throws Exception {
		for (int i = 0; i < 40; i++) {
			assertThat(send(request(this.mine, "/actuator/health/liveness")).statusCode()).isEqualTo(200);
		}
		assertRefused(send(request(this.mine, "/actuator/health")), "health checks from one address");
		assertThat(send(request(next(), "/actuator/health")).statusCode()).isEqualTo(200);
		assertThat(send(request(this.mine, "/api/models")).statusCode()).isEqualTo(200);
	}

	@Test
	void refusesThePagesFormWithAPage() throws Exception {
		for (int i = 0; i < 3; i++) {
			ask(this.mine);
		}
		HttpResponse<String> refused = send(request(this.mine, "/ai-demo").header("Accept", "text/html")
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString("message=hi")));
		assertThat(refused.statusCode()).isEqualTo(429);
		assertThat(refused.headers().firstValue("Retry-After")).isPresent();
		assertThat(refused.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
	}

	@Test
	void doesNotLimitThisMachine() throws Exception {
		for (int i = 0; i < 50; i++) {
			assertThat(ask("").statusCode()).isEqualTo(200);
		}
	}

	/** A clock that a test advances. */
	private static final class ScriptedClock implements TimeMeter {

		private final AtomicLong nanos = new AtomicLong();

		void pass(Duration time) {
			this.nanos.addAndGet(time.toNanos());
		}

		@Override
		public long currentTimeNanos() {
			return this.nanos.get();
		}

		@Override
		public boolean isWallClockBased() {
			return false;
		}

	}

	@TestConfiguration
	static class Clock {

		@Bean
		@Primary
		TimeMeter scriptedClock() {
			return CLOCK;
		}

	}

}
