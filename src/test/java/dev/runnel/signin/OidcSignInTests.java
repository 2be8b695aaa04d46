package dev.runnel.signin;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.runnel.accounts.Account;
import dev.runnel.accounts.Accounts;
import dev.runnel.accounts.AuditEntry;
import dev.runnel.accounts.AuditLog;
import dev.runnel.accounts.Audited;
import dev.runnel.accounts.Links;
import dev.runnel.accounts.OidcSettings;
import dev.runnel.accounts.Role;
import dev.runnel.page.RunningRunnel;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Signing in by an OpenID Connect provider, which may send anything.
 */
@Tag("one-jdk")
@Timeout(120)
class OidcSignInTests {

	private static ScriptedProvider provider;

	/** Most tests need no settings of their own. */
	private static RunningRunnel shared;

	private final List<RunningRunnel> started = new ArrayList<>();

	@BeforeAll
	static void startShared() {
		provider = ScriptedProvider.start();
		shared = RunningRunnel.start(settings());
	}

	@AfterAll
	static void stopShared() {
		shared.close();
		provider.close();
	}

	@BeforeEach
	void answerAsUsual() {
		provider.answering((token) -> {
		});
	}

	@AfterEach
	void stop() {
		this.started.forEach(RunningRunnel::close);
	}

	private static String[] settings(String... more) {
		List<String> settings = new ArrayList<>(List.of("--runnel.data-dir=mem", "--runnel.openrouter.api-key=",
				"--runnel.sign-in.mode=accounts", "--runnel.oidc.issuer=" + provider.issuer(),
				"--runnel.oidc.client-id=" + ScriptedProvider.CLIENT, "--runnel.oidc.client-secret=secret",
				"--runnel.oidc.name=Example"));
		for (String setting : more) {
			settings.removeIf((other) -> other.startsWith(setting.substring(0, setting.indexOf('=') + 1)));
			settings.add(setting);
		}
		return settings.toArray(String[]::new);
	}

	private RunningRunnel start(String... more) {
		RunningRunnel runnel = RunningRunnel.start(settings(more));
		this.started.add(runnel);
		return runnel;
	}

	private static Browsing browser() {
		return new Browsing(shared.url(""));
	}

	/** Signs in and returns where this server leads to. */
	private static String signIn(Browsing browser, String begin) {
		String authorization = Browsing.location(browser.get(begin));
		assertThat(authorization).startsWith(provider.issuer() + "/authorize?");
		return Browsing.location(browser.get(Browsing.relative(provider.answerTo(authorization))));
	}

	private static String signIn(Browsing browser) {
		return signIn(browser, "/sign-in/oidc");
	}

	private static boolean isSignedIn(Browsing browser) {
		return browser.api("GET", "/api/conversations", "").statusCode() == 200;
	}

	@Test
	void aPersonOfTheProviderHasTheSameLibraryInEachBrowser() {
		Browsing one = browser();
		assertThat(one.get("/sign-in?continue=/account").body()).contains("/sign-in/oidc?continue=/account", "Example");
		assertThat(signIn(one, "/sign-in/oidc?continue=/account")).isEqualTo("/account");
		assertThat(one.get("/account").body()).contains("Grace");
		String id = one.ask("Hello");
		provider.answering((token) -> token.claim("preferred_username", "Grace <b>").claim("email", "new@example.org"));
		Browsing other = browser();
		assertThat(signIn(other)).isEqualTo("/ai-demo");
		assertThat(other.get("/ai-demo/c/" + id).statusCode()).isEqualTo(200);
		assertThat(other.get("/account").body()).contains("Grace &lt;b&gt;");
		provider.answering((token) -> token.subject("person-2"));
		Browsing stranger = browser();
		signIn(stranger);
		assertThat(stranger.get("/ai-demo/c/" + id).statusCode()).isEqualTo(404);
	}

