package dev.runnel.signin;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.runnel.accounts.Account;
import dev.runnel.accounts.Accounts;
import dev.runnel.accounts.Identities;
import dev.runnel.accounts.Links;
import dev.runnel.accounts.Role;
import dev.runnel.conversation.Libraries;
import dev.runnel.page.RunningRunnel;
import dev.runnel.web.Visitor;
import org.awaitility.Awaitility;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests over HTTP for people who sign in, and for strangers. The subclasses name the
 * database.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(120)
abstract class SignInContract {

	/** The pages that need nobody. */
	private static final Set<String> FOR_EVERYBODY = Set.of("/", "/sign-in", "/registration", "/setup", "/invitation",
			"/password");

	static final String ADMIN = "Ada";

	/** Shorter than the grace period of an answer that has lost its reader. */
	static final Duration AT_ONCE = Duration.ofSeconds(10);

	private static final AtomicInteger people = new AtomicInteger();

	RunningRunnel runnel;

	abstract String databaseUrl();

	@BeforeAll
	void start() {
		this.runnel = RunningRunnel.start("--runnel.data-dir=mem", "--runnel.database-url=" + databaseUrl(),
				"--runnel.openrouter.api-key=", "--runnel.sign-in.mode=accounts", "--runnel.accounts.registration=true",
				"--runnel.limits.sign-ins-per-account=1000");
		String link = Objects.requireNonNull(links().setup().block()).value();
		String another = Objects.requireNonNull(links().setup().block()).value();
		assertThat(Browsing.location(browser().join("/setup", link, ADMIN))).isEqualTo("/sign-in?joined");
		assertThat(browser().join("/setup", link, "Eve").statusCode()).isEqualTo(410);
		assertThat(browser().join("/setup", another, "Eve").statusCode()).isEqualTo(410);
		assertThat(links().setup().block()).isNull();
	}

	@AfterAll
	void stop() {
		this.runnel.close();
	}

	private Links links() {
		return this.runnel.context().getBean(Links.class);
	}

	Browsing browser() {
		return new Browsing(this.runnel.url(""));
	}

	/** Invites somebody with a new name, who joins. */
	String person(Role role) {
		String name = "Person " + people.incrementAndGet();
		String link = Objects.requireNonNull(links().invite(role).block()).value();
		assertThat(Browsing.location(browser().join("/invitation", link, name))).isEqualTo("/sign-in?joined");
		return name;
	}

	private Browsing somebody() {
		return browser().signIn(person(Role.USER));
	}

	private String id(String name) {
		return Objects
			.requireNonNull(this.runnel.context()
				.getBean(Accounts.class)
				.page(null, 10_000)
				.filter((account) -> account.name().equals(name))
				.map(Account::id)
				.blockFirst())
			.toString();
	}

	@Test
	void everyEndpointNeedsSomebodyUnlessItIsNamedHere() {
		List<String> open = new ArrayList<>();
		for (RequestMappingInfo mapping : mappings().toList()) {
			for (String path : mapping.getPatternsCondition().getPatterns().stream().map(Object::toString).toList()) {
				methods(mapping).filter((method) -> !isRefused(method, path)).forEach((method) -> open.add(path));
			}
		}
		assertThat(Set.copyOf(open)).isSubsetOf(FOR_EVERYBODY);
	}

	private Stream<RequestMappingInfo> mappings() {
		return this.runnel.context()
			.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
			.getHandlerMethods()
			.keySet()
			.stream();
	}

	private static Stream<String> methods(RequestMappingInfo mapping) {
		Set<RequestMethod> methods = mapping.getMethodsCondition().getMethods();
		return methods.isEmpty() ? Stream.of("GET", "POST") : methods.stream().map(RequestMethod::name);
	}

	/** Returns whether a stranger is refused or led to the sign-in. */
	private boolean isRefused(String method, String pattern) {
		String path = pattern.replaceAll("\\{[^/]*}", "00000000-0000-0000-0000-000000000000").replace("**", "x");
		int status = browser().api(method, path, "{}").statusCode();
		return status == 401 || status == 403 || (status == 303 && !FOR_EVERYBODY.contains(path));
	}

