package dev.runnel.signin;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Map;
import java.util.Objects;

import dev.runnel.accounts.Links;
import dev.runnel.conversation.store.Database;
import dev.runnel.page.RunningRunnel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A sign-in that is a while ago has to be confirmed before delicate changes.
 */
@Timeout(120)
class RecentSignInTests {

	private static final String CONFIRM = "/sign-in?confirm&continue=";

	private static final Map<String, String> KEY = Map.of("name", "Script", "scope", "READ", "days", "1");

	private static ScriptedProvider provider;

	private static RunningRunnel runnel;

	@BeforeAll
	static void start() {
		provider = ScriptedProvider.start();
		runnel = RunningRunnel.start("--runnel.data-dir=mem", "--runnel.openrouter.api-key=",
				"--runnel.sign-in.mode=accounts", "--runnel.limits.sign-ins-per-account=1000",
				"--runnel.oidc.issuer=" + provider.issuer(), "--runnel.oidc.client-id=" + ScriptedProvider.CLIENT,
				"--runnel.oidc.client-secret=secret");
		String link = Objects.requireNonNull(runnel.context().getBean(Links.class).setup().block()).value();
		browser().join("/setup", link, "Ada");
	}

	@AfterAll
	static void stop() {
		runnel.close();
		provider.close();
	}

	private static Browsing browser() {
		return new Browsing(runnel.url(""));
	}

	/** Signs in, and lets time pass. */
	private static Browsing signedInAWhileAgo() {
		Browsing browser = browser().signIn("Ada");
		runnel.context()
			.getBean(Database.class)
			.inTransaction((client) -> client.sql("update account_session set confirmed_at = :then")
				.bind("then", Instant.now().minusSeconds(601).atOffset(ZoneOffset.UTC))
				.fetch()
				.rowsUpdated())
			.block();
		browser.get("/account");
		return browser;
	}

	@Test
	void aNewKeyNeedsTheRightPasswordFirst() {
		Browsing browser = signedInAWhileAgo();
		assertThat(Browsing.location(browser.post("/account/keys", KEY))).isEqualTo(CONFIRM + "/account");
		assertThat(browser.get(CONFIRM + "/account").body()).contains("type=\"password\"", "value=\"Ada\"");
		Map<String, String> wrong = Map.of("username", "Ada", "password", "not the right one", "continue", "/account");
		String again = Browsing.location(browser.post("/sign-in", wrong));
		assertThat(browser.get(again).body()).contains("class=\"refused\"", "type=\"password\"");
		assertThat(Browsing.location(browser.post("/account/keys", KEY))).isEqualTo(CONFIRM + "/account");
		Map<String, String> right = Map.of("username", "Ada", "password", Browsing.PASSWORD, "continue", "/account");
		String before = browser.cookieHeader();
		assertThat(Browsing.location(browser.post("/sign-in", right))).isEqualTo("/account");
		assertThat(browser.cookieHeader()).isNotEqualTo(before);
		browser.get("/account");
		assertThat(browser.post("/account/keys", KEY).body()).contains("class=\"secret\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/account/sessions", "/account/sessions/all", "/account/delete", "/admin/accounts",
			"/admin/delete", "/admin/invitations", "/admin/passwords", "/admin/budgets", "/admin/backup" })
	void nothingDelicateHappensBefore(String path) {
		Browsing browser = signedInAWhileAgo();
		assertThat(Browsing.location(browser.post(path, Map.of("role", "ADMIN", "change", "disable"))))
			.isEqualTo(CONFIRM + (path.startsWith("/admin") ? "/admin" : "/account"));
		assertThat(browser.get("/account").statusCode()).isEqualTo(200);
	}

	@Test
	void anotherHeaderThanThatOfAKeyChangesNothing() {
		Browsing browser = signedInAWhileAgo().sending("Authorization", "Basic eDp5");
		browser.get("/account");
		assertThat(Browsing.location(browser.post("/account/keys", KEY))).isEqualTo(CONFIRM + "/account");
	}

	@Test
	void aCallForABackupIsRefused() throws Exception {
		HttpRequest call = signedInAWhileAgo().request("/api/admin/backup")
			.POST(HttpRequest.BodyPublishers.noBody())
			.build();
		HttpResponse<String> answer = HttpClient.newHttpClient().send(call, HttpResponse.BodyHandlers.ofString());
		assertThat(answer.statusCode()).isEqualTo(403);
		assertThat(answer.body()).contains("Sign in again, or send a key.");
	}

	@Test
	void theQuestionBeforeADeletionComesAfterIt() {
		Browsing browser = signedInAWhileAgo();
		String page = "/admin/delete?id=00000000-0000-0000-0000-000000000000";
		assertThat(Browsing.location(browser.get(page))).isEqualTo(CONFIRM + page);
		assertThat(Browsing.location(browser.get("/account/delete"))).isEqualTo(CONFIRM + "/account/delete");
		assertThat(Browsing.location(browser.get("/admin/delete?id=//evil.example"))).isEqualTo(CONFIRM + "/ai-demo");
	}

	@Test
	void whatTakesRightsAwayNeedsNone() {
		assertThat(Browsing.location(
				signedInAWhileAgo().post("/account/keys/delete", Map.of("id", "00000000-0000-0000-0000-000000000000"))))
			.isEqualTo("/account");
	}

	private static HttpResponse<String> signIn(Browsing browser, String begin) {
		URI answer = URI.create(provider.answerTo(Browsing.location(browser.get(begin))));
		return browser.get(answer.getRawPath() + "?" + answer.getRawQuery());
	}

	private static void authenticated(Instant when) {
		provider.answering((token) -> token.claim("auth_time", Date.from(when)));
	}

	@Test
	void aPersonOfTheProviderConfirmsThere() {
		Browsing browser = browser();
		authenticated(Instant.now().minusSeconds(900));
		signIn(browser, "/sign-in/oidc");
		browser.get("/account");
		assertThat(Browsing.location(browser.post("/account/keys", KEY))).isEqualTo(CONFIRM + "/account");
		assertThat(browser.get(CONFIRM + "/account").body()).contains("/sign-in/oidc?confirm=&amp;continue=/account")
			.doesNotContain("type=\"password\"");
		String asked = Browsing.location(browser.get("/sign-in/oidc?confirm&continue=/account"));
		assertThat(ScriptedProvider.fields(asked.substring(asked.indexOf('?') + 1))).containsEntry("prompt", "login")
			.containsEntry("max_age", "0");
		assertThat(Browsing.location(signIn(browser, "/sign-in/oidc?confirm&continue=/account"))).isEqualTo("/account");
		browser.get("/account");
		assertThat(Browsing.location(browser.post("/account/keys", KEY))).isEqualTo(CONFIRM + "/account");
		authenticated(Instant.now());
		signIn(browser, "/sign-in/oidc?confirm&continue=/account");
		browser.get("/account");
		assertThat(browser.post("/account/keys", KEY).body()).contains("class=\"secret\"");
	}

	@Test
	void aProviderThatDoesNotSayWhenMakesNoSignInRecent() {
		provider.answering((token) -> {
		});
		Browsing browser = browser();
		signIn(browser, "/sign-in/oidc");
		browser.get("/account");
		assertThat(Browsing.location(browser.post("/account/keys", KEY))).isEqualTo(CONFIRM + "/account");
	}

}