	@Test
	void theProviderIsAskedWithPkceAndTheSecretStaysHere() {
		Browsing browser = browser();
		String authorization = Browsing.location(browser.get("/sign-in/oidc"));
		assertThat(ScriptedProvider.fields(authorization.substring(authorization.indexOf('?') + 1)))
			.containsEntry("response_type", "code")
			.containsEntry("code_challenge_method", "S256")
			.containsKeys("code_challenge", "nonce", "state")
			.doesNotContainKeys("code_verifier", "client_secret");
		browser.get(Browsing.relative(provider.answerTo(authorization)));
		assertThat(provider.tokenRequest()).containsKey("code_verifier").containsEntry("code", "code");
		assertThat(browser.cookies().keySet()).allMatch((cookie) -> cookie.startsWith("runnel"))
			.noneMatch((cookie) -> cookie.contains("pending"));
	}

	@Test
	void anAnswerCountsOnceAndOnlyInTheBrowserThatAsked() {
		Browsing victim = browser();
		Browsing attacker = browser();
		String answer = Browsing.relative(provider.answerTo(Browsing.location(attacker.get("/sign-in/oidc"))));
		assertThat(Browsing.location(victim.get(answer))).isEqualTo("/sign-in?broken");
		victim.get("/sign-in/oidc");
		assertThat(Browsing.location(victim.get(answer))).isEqualTo("/sign-in?broken");
		assertThat(isSignedIn(victim)).isFalse();
		Map<String, String> asked = Map.copyOf(attacker.cookies());
		assertThat(Browsing.location(attacker.get(answer))).isEqualTo("/ai-demo");
		assertThat(asked.keySet()).anyMatch((cookie) -> cookie.contains("pending"));
		attacker.get("/account");
		attacker.post("/sign-out", Map.of());
		assertThat(Browsing.location(attacker.get(answer))).isEqualTo("/sign-in?broken");
	}

	private static Consumer<JWTClaimsSet.Builder> token(Consumer<JWTClaimsSet.Builder> change) {
		return change;
	}

	static Stream<Consumer<JWTClaimsSet.Builder>> spoiled() {
		return Stream.of(token((token) -> token.claim("nonce", "another")),
				token((token) -> token.claim("nonce", null)), token((token) -> token.audience("another-client")),
				token((token) -> token.issuer("https://evil.example")),
				token((token) -> token.issueTime(Date.from(Instant.now().minusSeconds(900)))
					.expirationTime(Date.from(Instant.now().minusSeconds(600)))),
				token((token) -> token.issueTime(Date.from(Instant.now().plusSeconds(600)))
					.expirationTime(Date.from(Instant.now().plusSeconds(900)))),
				token((token) -> token.notBeforeTime(Date.from(Instant.now().plusSeconds(600)))),
				token((token) -> token.subject(null)), token((token) -> token.subject("")));
	}

	@ParameterizedTest
	@MethodSource("spoiled")
	void aSpoiledTokenSignsNobodyIn(Consumer<JWTClaimsSet.Builder> change) {
		Browsing browser = browser();
		provider.answering(change);
		assertThat(signIn(browser)).isIn("/sign-in?broken", "/sign-in?refused");
		assertThat(isSignedIn(browser)).isFalse();
	}

	static Stream<Consumer<JWTClaimsSet.Builder>> skewed() {
		return Stream.of(token((token) -> token.issueTime(Date.from(Instant.now().plusSeconds(20)))),
				token((token) -> token.notBeforeTime(Date.from(Instant.now().plusSeconds(20)))),
				token((token) -> token.issueTime(Date.from(Instant.now().minusSeconds(320)))
					.expirationTime(Date.from(Instant.now().minusSeconds(20)))));
	}

	@ParameterizedTest
	@MethodSource("skewed")
	void aClockOfTheProviderMayBeAFewSecondsWrong(Consumer<JWTClaimsSet.Builder> change) {
		Browsing browser = browser();
		provider.answering(change);
		assertThat(signIn(browser)).isEqualTo("/ai-demo");
		assertThat(isSignedIn(browser)).isTrue();
	}