	@Test
	void aStrangerIsLedToTheSignInAndBack() {
		Browsing stranger = browser();
		assertThat(Browsing.location(stranger.get("/account"))).isEqualTo("/sign-in?continue=/account");
		HttpResponse<String> refused = stranger.api("GET", "/api/conversations", "");
		assertThat(refused.statusCode()).isEqualTo(401);
		assertThat(refused.body()).contains("\"code\":\"unauthenticated\"");
		assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
		String name = person(Role.USER);
		stranger.get("/sign-in?continue=/account");
		HttpResponse<String> back = stranger.post("/sign-in",
				Map.of("username", name, "password", Browsing.PASSWORD, "continue", "/account"));
		assertThat(Browsing.location(back)).isEqualTo("/account");
		assertThat(stranger.get("/account").body()).contains(name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example", "//evil.example", "/\\evil.example", "/ai-demo/../../evil",
			"/ai-demo\r\nX: y", "javascript:alert(1)", "/sign-out" })
	void aSignInLeadsToNoOtherSite(String target) {
		Browsing browser = browser();
		browser.get("/sign-in");
		HttpResponse<String> answer = browser.post("/sign-in",
				Map.of("username", person(Role.USER), "password", Browsing.PASSWORD, "continue", target));
		assertThat(Browsing.location(answer)).isEqualTo("/ai-demo");
	}

