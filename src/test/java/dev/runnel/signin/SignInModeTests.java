package dev.runnel.signin;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import dev.runnel.accounts.Links;
import dev.runnel.accounts.Role;
import dev.runnel.page.RunningRunnel;
import org.awaitility.Awaitility;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.web.server.WebFilterChainProxy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the sign-in modes and for the limit on guessed passwords.
 */
@Tag("one-jdk")
@Timeout(120)
class SignInModeTests {

	private static RunningRunnel start(String mode) {
		return start(mode, false);
	}

	private static RunningRunnel start(String mode, boolean registration) {
		return RunningRunnel.start("--runnel.data-dir=mem", "--runnel.openrouter.api-key=",
				"--runnel.sign-in.mode=" + mode, "--runnel.accounts.registration=" + registration);
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "owner" })
	void withoutAccountsThereIsNothingOfThem(String mode) {
		try (RunningRunnel runnel = start(mode, true)) {
			assertThat(runnel.context().getBeanNamesForType(WebFilterChainProxy.class)).isEmpty();
			Browsing browser = new Browsing(runnel.url(""));
			for (String page : new String[] { "/sign-in", "/registration", "/setup", "/account", "/admin" }) {
				assertThat(browser.get(page).statusCode()).as(page).isEqualTo(404);
			}
			assertThat(browser.get("/ai-demo").body()).doesNotContain("href=\"/account\"");
			assertThat(browser.api("GET", "/api/conversations", "").statusCode()).isEqualTo(200);
		}
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void theFirstStartPrintsALinkToTheFirstAccount(CapturedOutput output) {
		try (RunningRunnel runnel = start("accounts")) {
			Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> output.getOut().contains("/setup?link="));
			String link = output.getOut().replaceAll("(?s).*/setup\\?link=([A-Za-z0-9_-]{43}).*", "$1");
			Browsing browser = new Browsing(runnel.url(""));
			assertThat(browser.join("/setup", link, "Ada").statusCode()).isEqualTo(303);
			assertNobodyRegisters(browser);
			assertThat(browser.signIn("Ada").get("/admin").body()).contains("Ada");
		}
	}

	private static void assertNobodyRegisters(Browsing browser) {
		assertThat(browser.get("/sign-in").body()).doesNotContain("/registration");
		assertThat(browser.get("/registration").statusCode()).isEqualTo(404);
		assertThat(browser.post("/registration", Map.of("username", "Eve", "password", Browsing.PASSWORD)).statusCode())
			.isEqualTo(404);
	}

	@Test
	void overHttpsTheCookieBelongsToThisVeryHost() {
		try (RunningRunnel runnel = RunningRunnel.start("--runnel.data-dir=mem", "--runnel.openrouter.api-key=",
				"--runnel.sign-in.mode=accounts", "--runnel.security.trusted-proxies=127.0.0.1")) {
			Links links = runnel.context().getBean(Links.class);
			Browsing browser = new Browsing(runnel.url("")).sending("X-Forwarded-Proto", "https");
			browser.join("/setup", Objects.requireNonNull(links.setup().block()).value(), "Ada");
			browser.get("/sign-in");
			HttpResponse<String> answer = browser.post("/sign-in",
					Map.of("username", "Ada", "password", Browsing.PASSWORD));
			assertThat(answer.headers().allValues("Set-Cookie"))
				.anySatisfy((cookie) -> assertThat(cookie).startsWith("__Host-runnel-session")
					.contains("Secure", "HTTPOnly", "SameSite=Lax", "Path=/")
					.doesNotContain("Domain"));
			assertThat(browser.get("/account").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void belowAPathPeopleSignInAndOut() {
		try (RunningRunnel runnel = RunningRunnel.start("--runnel.data-dir=mem", "--runnel.openrouter.api-key=",
				"--runnel.sign-in.mode=accounts", "--spring.webflux.base-path=/chat")) {
			String link = Objects.requireNonNull(runnel.context().getBean(Links.class).setup().block()).value();
			Browsing browser = new Browsing(runnel.url("/chat"));
			assertThat(Browsing.location(browser.join("/setup", link, "Ada"))).isEqualTo("/chat/sign-in?joined");
			assertThat(Browsing.location(browser.get("/account"))).isEqualTo("/chat/sign-in?continue=/account");
			browser.get("/sign-in?continue=/account");
			HttpResponse<String> answer = browser.post("/sign-in",
					Map.of("username", "Ada", "password", Browsing.PASSWORD, "continue", "/account"));
			assertThat(Browsing.location(answer)).isEqualTo("/chat/account");
			assertThat(answer.headers().allValues("Set-Cookie")).hasSize(2)
				.allSatisfy((cookie) -> assertThat(cookie).contains("Path=/chat;"));
			Document account = Jsoup.parse(browser.get("/account").body());
			assertThat(Stream
				.of(account.select("form").eachAttr("action"), account.select("[href]").eachAttr("href"),
						account.select("[src]").eachAttr("src"))
				.flatMap(List::stream)).hasSizeGreaterThan(8).allMatch((path) -> path.startsWith("/chat/"));
			browser.ask("Hello");
			assertThat(Browsing.location(browser.post("/sign-out", Map.of()))).isEqualTo("/chat/sign-in?ended");
			assertThat(browser.api("GET", "/api/conversations", "").statusCode()).isEqualTo(401);
			assertThat(Browsing.location(browser.get("/ai-demo"))).isEqualTo("/chat/sign-in?continue=/ai-demo");
		}
	}

	@Test
	void twoLinksToTheFirstAccountMakeOneAccount() {
		try (RunningRunnel runnel = start("accounts")) {
			Links links = runnel.context().getBean(Links.class);
			List<String> tokens = Stream.generate(() -> Objects.requireNonNull(links.setup().block()).value())
				.limit(2)
				.toList();
			List<CompletableFuture<Integer>> joined = tokens.stream()
				.map((link) -> CompletableFuture
					.supplyAsync(() -> new Browsing(runnel.url("")).join("/setup", link, "Ada " + tokens.indexOf(link))
						.statusCode()))
				.toList();
			assertThat(joined.stream().map(CompletableFuture::join)).containsExactlyInAnyOrder(303, 410);
		}
	}

	@Test
	void guessingThePasswordOfOnePersonIsLimitedOnThisMachineToo() {
		try (RunningRunnel runnel = start("accounts", true)) {
			Browsing browser = new Browsing(runnel.url(""));
			browser.get("/sign-in");
			HttpResponse<String> last = guess(browser);
			for (int guess = 0; guess < 100 && last.statusCode() == 303; guess++) {
				last = guess(browser);
			}
			assertThat(last.statusCode()).isEqualTo(429);
			assertThat(last.headers().firstValue("Retry-After")).isPresent();
			Map<String, String> form = Map.of("username", "Nobody", "password", Browsing.PASSWORD);
			assertThat(browser.post("/registration", form).statusCode()).isEqualTo(429);
		}
	}

	private static RunningRunnel startIn(Path folder, String mode) {
		return RunningRunnel.start("--runnel.data-dir=" + folder, "--runnel.openrouter.api-key=",
				"--runnel.security.secret-file=" + folder.resolve("secret"), "--runnel.sign-in.mode=" + mode);
	}

	@Test
	void theChatsOfABrowserFromBeforeAreOfferedAndTakenOver(@TempDir Path folder) {
		Map<String, String> cookies = new TreeMap<>();
		String id;
		try (RunningRunnel before = startIn(folder, "none")) {
			Browsing browser = new Browsing(before.url(""));
			browser.get("/ai-demo");
			id = browser.ask("From before");
			cookies.putAll(browser.cookies());
		}
		try (RunningRunnel after = startIn(folder, "accounts")) {
			Links links = after.context().getBean(Links.class);
			Browsing browser = new Browsing(after.url(""));
			browser.join("/setup", Objects.requireNonNull(links.setup().block()).value(), "Ada");
			browser.cookies().putAll(cookies);
			browser.get("/sign-in");
			Map<String, String> form = Map.of("username", "Ada", "password", Browsing.PASSWORD);
			assertThat(Browsing.location(browser.post("/sign-in", form))).isEqualTo("/account/earlier");
			assertThat(browser.get("/ai-demo/c/" + id).statusCode()).isEqualTo(404);
			assertThat(browser.get("/account/earlier").body()).contains("/account/earlier/leave");
			assertThat(Browsing.location(browser.post("/account/earlier/leave", Map.of()))).isEqualTo("/ai-demo");
			browser.signIn("Ada");
			new Browsing(after.url("")).join("/invitation",
					Objects.requireNonNull(links.invite(Role.USER).block()).value(), "Bob");
			browser.get("/sign-in?confirm");
			assertThat(Browsing
				.location(browser.post("/sign-in", Map.of("username", "Bob", "password", Browsing.PASSWORD))))
				.isEqualTo("/account/earlier");
			browser.get("/account/earlier");
			browser.post("/account/earlier/leave", Map.of());
			browser.post("/sign-out", Map.of());
			browser.signIn("Bob");
			browser.post("/sign-out", Map.of());
			browser.signIn("Ada");
			assertThat(browser.get("/account/earlier").statusCode()).isEqualTo(200);
			assertThat(Browsing.location(browser.post("/account/earlier", Map.of()))).isEqualTo("/ai-demo");
			assertThat(browser.get("/ai-demo/c/" + id).body()).contains("From before");
			assertThat(Browsing.location(browser.get("/account/earlier"))).isEqualTo("/ai-demo");
		}
	}

	private static HttpResponse<String> guess(Browsing browser) {
		return browser.post("/sign-in", Map.of("username", "Nobody", "password", "a wrong password"));
	}

}