	@Test
	void aTokenOfAnotherKeySignsNobodyIn() throws Exception {
		Browsing browser = browser();
		provider.signingWith(ScriptedProvider.newKey());
		assertThat(signIn(browser)).isEqualTo("/sign-in?broken");
		assertThat(isSignedIn(browser)).isFalse();
		assertThat(browser.get("/sign-in?broken").body()).contains("class=\"refused\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "?", "?code=x", "?state=x", "?error=access_denied", "?error=server_error&state=x",
			"?code=a&code=b&state=x", "?code=%00&state=%00" })
	void anAnswerThatNobodyAskedForSignsNobodyIn(String query) {
		Browsing browser = browser();
		HttpResponse<String> answer = browser.get("/sign-in/oidc/answer" + query);
		assertThat(Browsing.location(answer)).isIn("/sign-in?broken", "/sign-in?ended");
		assertThat(isSignedIn(browser)).isFalse();
	}

	@Test
	void madeUpAnswersAreLimitedLikeAttemptsToSignIn() {
		Browsing browser = new Browsing(
				start("--runnel.limits.loopback=true", "--runnel.limits.sign-ins-per-address=3").url(""));
		List<Integer> statuses = IntStream.range(0, 10)
			.mapToObj((i) -> browser.get("/sign-in/oidc/answer?code=x&state=x").statusCode())
			.toList();
		assertThat(statuses.subList(0, 3)).containsOnly(303);
		assertThat(statuses).contains(429);
		assertThat(Browsing.location(browser.get("/sign-in/oidc/answer"))).isEqualTo("/sign-in?ended");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example", "//evil.example", "/sign-out", "/ai-demo~x" })
	void aSignInLeadsToNoOtherSite(String target) {
		assertThat(signIn(browser(), "/sign-in/oidc?continue=" + target)).isEqualTo("/ai-demo");
	}

	@Test
	void onlyTheAllowedDomainsSignIn() {
		RunningRunnel runnel = start("--runnel.oidc.allowed-domains=example.com");
		assertThat(signIn(new Browsing(runnel.url("")))).isEqualTo("/ai-demo");
		List.of(token((token) -> token.claim("email", "grace@evil-example.com")),
				token((token) -> token.claim("email", "grace@example.com.evil.org")),
				token((token) -> token.claim("email", "example.com")), token((token) -> token.claim("email", null)),
				token((token) -> token.claim("email_verified", false)),
				token((token) -> token.claim("email_verified", null)))
			.forEach((change) -> {
				provider.answering(change);
				Browsing browser = new Browsing(runnel.url(""));
				assertThat(signIn(browser)).isEqualTo("/sign-in?refused");
				assertThat(isSignedIn(browser)).isFalse();
			});
	}

	@Test
	void onlyTheAllowedGroupsSignInAndThoseOfAdminsManageAccounts() {
		RunningRunnel runnel = start("--runnel.oidc.allowed-groups=staff,admins", "--runnel.oidc.admin-groups=admins");
		Browsing browser = new Browsing(runnel.url(""));
		assertThat(signIn(browser)).isEqualTo("/ai-demo");
		assertThat(browser.get("/admin").statusCode()).isEqualTo(403);
		provider.answering((token) -> token.claim("groups", "admins"));
		assertThat(signIn(browser)).isEqualTo("/ai-demo");
		assertThat(browser.get("/admin").statusCode()).isEqualTo(200);
		AuditLog audit = runnel.context().getBean(AuditLog.class);
		Audited promoted = new Audited(Audited.Action.ROLE, provider.issuer(), "Grace", "ADMIN");
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(audit.last(10).map(AuditEntry::event).collectList().block()).contains(promoted));
		provider.answering((token) -> token.claim("groups", List.of("staff")));
		signIn(new Browsing(runnel.url("")));
		assertThat(browser.get("/admin").statusCode()).isEqualTo(403);
		provider.answering((token) -> token.claim("groups", List.of("guests")));
		assertThat(signIn(browser)).isEqualTo("/sign-in?refused");
		provider.answering((token) -> token.claim("groups", null));
		assertThat(signIn(browser)).isEqualTo("/sign-in?refused");
	}