	@ParameterizedTest
	@CsvSource({ "Ada, wrong password", "Nobody, a long enough sentence", "'', ''", "Ada, ''" })
	void aWrongPasswordAndAnUnknownNameLookTheSame(String name, String password) {
		Browsing browser = browser();
		browser.get("/sign-in");
		HttpResponse<String> answer = browser.post("/sign-in", Map.of("username", name, "password", password));
		assertThat(Browsing.location(answer)).isEqualTo("/sign-in?failed&continue=/ai-demo");
		assertThat(browser.cookies().keySet()).noneMatch((cookie) -> cookie.contains("session"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "A\u0000da", "Ada\u0000", "<script>", "' or '1'='1" })
	void aTextThatIsNoNameIsAnUnknownOne(String text) {
		Browsing browser = browser();
		browser.get("/sign-in");
		HttpResponse<String> answer = browser.post("/sign-in", Map.of("username", text, "password", Browsing.PASSWORD));
		assertThat(Browsing.location(answer)).isEqualTo("/sign-in?failed&continue=/ai-demo");
	}

	@Test
	void aKeyHasANameThatAPageCanShow() {
		Browsing browser = browser().signIn(ADMIN);
		browser.get("/account");
		assertThat(browser.post("/account/keys", Map.of("name", "a\u0000b", "scope", "READ", "days", "1")).statusCode())
			.isEqualTo(400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ada", " ADA ", "\uff21da" })
	void aNameIsTheSameInEverySpelling(String spelling) {
		browser().signIn(spelling);
	}

	@Test
	void aSignInTakesNoTokenThatABrowserBrings() {
		Browsing browser = browser();
		String cookie = "runnel-session-" + this.runnel.port();
		browser.cookies().put(cookie, "chosen-by-an-attacker");
		browser.signIn(ADMIN);
		String first = browser.cookies().get(cookie);
		assertThat(first).hasSize(43);
		browser.cookies().remove(cookie);
		browser.signIn(ADMIN);
		assertThat(browser.cookies().get(cookie)).isNotEqualTo(first);
	}

	/**
	 * All forms: those of handlers, so that a new one cannot be forgotten, and two more.
	 */
	private List<String> forms() {
		Stream<String> handled = mappings()
			.filter((mapping) -> mapping.getConsumesCondition()
				.getConsumableMediaTypes()
				.contains(MediaType.APPLICATION_FORM_URLENCODED))
			.flatMap((mapping) -> mapping.getPatternsCondition().getPatterns().stream())
			.map(Object::toString);
		return Stream.concat(handled, Stream.of("/sign-in", "/sign-out")).toList();
	}

	@Test
	void everyFormNeedsTheTokenOfItsOwnBrowser() {
		Browsing browser = browser().signIn(ADMIN);
		Browsing other = browser();
		other.get("/sign-in");
		assertThat(forms()).contains("/ai-demo", "/registration", "/setup", "/invitation", "/password",
				"/account/earlier", "/account/earlier/leave", "/account/password", "/account/sessions/all",
				"/account/keys/delete", "/admin/delete");
		for (String path : forms()) {
			for (String token : List.of("", "made up", other.formToken())) {
				assertThat(browser.postWith(token, path, Map.of()).statusCode()).as("%s with '%s'", path, token)
					.isEqualTo(403);
			}
		}
		assertThat(browser.get("/account").statusCode()).isEqualTo(200);
	}

	@Test
	void twoPeopleSeeNothingOfEachOther() {
		Browsing one = somebody();
		Browsing other = somebody();
		String id = one.ask("A secret of one");
		assertThat(one.api("GET", "/api/conversations/" + id, "").statusCode()).isEqualTo(200);
		assertThat(other.api("GET", "/api/conversations/" + id, "").statusCode()).isEqualTo(404);
		assertThat(other.api("PATCH", "/api/conversations/" + id, "{\"title\":\"Mine\"}").statusCode()).isEqualTo(404);
		assertThat(other.api("DELETE", "/api/conversations/" + id, "").statusCode()).isEqualTo(404);
		assertThat(other.api("GET", "/api/conversations/" + id + "/export", "").statusCode()).isEqualTo(404);
		assertThat(other.get("/ai-demo/c/" + id).statusCode()).isEqualTo(404);
		assertThat(
				other.api("POST", "/api/chat", "{\"message\":\"Hi\",\"conversationId\":\"" + id + "\"}").statusCode())
			.isEqualTo(404);
		assertThat(other.api("GET", "/api/conversations?query=secret", "").body()).doesNotContain(id);
		assertThat(browser().signIn(ADMIN).api("GET", "/api/conversations/" + id, "").statusCode()).isEqualTo(404);
	}

	@Test
	void onePersonSeesTheSameChatsInTwoBrowsers() {
		String name = person(Role.USER);
		String id = browser().signIn(name).ask("Hello");
		assertThat(browser().signIn(name).get("/ai-demo/c/" + id).body()).contains("Hello");
	}

	@Test
	void aSessionThatWasSignedOutIsNoLongerOne() {
		Browsing browser = somebody();
		String cookies = browser.cookieHeader();
		browser.get("/account");
		assertThat(Browsing.location(browser.post("/sign-out", Map.of()))).isEqualTo("/sign-in?ended");
		assertThat(browser.cookies().keySet()).noneMatch((cookie) -> cookie.contains("session"));
		HttpRequest.Builder replayed = browser().request("/api/conversations").header("Cookie", cookies).GET();
		assertThat(browser().send(replayed).statusCode()).isEqualTo(401);
	}

	/** A stream that is being read, and what came of it when it ended. */
	record Read(InputStream body, CompletableFuture<String> text) {

		String end() throws Exception {
			return this.text.get(60, TimeUnit.SECONDS);
		}

		/** Leaves before the end, as a browser does that opens another page. */
		void leave() throws Exception {
			this.body.close();
			end();
		}

	}

	/** Begins a slow answer and returns when its first words have come. */
	static Read begin(Browsing browser) throws Exception {
		return begin(browser, "event: message");
	}

	/** Begins a slow answer and returns before its first word. */
	private static Read ask(Browsing browser) throws Exception {
		return begin(browser, "event: start");
	}

	private static Read begin(Browsing browser, String event) throws Exception {
		HttpRequest.Builder asked = browser.request("/api/chat/stream")
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{\"message\":\"/mock slow\"}"));
		return read(asked, event);
	}

	/** Reads the newest stream of a person from its beginning, in another browser. */
	static Read follow(Browsing browser) throws Exception {
		Matcher id = Pattern.compile("\"streamId\":\"([^\"]+)\"")
			.matcher(browser.api("GET", "/api/chat/streams", "").body());
		assertThat(id.find()).isTrue();
		return read(browser.request("/api/chat/stream/" + id.group(1)).GET(), "event: start");
	}

	private static Read read(HttpRequest.Builder asked, String event) throws Exception {
		InputStream stream = HttpClient.newHttpClient().send(asked.build(), BodyHandlers.ofInputStream()).body();
		StringBuilder first = new StringBuilder();
		while (first.indexOf(event) < 0) {
			int next = stream.read();
			assertThat(next).as(first.toString()).isNotNegative();
			first.append((char) next);
		}
		return new Read(stream, CompletableFuture.supplyAsync(() -> first + rest(stream)));
	}

	/** Reads to the end, or until the connection is closed. */
	private static String rest(InputStream stream) {
		StringBuilder text = new StringBuilder();
		try (stream) {
			byte[] buffer = new byte[1024];
			for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
				text.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
			}
		}
		catch (IOException ex) {
			text.append("closed");
		}
		return text.toString();
	}

	@Test
	void signingOutEverywhereEndsWhatIsBeingReadElsewhere() throws Exception {
		String name = person(Role.USER);
		Read stream = begin(browser().signIn(name));
		Browsing here = browser().signIn(name);
		here.get("/account");
		assertThat(Browsing.location(here.post("/account/sessions/all", Map.of()))).isEqualTo("/sign-in?ended");
		assertThat(stream.end()).doesNotContain("event: complete").endsWith("closed");
		assertThat(here.api("GET", "/api/conversations", "").statusCode()).isEqualTo(401);
	}

	private static void awaitState(Browsing person, String state) {
		Awaitility.await()
			.atMost(AT_ONCE)
			.until(() -> person.api("GET", "/api/chat/streams", "").body().contains("\"state\":\"" + state + "\""));
	}

	@Test
	void aSignOutEndsTheAnswerThatNobodyElseReads() throws Exception {
		String name = person(Role.USER);
		Browsing phone = browser().signIn(name);
		ask(phone).leave();
		Browsing laptop = browser().signIn(name);
		assertThat(laptop.api("GET", "/api/chat/streams", "").body()).contains("\"state\":\"running\"");
		phone.get("/account");
		assertThat(Browsing.location(phone.post("/sign-out", Map.of()))).isEqualTo("/sign-in?ended");
		awaitState(laptop, "failed");
	}

	@Test
	void aSignOutLeavesTheAnswerThatAnotherBrowserReadsUntilItLeaves() throws Exception {
		String name = person(Role.USER);
		Browsing phone = browser().signIn(name);
		Read onPhone = ask(phone);
		Browsing laptop = browser().signIn(name);
		Read onLaptop = follow(laptop);
		Read own = ask(laptop);
		phone.get("/account");
		phone.post("/sign-out", Map.of());
		assertThat(onPhone.end()).endsWith("closed");
		assertThat(onLaptop.text()).isNotDone();
		assertThat(own.text()).isNotDone();
		assertThat(laptop.api("GET", "/api/chat/streams", "").body()).doesNotContain("\"state\":\"failed\"");
		onLaptop.leave();
		awaitState(laptop, "failed");
		assertThat(own.text()).isNotDone();
		own.leave();
	}

	@Test
	void aSignInThatIsConfirmedLeavesTheAnswerOfItsBrowser() throws Exception {
		String name = person(Role.USER);
		Browsing browser = browser().signIn(name);
		Read stream = ask(browser);
		confirm(browser, name);
		assertThat(stream.end()).endsWith("closed");
		assertThat(browser.api("GET", "/api/chat/streams", "").body()).contains("\"state\":\"running\"");
	}

	private static void confirm(Browsing browser, String name) {
		browser.get("/sign-in?confirm");
		browser.post("/sign-in", Map.of("username", name, "password", Browsing.PASSWORD));
	}

	@Test
	void aSignOutAfterAConfirmationEndsTheAnswerFromBefore() throws Exception {
		String name = person(Role.USER);
		Browsing phone = browser().signIn(name);
		ask(phone);
		confirm(phone, name);
		phone.get("/account");
		assertThat(Browsing.location(phone.post("/sign-out", Map.of()))).isEqualTo("/sign-in?ended");
		awaitState(browser().signIn(name), "failed");
	}

	@Test
	void lockingAPersonOutEndsRequestsAndAnswersAtOnce() throws Exception {
		String name = person(Role.USER);
		Browsing person = browser().signIn(name);
		Read stream = begin(person);
		assertThat(change(browser().signIn(ADMIN), name, "disable")).isEqualTo(303);
		assertThat(stream.end()).doesNotContain("event: complete").endsWith("closed");
		assertThat(person.api("GET", "/api/conversations", "").statusCode()).isEqualTo(401);
		person.get("/sign-in");
		assertThat(Browsing.location(person.post("/sign-in", Map.of("username", name, "password", Browsing.PASSWORD))))
			.startsWith("/sign-in?failed");
		assertThat(change(browser().signIn(ADMIN), name, "enable")).isEqualTo(303);
		person.signIn(name);
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> person.api("GET", "/api/chat/streams", "").body().contains("\"state\":\"stopped\""));
	}

