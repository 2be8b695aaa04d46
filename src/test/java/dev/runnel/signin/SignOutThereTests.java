package dev.runnel.signin;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import dev.runnel.accounts.Confirmation;
import dev.runnel.accounts.Links;
import dev.runnel.accounts.OidcSettings;
import dev.runnel.conversation.store.Database;
import dev.runnel.page.RunningRunnel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.security.web.server.WebFilterExchange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A sign-out here goes on at the provider.
 */
@Tag("one-jdk")
@Timeout(120)
class SignOutThereTests {

	private static final String ENDED = "/sign-in?ended";

	private static final AtomicInteger people = new AtomicInteger();

	private static ScriptedProvider provider;

	/** Most tests need no settings of their own. */
	private static RunningRunnel shared;

	private final List<RunningRunnel> started = new ArrayList<>();

	@BeforeAll
	static void startShared() {
		provider = ScriptedProvider.start();
		shared = RunningRunnel.start(settings());
		signIn(browser());
	}

	@AfterAll
	static void stopShared() {
		shared.close();
		provider.close();
	}

	@AfterEach
	void stop() {
		this.started.forEach(RunningRunnel::close);
		provider.endingSessionsAt(provider.issuer() + "/logout").answering((token) -> {
		});
	}

	private static String[] settings(String... more) {
		List<String> settings = new ArrayList<>(List.of("--runnel.data-dir=mem", "--runnel.openrouter.api-key=",
				"--runnel.sign-in.mode=accounts", "--runnel.oidc.issuer=" + provider.issuer(),
				"--runnel.oidc.client-id=" + ScriptedProvider.CLIENT, "--runnel.oidc.client-secret=secret",
				"--runnel.oidc.name=Example"));
		settings.addAll(List.of(more));
		return settings.toArray(String[]::new);
	}

	private Browsing started(String... more) {
		RunningRunnel runnel = RunningRunnel.start(settings(more));
		this.started.add(runnel);
		return new Browsing(runnel.url(""));
	}

	private static Browsing browser() {
		return new Browsing(shared.url(""));
	}

	private static Browsing signIn(Browsing browser) {
		String answer = provider.answerTo(Browsing.location(browser.get("/sign-in/oidc")));
		assertThat(Browsing.location(browser.get(Browsing.relative(answer)))).endsWith("/ai-demo");
		return browser;
	}

	/** Signs a new person in, in a session at the provider with this id. */
	private static Browsing signIn(String subject, String session) {
		provider.answering((token) -> token.subject(subject).claim("sid", session));
		return signIn(browser());
	}

	private static boolean isSignedIn(Browsing browser) {
		return browser.api("GET", "/api/conversations", "").statusCode() == 200;
	}

	private static HttpResponse<String> signOut(Browsing browser) {
		browser.get("/account");
		return browser.post("/sign-out", Map.of());
	}

	private static Map<String, String> fields(String address) {
		return ScriptedProvider.fields(address.substring(address.indexOf('?') + 1));
	}

	@Test
	void aSignOutGoesOnAtTheProviderAndComesBack() {
		Browsing browser = signIn(browser());
		HttpResponse<String> page = signOut(browser);
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
		assertThat(page.body()).contains("Example").doesNotContain("<form");
		String next = Browsing.next(page);
		assertThat(next).startsWith(provider.issuer() + "/logout?");
		String back = shared.url(OidcProvider.ANSWER);
		assertThat(fields(next)).isEqualTo(Map.of("client_id", ScriptedProvider.CLIENT, "id_token_hint",
				provider.lastIdToken(), "post_logout_redirect_uri", back));
		assertThat(isSignedIn(browser)).isFalse();
		assertThat(Browsing.location(browser.get(OidcProvider.ANSWER))).isEqualTo(ENDED);
		assertThat(browser.get(ENDED).body()).contains("role=\"status\"");
	}