	private static int signOutThere() {
		return browser().post("/logout/connect/back-channel/oidc", Map.of("logout_token", provider.logoutToken()))
			.statusCode();
	}

	@Test
	void aSignOutAtTheProviderEndsTheSessionsOfThatPersonOnly() {
		Browsing other = browser();
		provider.answering((token) -> token.subject("person-3"));
		signIn(other);
		provider.answering((token) -> {
		});
		Browsing one = browser();
		signIn(one);
		assertThat(signOutThere()).isEqualTo(200);
		assertThat(isSignedIn(one)).isFalse();
		assertThat(isSignedIn(other)).isTrue();
	}

	static Stream<Consumer<JWTClaimsSet.Builder>> spoiledSignOuts() {
		return Stream.of(token((token) -> token.subject(null).claim("sid", "session")),
				token((token) -> token.audience("another-client")),
				token((token) -> token.issuer("https://evil.example")), token((token) -> token.claim("nonce", "any")),
				token((token) -> token.claim("events", Map.of("another", Map.of()))),
				token((token) -> token.claim("events", null)));
	}

	@ParameterizedTest
	@MethodSource("spoiledSignOuts")
	void aSpoiledSignOutEndsNothing(Consumer<JWTClaimsSet.Builder> change) {
		Browsing browser = browser();
		signIn(browser);
		provider.answering(change);
		assertThat(signOutThere()).isEqualTo(400);
		assertThat(isSignedIn(browser)).isTrue();
	}

	@Test
	void aSignOutOfAnotherKeyEndsNothing() throws Exception {
		Browsing browser = browser();
		signIn(browser);
		provider.signingWith(ScriptedProvider.newKey());
		assertThat(signOutThere()).isEqualTo(400);
		assertThat(isSignedIn(browser)).isTrue();
	}

	@Test
	void madeUpSignOutsDoNotFetchTheKeysEachTime() throws Exception {
		Browsing browser = browser();
		signIn(browser);
		RSAKey key = ScriptedProvider.newKey();
		int before = provider.fetchedKeys();
		for (int i = 0; i < 60; i++) {
			provider.signingWith(new RSAKey.Builder(key).keyID("made up " + i).build());
			assertThat(signOutThere()).isBetween(400, 503);
		}
		assertThat(provider.fetchedKeys() - before).isLessThan(20);
		provider.answering((token) -> {
		});
		assertThat(signOutThere()).isEqualTo(200);
		assertThat(isSignedIn(browser)).isFalse();
	}

	@Test
	void aPersonWhomAnAdminLocksOutCannotComeBackByTheProvider() {
		Browsing browser = browser();
		provider.answering((token) -> token.subject("person-4").claim("preferred_username", "Locked"));
		signIn(browser);
		Links links = shared.context().getBean(Links.class);
		String link = Objects.requireNonNull(links.invite(Role.ADMIN).block()).value();
		browser().join("/invitation", link, "Admin");
		lock("Admin", "Locked");
		assertThat(isSignedIn(browser)).isFalse();
		assertThat(signIn(browser)).isEqualTo("/sign-in?refused");
	}

	private static void lock(String admin, String locked) {
		Accounts accounts = shared.context().getBean(Accounts.class);
		Map<String, UUID> ids = Objects
			.requireNonNull(accounts.page(null, 100).collectMap(Account::name, Account::id).block());
		accounts.disable(Objects.requireNonNull(ids.get(admin)), Objects.requireNonNull(ids.get(locked)), true).block();
	}