	@Test
	void anAdminSignsAPersonOutEverywhere() throws Exception {
		String name = person(Role.USER);
		Browsing laptop = browser().signIn(name);
		Browsing phone = browser().signIn(name);
		Browsing admin = browser().signIn(ADMIN);
		Read stream = begin(laptop);
		assertThat(admin.get("/admin").body()).contains("value=\"sign-out\"");
		assertThat(change(phone, name, "sign-out")).isEqualTo(403);
		assertThat(change(admin, name, "sign-out")).isEqualTo(303);
		assertThat(stream.end()).doesNotContain("event: complete").endsWith("closed");
		assertThat(laptop.api("GET", "/api/conversations", "").statusCode()).isEqualTo(401);
		assertThat(phone.api("GET", "/api/conversations", "").statusCode()).isEqualTo(401);
		assertThat(admin.api("GET", "/api/conversations", "").statusCode()).isEqualTo(200);
		laptop.signIn(name);
	}

	int change(Browsing admin, String name, String change) {
		admin.get("/admin");
		return admin.post("/admin/accounts", Map.of("id", id(name), "change", change)).statusCode();
	}

	@Test
	void aDeletedPersonGoesWithEverythingWhileAnAnswerIsWritten() throws Exception {
		String name = person(Role.USER);
		Browsing person = browser().signIn(name);
		person.ask("Hello");
		Read stream = begin(person);
		String id = id(name);
		Browsing admin = browser().signIn(ADMIN);
		assertThat(admin.get("/admin/delete?id=" + id).body()).contains(name);
		assertThat(admin.post("/admin/delete", Map.of("id", id)).statusCode()).isEqualTo(303);
		assertThat(stream.end()).doesNotContain("event: complete").endsWith("closed");
		assertThat(person.api("GET", "/api/conversations", "").statusCode()).isEqualTo(401);
		assertThat(admin.get("/admin").body()).doesNotContain(id);
		Libraries libraries = this.runnel.context().getBean(Libraries.class);
		assertThat(libraries.hasConversations(new Visitor("account:" + id)).block()).isFalse();
		assertThat(admin.get("/admin/delete?id=" + id).statusCode()).isEqualTo(404);
		assertThat(change(admin, ADMIN, "delete")).isEqualTo(400);
	}

