package dev.runnel.signin;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.runnel.accounts.Account;
import dev.runnel.accounts.Accounts;
import dev.runnel.accounts.Links;
import dev.runnel.accounts.Role;
import dev.runnel.conversation.store.Postgres;
import dev.runnel.page.RunningRunnel;
import dev.runnel.stream.StreamStore;
import dev.runnel.stream.redis.RedisServer;
import org.awaitility.Awaitility;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An access that ends on one server ends at once on the others that share its Redis.
 */
@Tag("one-jdk")
@Timeout(120)
class SharedSignInTests {

	/** A server without news of the others looks again after 15 seconds. */
	private static final Duration AT_ONCE = Duration.ofSeconds(8);

	@RegisterExtension
	static final Postgres postgres = new Postgres();

	private static RedisServer redis;

	private static RunningRunnel first;

	private static RunningRunnel second;

	@BeforeAll
	static void start() throws IOException {
		redis = RedisServer.onFreePort();
		String database = postgres.newDatabase();
		first = server(database);
		second = server(database);
		String link = Objects.requireNonNull(first.context().getBean(Links.class).setup().block()).value();
		new Browsing(first.url("")).join("/setup", link, "Ada");
	}

	private static RunningRunnel server(String database) {
		return RunningRunnel.start("--runnel.data-dir=mem", "--runnel.database-url=" + database,
				"--runnel.redis.url=" + redis.url(), "--runnel.redis.node-timeout=5s",
				"--runnel.security.secret=the same secret of all servers, for tests only",
				"--runnel.openrouter.api-key=", "--runnel.sign-in.mode=accounts", "--runnel.mock.slow-pace=1s");
	}

	@AfterAll
	static void stop() {
		second.close();
		first.close();
		redis.close();
	}

	private static Browsing here(String name) {
		return new Browsing(first.url("")).signIn(name);
	}

	private static Browsing there(String name) {
		return new Browsing(second.url("")).signIn(name);
	}

	private static String join(String name) {
		String link = Objects.requireNonNull(first.context().getBean(Links.class).invite(Role.USER).block()).value();
		new Browsing(first.url("")).join("/invitation", link, name);
		return name;
	}

	private static String id(String name) {
		return Objects
			.requireNonNull(first.context()
				.getBean(Accounts.class)
				.page(null, 100)
				.filter((account) -> account.name().equals(name))
				.map(Account::id)
				.blockFirst())
			.toString();
	}

	private static void change(String name, String change) {
		Browsing admin = here("Ada");
		admin.get("/admin");
		assertThat(admin.post("/admin/accounts", Map.of("id", id(name), "change", change)).statusCode()).isEqualTo(303);
	}

	private static void assertClosed(SignInContract.Read stream) {
		assertThat(stream.text()).succeedsWithin(AT_ONCE)
			.asString()
			.doesNotContain("event: complete")
			.endsWith("closed");
	}

	@Test
	void aSignOutEverywhereEndsWhatAnotherServerIsAnswering() throws Exception {
		String name = join("Everywhere");
		SignInContract.Read stream = SignInContract.begin(there(name));
		Browsing here = here(name);
		here.get("/account");
		here.post("/account/sessions/all", Map.of());
		assertClosed(stream);
		awaitState(there(name), "failed");
	}

	@Test
	void aSignOutLeavesAnAnswerThatAnotherServerReadsUntilItIsLeft() throws Exception {
		String name = join("Reader");
		Browsing there = there(name);
		SignInContract.Read asked = SignInContract.begin(there);
		SignInContract.Read reader = SignInContract.follow(here(name));
		there.get("/account");
		there.post("/sign-out", Map.of());
		assertClosed(asked);
		assertThat(reader.text()).isNotDone();
		reader.leave();
		awaitState(here(name), "failed");
	}

	@Test
	void aRemovedKeyEndsOnlyWhatCameWithIt() throws Exception {
		String name = join("Key");
		Browsing here = here(name);
		here.get("/account");
		HttpResponse<String> page = here.post("/account/keys", Map.of("name", "Script", "scope", "ASK", "days", "30"));
		Matcher key = Pattern.compile("runnel_[A-Za-z0-9_-]{43}").matcher(page.body());
		assertThat(key.find()).isTrue();
		SignInContract.Read withKey = SignInContract
			.begin(new Browsing(second.url("")).sending("Authorization", "Bearer " + key.group()));
		SignInContract.Read withSession = SignInContract.begin(there(name));
		String id = Jsoup.parse(here.get("/account").body())
			.select("form[action=/account/keys/delete] input[name=id]")
			.attr("value");
		here.post("/account/keys/delete", Map.of("id", id));
		assertClosed(withKey);
		assertThat(withSession.text()).isNotDone();
		change(name, "disable");
		assertClosed(withSession);
	}

	@Test
	void aPersonWhoIsLockedOutHasNoRunningAnswerOnAnyServer() throws Exception {
		String name = join("Locked");
		SignInContract.Read stream = SignInContract.begin(there(name));
		change(name, "disable");
		assertClosed(stream);
		change(name, "enable");
		awaitState(there(name), "stopped");
	}

	private static void awaitState(Browsing person, String state) {
		Awaitility.await().atMost(AT_ONCE).until(() -> streams(person).contains("\"state\":\"" + state + "\""));
	}

	@Test
	void aDeletedAccountHasNoRunningAnswerOnAnyServer() throws Exception {
		String name = join("Deleted");
		SignInContract.Read stream = SignInContract.begin(there(name));
		Browsing admin = here("Ada");
		String id = id(name);
		assertThat(running(admin, "/admin/usage?id=" + id)).isEqualTo(1);
		assertThat(running(admin, "/admin/usage")).isPositive();
		Awaitility.await()
			.atMost(AT_ONCE)
			.until(() -> running(admin, "/admin/usage") == runningOn(first) + runningOn(second));
		admin.get("/admin/delete?id=" + id);
		assertThat(admin.post("/admin/delete", Map.of("id", id)).statusCode()).isEqualTo(303);
		assertClosed(stream);
	}

	private static long running(Browsing admin, String page) {
		String text = Jsoup.parse(admin.get(page).body()).select("#running").text();
		return Long.parseLong(text.substring(text.lastIndexOf(' ') + 1));
	}

	private static long runningOn(RunningRunnel server) {
		StreamStore<?> streams = server.context().getBean(StreamStore.class);
		return Objects.requireNonNull(streams.running().count().block());
	}

	private static String streams(Browsing person) {
		HttpRequest.Builder asked = person.request("/api/chat/streams").GET();
		return person.send(asked).body();
	}

}
