package dev.runnel.signin;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import dev.runnel.accounts.AccessKeys;
import dev.runnel.accounts.Account;
import dev.runnel.accounts.Accounts;
import dev.runnel.accounts.Links;
import dev.runnel.accounts.Role;
import dev.runnel.accounts.Scope;
import dev.runnel.page.RunningRunnel;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.awaitility.Awaitility;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an admin sees of the money, and the budgets of roles and of single accounts.
 */
@Timeout(120)
class BudgetPageTests {

	private static final String ANSWER = """
			{"choices":[],"usage":{"prompt_tokens":1000,"completion_tokens":234,"cost":0.25}}""";

	private static final Script USUAL = Script.stream().text("Hello").finish("stop").data(ANSWER).done().end();

	private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.start(USUAL);

	private static RunningRunnel runnel;

	private static Browsing admin;

	@BeforeAll
	static void start() {
		runnel = RunningRunnel.start("--runnel.data-dir=mem", "--runnel.openrouter.base-url=" + UPSTREAM.baseUrl(),
				"--runnel.openrouter.api-key=k", "--runnel.openrouter.model=acme/chat-1",
				"--runnel.sign-in.mode=accounts", "--runnel.limits.sign-ins-per-account=1000",
				"--runnel.budget.user-per-month=0.30");
		admin = browser();
		admin.join("/setup", Objects.requireNonNull(links().setup().block()).value(), "Ada");
		admin.signIn("Ada");
	}

	@AfterAll
	static void stop() {
		runnel.close();
		UPSTREAM.close();
	}

	private static Links links() {
		return runnel.context().getBean(Links.class);
	}

	private static Browsing browser() {
		return new Browsing(runnel.url(""));
	}

	private static Browsing person(String name) {
		browser().join("/invitation", Objects.requireNonNull(links().invite(Role.USER).block()).value(), name);
		return browser().signIn(name);
	}

	private static UUID id(String name) {
		return Objects.requireNonNull(runnel.context()
			.getBean(Accounts.class)
			.page(null, 10_000)
			.filter((account) -> account.name().equals(name))
			.map(Account::id)
			.blockFirst());
	}

	private static int ask(Browsing person) {
		return person.api("POST", "/api/chat", "{\"message\":\"hi\"}").statusCode();
	}

	private static HttpResponse<String> give(String name, String perDay, String perMonth) {
		admin.get("/admin/usage?id=" + id(name));
		return admin.post("/admin/budgets", Map.of("id", id(name).toString(), "perDay", perDay, "perMonth", perMonth));
	}

	@Test
	void aUserAndAnAdminHaveTheBudgetsOfTheirRoles() {
		Browsing ann = person("Ann");
		assertThat(ask(ann)).isEqualTo(200);
		assertThat(ask(ann)).isEqualTo(200);
		assertThat(ask(ann)).isEqualTo(402);
		assertThat(ann.api("GET", "/api/usage", "").body()).contains("\"spent\":0.5", "\"limit\":0.3");
		for (int i = 0; i < 3; i++) {
			assertThat(ask(admin)).isEqualTo(200);
		}
	}