	@Test
	void aPersonDeletesTheirOwnAccountWithEverything() throws Exception {
		String name = person(Role.USER);
		Browsing person = browser().signIn(name);
		person.ask("Hello");
		Read stream = begin(browser().signIn(name));
		UUID id = UUID.fromString(id(name));
		assertThat(person.get("/account").body()).contains("/account/delete");
		assertThat(person.get("/account/delete").body()).contains(name);
		assertThat(Browsing.location(person.post("/account/delete", Map.of()))).isEqualTo("/sign-in?deleted");
		assertThat(stream.end()).doesNotContain("event: complete").endsWith("closed");
		assertThat(person.api("GET", "/api/conversations", "").statusCode()).isEqualTo(401);
		assertThat(this.runnel.context().getBean(Accounts.class).find(id).block()).isNull();
		Libraries libraries = this.runnel.context().getBean(Libraries.class);
		assertThat(libraries.hasConversations(new Visitor("account:" + id)).block()).isFalse();
	}

	@Test
	void anAdminWhoLocksThemselvesOutIsOutInEveryBrowser() {
		String name = person(Role.ADMIN);
		Browsing elsewhere = browser().signIn(name);
		Browsing here = browser().signIn(name);
		change(here, name, "disable");
		assertThat(change(browser().signIn(ADMIN), name, "enable")).isEqualTo(303);
		assertThat(elsewhere.api("GET", "/api/conversations", "").statusCode()).isEqualTo(401);
		assertThat(here.api("GET", "/api/conversations", "").statusCode()).isEqualTo(401);
	}