	@Test
	void theAddressToComeBackToIsTheOneThatTheBrowserKnows() {
		Browsing browser = started("--spring.webflux.base-path=/chat", "--runnel.security.trusted-proxies=127.0.0.1",
				"--runnel.security.hosts=chat.example.com")
			.sending("X-Forwarded-Proto", "https")
			.sending("X-Forwarded-Host", "chat.example.com");
		String asked = Browsing.location(browser.get("/chat/sign-in/oidc"));
		browser.get(Browsing.relative(provider.answerTo(asked)));
		browser.get("/chat/account");
		assertThat(fields(Browsing.next(browser.post("/chat/sign-out", Map.of()))))
			.containsEntry("post_logout_redirect_uri", "https://chat.example.com/chat" + OidcProvider.ANSWER)
			.containsEntry("post_logout_redirect_uri", fields(asked).get("redirect_uri"));
		assertThat(Browsing.location(browser.get("/chat" + OidcProvider.ANSWER))).isEqualTo("/chat" + ENDED);
	}

	@Test
	void nobodyElseChoosesWhereASignOutLeadsTo() {
		String evil = "https://evil.example";
		Browsing browser = signIn(browser());
		browser.get("/account");
		HttpResponse<String> page = browser.post("/sign-out?next=" + evil + "&post_logout_redirect_uri=" + evil,
				Map.of("next", evil, "continue", evil, "post_logout_redirect_uri", evil));
		assertThat(Browsing.next(page)).startsWith(provider.issuer() + "/logout?");
		assertThat(page.body()).doesNotContain("evil.example");
		assertThat(Browsing.location(browser.get(OidcProvider.ANSWER + "?state=" + evil + "&continue=" + evil)))
			.isEqualTo(ENDED);
		assertThat(Browsing.next(browser.get("/sign-in?next=" + evil))).isEmpty();
	}

	@Test
	void somebodyWhoIsSignedInComesBackToTheChat() {
		assertThat(Browsing.location(signIn(browser()).get(OidcProvider.ANSWER))).isEqualTo("/ai-demo");
	}

	@Test
	void aSignOutNeedsTheFormOfThisBrowser() {
		Browsing browser = signIn(browser());
		assertThat(browser.postWith("", "/sign-out", Map.of()).statusCode()).isEqualTo(403);
		assertThat(Browsing.next(browser.get("/sign-out"))).isEmpty();
		assertThat(isSignedIn(browser)).isTrue();
	}

	@Test
	void aSessionThatHasEndedGoesOnNowhere() {
		Browsing browser = signIn(browser());
		browser.get("/account");
		String cookies = browser.cookieHeader();
		browser.post("/logout/connect/back-channel/oidc", Map.of("logout_token", provider.logoutToken()));
		assertThat(browser.cookieHeader()).isEqualTo(cookies);
		assertThat(Browsing.location(browser.post("/sign-out", Map.of()))).isEqualTo(ENDED);
		assertThat(Browsing.location(browser.post("/sign-out", Map.of()))).isEqualTo(ENDED);
	}

	@Test
	void aPersonWithAPasswordStaysHere() {
		String link = Objects.requireNonNull(shared.context().getBean(Links.class).setup().block()).value();
		browser().join("/setup", link, "Ada");
		assertThat(Browsing.location(signOut(browser().signIn("Ada")))).isEqualTo(ENDED);
	}

	@Test
	void theSettingLeavesTheSessionAtTheProvider() {
		Browsing browser = signIn(started("--runnel.oidc.sign-out-at-provider=false"));
		assertThat(Browsing.location(signOut(browser))).isEqualTo(ENDED);
		assertThat(isSignedIn(browser)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "http://id.example.com/logout" })
	void aProviderWithoutASafeAddressForItIsLeftAlone(String address) {
		provider.endingSessionsAt(address);
		Browsing browser = signIn(started());
		assertThat(Browsing.location(signOut(browser))).isEqualTo(ENDED);
		assertThat(isSignedIn(browser)).isFalse();
	}

	@Test
	void anAddressOfTheProviderMayHaveAQuery() {
		provider.endingSessionsAt("https://id.example.com/a%20b/logout?policy=a%26b");
		assertThat(Browsing.next(signOut(signIn(started()))))
			.startsWith("https://id.example.com/a%20b/logout?policy=a%26b&client_id=runnel&id_token_hint=");
	}