	@Test
	void anAdminGivesOneAccountAnotherBudgetWhichHoldsAtOnce() {
		Browsing bob = person("Bob");
		Browsing eve = person("Eve");
		assertThat(ask(bob)).isEqualTo(200);
		assertThat(Browsing.location(give("Bob", "0.10", ""))).isEqualTo("/admin/usage?id=" + id("Bob"));
		assertThat(admin.get("/admin/usage?id=" + id("Bob")).body()).contains("value=\"0.1\"");
		assertThat(ask(bob)).isEqualTo(402);
		assertThat(ask(eve)).isEqualTo(200);
		give("Bob", "", "1,50");
		assertThat(ask(bob)).isEqualTo(200);
		assertThat(ask(bob)).isEqualTo(200);
		give("Bob", "", "");
		assertThat(ask(bob)).isEqualTo(402);
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1", "1e9", "free", "NaN", "12345678901", "1.2.3", "0x1" })
	void anAmountThatIsNoneIsRefused(String amount) {
		assertThat(give("Ada", amount, "").statusCode()).isEqualTo(400);
	}

	@Test
	void theTablesHaveUsersModelsAndDaysAndNothingThatWasAsked() {
		Browsing cat = person("Cat");
		cat.ask("A secret question");
		Document all = Jsoup.parse(admin.get("/admin/usage").body());
		assertThat(all.select("tbody tr").eachText()).anyMatch((row) -> row.startsWith("Cat 1 1234 $0.2500"))
			.anyMatch((row) -> row.startsWith("acme/chat-1"));
		assertThat(all.select("svg rect")).hasSize(30);
		assertThat(all.select("svg rect").last().attr("height")).isEqualTo("100");
		Document one = Jsoup.parse(admin.get("/admin/usage?id=" + id("Cat")).body());
		assertThat(one.select("tbody tr").eachText()).contains("acme/chat-1 1 1234 $0.2500").hasSize(2);
		assertThat(all.text() + one.text()).doesNotContain("secret");
	}

	@Test
	void anAdminSeesHowManyAnswersOfAUserAreBeingWritten() {
		Browsing hal = person("Hal");
		String page = "/admin/usage?id=" + id("Hal");
		assertThat(running(page)).endsWith(" 0");
		UPSTREAM.instead(Script.stream().text("Hello").stall(), USUAL);
		CompletableFuture<Integer> answer = CompletableFuture.supplyAsync(() -> ask(hal));
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> running(page).endsWith(" 1"));
		assertThat(running("/admin/usage?id=" + id("Ada"))).endsWith(" 0");
		String streams = hal.api("GET", "/api/chat/streams", "").body();
		String stream = streams.replaceAll("(?s).*\"streamId\":\"([^\"]+)\".*", "$1");
		assertThat(hal.api("DELETE", "/api/chat/stream/" + stream, "").statusCode()).isEqualTo(204);
		assertThat(answer.join()).isEqualTo(200);
		assertThat(running(page)).endsWith(" 0");
	}

	private static String running(String page) {
		return Jsoup.parse(admin.get(page).body()).select("#running").text();
	}

	@Test
	void theMoneyOfADeletedAccountStaysInTheSums() {
		Browsing dan = person("Dan");
		assertThat(ask(dan)).isEqualTo(200);
		admin.get("/admin/delete?id=" + id("Dan"));
		assertThat(admin.post("/admin/delete", Map.of("id", id("Dan").toString())).statusCode()).isEqualTo(303);
		assertThat(Jsoup.parse(admin.get("/admin/usage").body()).select("tbody tr").eachText())
			.anyMatch((row) -> row.startsWith("Deleted accounts"))
			.noneMatch((row) -> row.startsWith("Dan"));
	}

	@Test
	void onlyAdminsReadTheMetricsOnThePortOfThePage() {
		Browsing gil = person("Gil");
		assertThat(admin.get("/actuator/prometheus").body()).contains("runnel_streams");
		assertThat(gil.get("/actuator/prometheus").statusCode()).isEqualTo(404);
		assertThat(browser().get("/actuator/prometheus").statusCode()).isEqualTo(404);
		assertThat(key("Ada").get("/actuator/prometheus").body()).contains("runnel_streams");
		assertThat(key("Gil").get("/actuator/prometheus").statusCode()).isEqualTo(404);
		assertThat(key("Ada", Scope.ASK).get("/actuator/prometheus").statusCode()).isEqualTo(403);
	}

	private static Browsing key(String name) {
		return key(name, Scope.READ);
	}

	private static Browsing key(String name, Scope scope) {
		String key = Objects
			.requireNonNull(
					runnel.context().getBean(AccessKeys.class).create(id(name), "key", Set.of(scope), 1).block())
			.value();
		return browser().sending("Authorization", "Bearer " + key);
	}

	@Test
	void onlyAdminsSeeIt() {
		Browsing fay = person("Fay");
		assertThat(fay.get("/admin/usage").statusCode()).isEqualTo(403);
		assertThat(fay.post("/admin/budgets", Map.of("id", id("Fay").toString(), "perDay", "9", "perMonth", "9"))
			.statusCode()).isEqualTo(403);
		assertThat(Browsing.location(browser().get("/admin/usage"))).startsWith("/sign-in");
	}

}
