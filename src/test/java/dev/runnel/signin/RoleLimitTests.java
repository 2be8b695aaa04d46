package dev.runnel.signin;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which models a role may ask, and how often a sign-in or a key may.
 */
@Timeout(120)
class RoleLimitTests {

	private static final String LIST = """
			{"data":[{"id":"acme/dear"},{"id":"acme/small"},{"id":"other/small"}]}""";

	private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.start(Script.hello())
		.models(Script.answer(200, "application/json", LIST));

	private static RunningRunnel runnel;

	private static Browsing admin;

	private static Browsing user;

	@BeforeAll
	static void start() {
		runnel = RunningRunnel.start("--runnel.data-dir=mem", "--runnel.openrouter.base-url=" + UPSTREAM.baseUrl(),
				"--runnel.openrouter.api-key=k", "--runnel.openrouter.model=acme/dear",
				"--runnel.sign-in.mode=accounts", "--runnel.catalogue.allowed-for-users=*/small",
				"--runnel.security.trusted-proxies=127.0.0.1", "--runnel.limits.questions-per-sign-in=1",
				"--runnel.limits.questions-per-visitor=1000", "--runnel.limits.questions-per-address=1000");
		browser().join("/setup", Objects.requireNonNull(links().setup().block()).value(), "Ada");
		browser().join("/invitation", Objects.requireNonNull(links().invite(Role.USER).block()).value(), "Bob");
		admin = browser().signIn("Ada");
		user = browser().signIn("Bob");
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> models(admin).contains("other/small"));
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

	private static String models(Browsing person) {
		return person.api("GET", "/api/models", "").body();
	}

	private static Browsing key(String name) {
		UUID id = runnel.context()
			.getBean(Accounts.class)
			.page(null, 100)
			.filter((account) -> account.name().equals(name))
			.map(Account::id)
			.blockFirst();
		String key = Objects
			.requireNonNull(runnel.context()
				.getBean(AccessKeys.class)
				.create(Objects.requireNonNull(id), "key", Set.of(Scope.values()), 1)
				.block())
			.value();
		return browser().sending("Authorization", "Bearer " + key);
	}

	@Test
	void aUserSeesAndAsksOnlyTheModelsOfUsers() {
		assertThat(models(admin)).contains("acme/dear", "acme/small", "other/small");
		Browsing program = key("Bob");
		for (Browsing person : new Browsing[] { user, program }) {
			assertThat(models(person)).contains("acme/small", "other/small").doesNotContain("acme/dear");
			HttpResponse<String> refused = person.api("POST", "/api/chat",
					"{\"message\":\"hi\",\"model\":\"acme/dear\"}");
			assertThat(refused.statusCode()).isEqualTo(400);
			assertThat(refused.body()).contains("\"field\":\"model\"");
			assertThat(person.api("POST", "/api/presets", "{\"name\":\"a\",\"settings\":{\"model\":\"acme/dear\"}}")
				.statusCode()).isEqualTo(400);
		}
		assertThat(user.get("/ai-demo").body()).doesNotContain("acme/dear");
		assertThat(admin.get("/ai-demo").body()).contains("acme/dear");
		assertThat(Jsoup.parse(admin.get("/admin").body()).select("#models p:contains(Users)").text())
			.endsWith("*/small");
	}

	@Test
	void theUsualModelGivesWayToTheFirstThatAUserMayAsk() {
		UPSTREAM.instead(Script.hello());
		Browsing program = key("Bob");
		String conversation = program.ask("hi");
		JsonNode asked = JsonMapper.shared().readTree(UPSTREAM.takeRequest().text());
		assertThat(asked.get("model").asString()).isEqualTo("acme/small");
		assertThat(
				program.api("PATCH", "/api/conversations/" + conversation, "{\"settings\":{\"model\":\"acme/dear\"}}")
					.statusCode())
			.isEqualTo(400);
		key("Ada").ask("hi");
		assertThat(JsonMapper.shared().readTree(UPSTREAM.takeRequest().text()).get("model").asString())
			.isEqualTo("acme/dear");
	}

	@Test
	void eachKeyAndEachBrowserHasARateOfItsOwn() {
		Browsing one = key("Bob").sending("X-Forwarded-For", "203.0.113.7");
		Browsing other = key("Bob").sending("X-Forwarded-For", "203.0.113.7");
		one.ask("hi");
		HttpResponse<String> refused = one.api("POST", "/api/chat", "{\"message\":\"hi\"}");
		assertThat(refused.statusCode()).isEqualTo(429);
		assertThat(refused.body()).contains("from one sign-in or with one key");
		other.ask("hi");
		browser().signIn("Bob").sending("X-Forwarded-For", "203.0.113.7").ask("hi");
	}

}