	@Test
	void anIdTokenThatIsTooLongIsNotSent() {
		provider.answering((token) -> token.claim("groups", "g".repeat(Confirmation.MAX_CHARS)));
		assertThat(fields(Browsing.next(signOut(signIn(browser()))))).containsOnlyKeys("client_id",
				"post_logout_redirect_uri");
	}

	@Test
	void aProviderThatCannotBeReachedKeepsNobodyFromSigningOut() {
		OidcSettings settings = new OidcSettings("http://127.0.0.1:9", "runnel", "", "", "openid", List.of(), "groups",
				List.of(), List.of(), null, List.of(), true);
		MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.post("/sign-out"));
		exchange.getAttributes().put(SignOutThere.ID_TOKEN, "token");
		new SignOutThere(settings, new OidcProvider(settings))
			.goOn(new WebFilterExchange(exchange, (later) -> Mono.error(new AssertionError("goes on"))))
			.block();
		assertThat(exchange.getResponse().getHeaders().getLocation()).hasToString(ENDED);
	}

	@Test
	void aTokenThatCannotBeReadKeepsNobodyFromSigningOut() {
		Browsing browser = signIn(started());
		Database database = this.started.get(0).context().getBean(Database.class);
		StepVerifier.create(database.inTransaction(SignOutThereTests::spoilTokens))
			.expectNext(1L)
			.expectComplete()
			.verify(Duration.ofSeconds(20));
		assertThat(Browsing.location(signOut(browser))).isEqualTo(ENDED);
		assertThat(isSignedIn(browser)).isFalse();
	}

	private static Mono<Long> spoilTokens(DatabaseClient client) {
		return client.sql("update account_session set id_token = '!'").fetch().rowsUpdated();
	}

	private static List<String> kept() {
		return Objects.requireNonNull(shared.context()
			.getBean(Database.class)
			.read((client) -> client.sql("select id_token from account_session where id_token is not null")
				.map((row) -> Objects.requireNonNull(row.get("id_token", String.class)))
				.all())
			.collectList()
			.block());
	}

	@Test
	void theDatabaseHasTheTokenInAFormThatItsReaderCannotUse() {
		List<String> before = kept();
		Browsing browser = signIn(browser());
		List<String> added = kept().stream().filter((token) -> !before.contains(token)).toList();
		assertThat(added).hasSize(1);
		assertThat(added.get(0)).doesNotContain(provider.lastIdToken(), "eyJ").hasSizeLessThan(4096);
		signOut(browser);
		assertThat(kept()).containsExactlyInAnyOrderElementsOf(before);
	}

	@Test
	void aSignOutAtTheProviderEndsTheSessionsOfItsOwnSession() {
		String person = "person-of-sessions-" + people.incrementAndGet();
		Browsing laptop = signIn(person, "session-1");
		Browsing phone = signIn(person, "session-2");
		provider.answering((token) -> token.subject(person).claim("sid", "session-1"));
		Map<String, String> told = Map.of("logout_token", provider.logoutToken());
		assertThat(browser().post("/logout/connect/back-channel/oidc", told).statusCode()).isEqualTo(200);
		assertThat(isSignedIn(laptop)).isFalse();
		assertThat(isSignedIn(phone)).isTrue();
		provider.answering((token) -> token.subject(person));
		told = Map.of("logout_token", provider.logoutToken());
		assertThat(browser().post("/logout/connect/back-channel/oidc", told).statusCode()).isEqualTo(200);
		assertThat(isSignedIn(phone)).isFalse();
	}

	@Test
	void aSessionOfUnknownOriginEndsWithEverySignOutAtTheProvider() {
		String person = "person-of-sessions-" + people.incrementAndGet();
		provider.answering((token) -> token.subject(person));
		Browsing browser = signIn(browser());
		provider.answering((token) -> token.subject(person).claim("sid", "any"));
		browser().post("/logout/connect/back-channel/oidc", Map.of("logout_token", provider.logoutToken()));
		assertThat(isSignedIn(browser)).isFalse();
	}

}