	@Test
	void aPersonWhoCameFirstLeavesTheLinkToTheFirstAdminOpen() {
		RunningRunnel runnel = start();
		signIn(new Browsing(runnel.url("")));
		Links links = runnel.context().getBean(Links.class);
		String link = Objects.requireNonNull(links.setup().block()).value();
		Browsing admin = new Browsing(runnel.url(""));
		assertThat(admin.join("/setup", link, "Ada").statusCode()).isEqualTo(303);
		assertThat(links.setup().block()).isNull();
		assertThat(admin.signIn("Ada").get("/admin").body()).contains("Grace");
	}

	@Test
	void withoutPasswordsOnlyTheProviderSignsPeopleIn() {
		RunningRunnel runnel = start("--runnel.accounts.passwords=false", "--runnel.accounts.registration=true",
				"--runnel.oidc.admin-groups=staff");
		Links links = runnel.context().getBean(Links.class);
		assertThat(links.setup().block()).isNull();
		assertThatIllegalArgumentException().isThrownBy(() -> links.invite(Role.USER).block());
		Browsing browser = new Browsing(runnel.url(""));
		assertThat(browser.get("/registration").statusCode()).isEqualTo(404);
		assertThat(browser.get("/sign-in").body()).contains("/sign-in/oidc").doesNotContain("type=\"password\"");
		provider.answering((token) -> token.claim("auth_time", Instant.now().getEpochSecond()));
		assertThat(signIn(browser)).isEqualTo("/ai-demo");
		assertThat(browser.get("/account").body()).doesNotContain("type=\"password\"");
		assertThat(browser.get("/admin").body()).doesNotContain("/admin/invitations", "/admin/passwords");
		assertThat(browser.post("/admin/invitations", Map.of("role", "USER")).statusCode()).isEqualTo(409);
		Map<String, String> typed = Map.of("username", "Grace", "password", Browsing.PASSWORD);
		assertThat(Browsing.location(browser.post("/sign-in", typed))).startsWith("/sign-in?failed");
	}

	@Test
	void withoutPasswordsSomebodyElseHasToSignPeopleIn() {
		assertThatException().isThrownBy(() -> start("--runnel.accounts.passwords=false", "--runnel.oidc.issuer="))
			.havingRootCause()
			.withMessageContaining("runnel.oidc.issuer");
	}

	@Test
	void aProviderThatCannotBeReachedIsAskedAgainLater() {
		Browsing browser = new Browsing(start("--runnel.oidc.issuer=http://127.0.0.1:9").url(""));
		assertThat(browser.get("/sign-in/oidc").statusCode()).isEqualTo(503);
		assertThat(browser.get("/sign-in").statusCode()).isEqualTo(200);
	}

	@Test
	void withoutAProviderThereIsNothingOfIt() {
		Browsing browser = new Browsing(start("--runnel.oidc.issuer=").url(""));
		assertThat(browser.get("/sign-in").body()).doesNotContain("oidc");
		assertThat(browser.get("/sign-in/oidc").statusCode()).isEqualTo(404);
		assertThat(browser.get("/sign-in/oidc/answer?code=x&state=x").statusCode()).isEqualTo(404);
	}

	@ParameterizedTest
	@CsvSource({ "http://id.example.com, runnel, openid", "ftp://127.0.0.1, runnel, openid",
			"id.example.com, runnel, openid", "https://id.example.com, '', openid",
			"https://id.example.com, runnel, email" })
	void settingsThatCannotWorkAreRefused(String issuer, String client, String scopes) {
		assertThatIllegalArgumentException().isThrownBy(() -> oidc(issuer, client, scopes))
			.withMessageContaining("runnel.oidc.");
	}

	@Test
	void noLogHasTheSecret() {
		assertThat(oidc("https://id.example.com", "runnel", "openid").toString()).doesNotContain("top-secret");
	}

	private static OidcSettings oidc(String issuer, String client, String scopes) {
		return new OidcSettings(issuer, client, "top-secret", "", scopes, List.of(), "groups", List.of(), List.of(),
				null, List.of(), true);
	}

}