	@Test
	void anAdminWhoDeletesThemselvesGoesWithEverything() {
		String name = person(Role.ADMIN);
		Browsing person = browser().signIn(name);
		person.ask("Hello");
		String id = id(name);
		person.get("/admin/delete?id=" + id);
		person.post("/admin/delete", Map.of("id", id));
		Accounts accounts = this.runnel.context().getBean(Accounts.class);
		Libraries libraries = this.runnel.context().getBean(Libraries.class);
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> accounts.find(UUID.fromString(id)).block() == null
					&& Boolean.FALSE.equals(libraries.hasConversations(new Visitor("account:" + id)).block()));
	}

	@Test
	void manyAccountsComeInPagesWithoutALossOrARepetition() {
		Identities identities = this.runnel.context().getBean(Identities.class);
		Set<String> names = IntStream.range(0, 250).mapToObj((i) -> "many-" + i).collect(Collectors.toSet());
		names.forEach((name) -> identities.admit("test", name).block());
		Browsing admin = browser().signIn(ADMIN);
		List<String> shown = new ArrayList<>();
		String path = "/admin";
		while (!path.isEmpty()) {
			Document page = Jsoup.parse(admin.get(path).body());
			assertThat(page.select(".rows li")).hasSizeLessThanOrEqualTo(100);
			page.select(".rows li > span > span:first-child").forEach((name) -> shown.add(name.text()));
			path = page.select("#more").attr("href");
		}
		assertThat(shown).doesNotHaveDuplicates().containsAll(names);
		assertThat(admin.get("/admin?id=x").statusCode()).isEqualTo(400);
	}

	@Test
	void onlyAnAdminManagesAccounts() {
		Browsing person = somebody();
		assertThat(person.get("/admin").statusCode()).isEqualTo(403);
		person.get("/account");
		assertThat(person.post("/admin/invitations", Map.of("role", "ADMIN")).statusCode()).isEqualTo(403);
	}

	@Test
	void anInvitationOfTheAdminPageWorksOnce() {
		Browsing admin = browser().signIn(ADMIN);
		admin.get("/admin");
		Matcher link = Pattern.compile("/invitation\\?link=([A-Za-z0-9_-]{43})")
			.matcher(admin.post("/admin/invitations", Map.of("role", "USER")).body());
		assertThat(link.find()).isTrue();
		assertThat(browser().get("/invitation?link=" + link.group(1)).statusCode()).isEqualTo(200);
		assertThat(browser().join("/invitation", link.group(1), "Bob").statusCode()).isEqualTo(303);
		assertThat(browser().get("/invitation?link=" + link.group(1)).statusCode()).isEqualTo(410);
		assertThat(browser().join("/setup", link.group(1), "Bob 2").statusCode()).isEqualTo(410);
	}

	@Test
	void aLinkThatTwoUseAtOnceWorksOnce() {
		String link = Objects.requireNonNull(links().invite(Role.USER).block()).value();
		List<CompletableFuture<Integer>> joined = Stream.of("Twin 1", "Twin 2")
			.map((name) -> CompletableFuture.supplyAsync(() -> browser().join("/invitation", link, name).statusCode()))
			.toList();
		assertThat(joined.stream().map(CompletableFuture::join)).containsExactlyInAnyOrder(303, 410);
	}

	@ParameterizedTest
	@CsvSource({ "ada, a long enough sentence", "'', a long enough sentence", "<b>Bob</b>, a long enough sentence",
			"Carla, short", "a long enough name, A long enough name" })
	void aRefusedNameOrPasswordLeavesTheLinkOpen(String name, String password) {
		String link = Objects.requireNonNull(links().invite(Role.USER).block()).value();
		Browsing browser = browser();
		browser.get("/invitation?link=" + link);
		HttpResponse<String> refused = browser.post("/invitation",
				Map.of("link", link, "username", name, "password", password));
		assertThat(refused.statusCode()).isEqualTo(400);
		assertThat(refused.body()).contains("class=\"refused\"").doesNotContain("<b>Bob", password + "\"");
		assertThat(browser().join("/invitation", link, "Guest " + people.incrementAndGet()).statusCode())
			.isEqualTo(303);
	}

	private static HttpResponse<String> register(Browsing browser, String name, String password) {
		browser.get("/registration");
		return browser.post("/registration", Map.of("username", name, "password", password, "role", "ADMIN"));
	}

	@Test
	void somebodyWithoutAnInvitationRegistersAsAUser() {
		String name = "Person " + people.incrementAndGet();
		Browsing browser = browser();
		assertThat(Jsoup.parse(browser.get("/sign-in").body()).select("a[href=/registration]")).hasSize(1);
		assertThat(Browsing.location(register(browser, name, Browsing.PASSWORD))).isEqualTo("/sign-in?joined");
		assertThat(browser.signIn(name).get("/admin").statusCode()).isEqualTo(403);
		browser.ask("Hello");
		Document log = Jsoup.parse(browser().signIn(ADMIN).get("/admin/audit").body());
		assertThat(log.select("tr:contains(" + name + "):contains(new account)").text()).contains("REGISTRATION");
	}

	@ParameterizedTest
	@CsvSource({ "ada, another long sentence", "'', a long enough sentence", "<b>Bob</b>, a long enough sentence",
			"Carla, short", "Carla, 1q2w3e4r5t", "a long enough name, A long enough name" })
	void aRefusedNameOrPasswordMakesNoAccount(String name, String password) {
		Browsing browser = browser();
		HttpResponse<String> refused = register(browser, name, password);
		assertThat(refused.statusCode()).isEqualTo(400);
		assertThat(refused.body()).contains("class=\"refused\"").doesNotContain("<b>Bob", password + "\"");
		browser.get("/sign-in");
		assertThat(Browsing.location(browser.post("/sign-in", Map.of("username", name, "password", password))))
			.startsWith("/sign-in?failed");
	}

	@Test
	void twoPeopleWhoRegisterWithOneNameAtOnceMakeOneAccount() {
		String name = "Person " + people.incrementAndGet();
		List<CompletableFuture<Integer>> joined = Stream.of(browser(), browser())
			.map((browser) -> CompletableFuture
				.supplyAsync(() -> register(browser, name, Browsing.PASSWORD).statusCode()))
			.toList();
		assertThat(joined.stream().map(CompletableFuture::join)).containsExactlyInAnyOrder(303, 400);
	}

	@Test
	void twoAdminsWhoDemoteEachOtherLeaveOne() {
		String one = person(Role.ADMIN);
		String other = person(Role.ADMIN);
		assertThat(change(browser().signIn(one), ADMIN, "user")).isEqualTo(303);
		Browsing first = browser().signIn(one);
		Browsing second = browser().signIn(other);
		List<CompletableFuture<Integer>> demoted = List.of(
				CompletableFuture.supplyAsync(() -> change(first, other, "user")),
				CompletableFuture.supplyAsync(() -> change(second, one, "user")));
		demoted.forEach(CompletableFuture::join);
		String left = demoted.get(0).join() == 303 ? one : other;
		Browsing admin = browser().signIn(left);
		assertThat(admin.get("/admin").statusCode()).isEqualTo(200);
		assertThat(change(admin, left, "user")).isEqualTo(409);
		assertThat(change(admin, left, "disable")).isEqualTo(409);
		assertThat(change(admin, ADMIN, "admin")).isEqualTo(303);
	}

	@Test
	void aNewPasswordEndsTheOtherBrowsersOnly() {
		String name = person(Role.USER);
		Browsing elsewhere = browser().signIn(name);
		Browsing here = browser().signIn(name);
		here.get("/account");
		assertThat(here.post("/account/password", Map.of("current", "wrong", "password", "another long sentence"))
			.statusCode()).isEqualTo(400);
		HttpResponse<String> changed = here.post("/account/password",
				Map.of("current", Browsing.PASSWORD, "password", "another long sentence"));
		assertThat(Browsing.location(changed)).isEqualTo("/account?changed");
		assertThat(here.get("/account").statusCode()).isEqualTo(200);
		assertThat(elsewhere.get("/account").statusCode()).isEqualTo(303);
	}

	@Test
	void aLinkOfAnAdminLeadsToANewPassword() {
		String name = person(Role.USER);
		Browsing before = browser().signIn(name);
		Browsing admin = browser().signIn(ADMIN);
		admin.get("/admin");
		Matcher link = Pattern.compile("/password\\?link=([A-Za-z0-9_-]{43})")
			.matcher(admin.post("/admin/passwords", Map.of("id", id(name))).body());
		assertThat(link.find()).isTrue();
		Browsing browser = browser();
		browser.get("/password?link=" + link.group(1));
		Map<String, String> form = Map.of("link", link.group(1), "password", "another long sentence");
		assertThat(Browsing.location(browser.post("/password", form))).isEqualTo("/sign-in?joined");
		assertThat(browser.post("/password", form).statusCode()).isEqualTo(410);
		assertThat(before.get("/account").statusCode()).isEqualTo(303);
	}

	private static String key(Browsing browser, String scope) {
		browser.get("/account");
		HttpResponse<String> page = browser.post("/account/keys",
				Map.of("name", "Script <b>", "scope", scope, "days", "30"));
		Matcher key = Pattern.compile("runnel_[A-Za-z0-9_-]{43}").matcher(page.body());
		assertThat(key.find()).as(page.body()).isTrue();
		assertThat(page.body()).doesNotContain("<b>");
		return key.group();
	}

	private HttpResponse<String> with(String key, String method, String path, String json) {
		return browser().send(browser().request(path)
			.header("Authorization", "Bearer " + key)
			.header("Content-Type", "application/json")
			.method(method, HttpRequest.BodyPublishers.ofString(json)));
	}

	@Test
	void aKeyMayDoOnlyWhatItIsFor() {
		Browsing person = somebody();
		String id = person.ask("Hello");
		String ask = key(person, "ASK");
		String read = key(person, "READ");
		String manage = key(person, "MANAGE");
		String question = "{\"message\":\"Hi\"}";
		HttpResponse<String> answer = with(ask, "POST", "/api/chat", question);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
		assertThat(with(ask, "GET", "/api/conversations/" + id, "").statusCode()).isEqualTo(403);
		assertThat(with(read, "GET", "/api/conversations/" + id, "").statusCode()).isEqualTo(200);
		assertThat(with(read, "POST", "/api/chat", question).statusCode()).isEqualTo(403);
		assertThat(with(read, "DELETE", "/api/conversations/" + id, "").statusCode()).isEqualTo(403);
		assertThat(with(manage, "DELETE", "/api/conversations/" + id, "").statusCode()).isEqualTo(204);
		assertThat(with(manage, "GET", "/account", "").statusCode()).isEqualTo(403);
	}

	@Test
	void noOtherTextIsAKey() {
		Browsing person = somebody();
		String key = key(person, "READ");
		assertThat(with(key + "x", "GET", "/api/conversations", "").statusCode()).isEqualTo(401);
		assertThat(with("runnel_", "GET", "/api/conversations", "").statusCode()).isEqualTo(401);
		assertThat(browser().api("GET", "/api/conversations?key=" + key, "").statusCode()).isEqualTo(401);
		assertThat(browser().api("GET", "/api/conversations?access_token=" + key, "").statusCode()).isEqualTo(401);
	}

	@Test
	void aKeyOfALockedOutPersonIsNone() {
		String name = person(Role.USER);
		String key = key(browser().signIn(name), "READ");
		assertThat(with(key, "GET", "/api/conversations", "").statusCode()).isEqualTo(200);
		assertThat(change(browser().signIn(ADMIN), name, "disable")).isEqualTo(303);
		assertThat(with(key, "GET", "/api/conversations", "").statusCode()).isEqualTo(401);
	}

	@ParameterizedTest
	@CsvSource({ "de, Anmelden", "ar, تسجيل الدخول", "en, Sign in" })
	void theSignInSpeaksTheLanguageOfTheReader(String language, String text) {
		HttpResponse<String> page = browser()
			.send(browser().request("/sign-in").header("Accept-Language", language).GET());
		assertThat(page.body()).contains("lang=\"" + language + "\"", text);
	}

}
