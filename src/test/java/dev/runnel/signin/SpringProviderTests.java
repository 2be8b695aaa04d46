package dev.runnel.signin;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import dev.runnel.page.RunningRunnel;
import dev.runnel.signin.SignInContract.Read;
import org.apache.catalina.LifecycleException;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Signing in by Spring Authorization Server, a provider of another kind than Keycloak: it
 * insists on PKCE, its issuer has no path, and its tokens have nothing but a subject.
 */
@Tag("one-jdk")
@Timeout(120)
class SpringProviderTests {

	private static final String SECRET = "the-secret-of-the-client";

	@TempDir
	private static Path folder;

	private static Place place;

	@BeforeAll
	static void start() throws Exception {
		place = Place.start("mem", SECRET);
	}

	@AfterAll
	static void stop() throws Exception {
		place.close();
	}

	/** Sends the form of a page of the provider. */
	private static String submit(Browsing there, String path, Map<String, String> fields) {
		Map<String, String> all = new TreeMap<>(fields);
		all.put("_csrf", Jsoup.parse(there.get(path).body()).select("input[name=_csrf]").val());
		return Browsing.location(there.post(path, all));
	}

	private static boolean isSignedIn(Browsing browser) {
		return browser.api("GET", "/api/conversations", "").statusCode() == 200;
	}

	@Test
	void aPersonOfAProviderThatInsistsOnPkceHasTheSameLibraryInEachBrowser() {
		Browsing one = place.browser();
		String authorization = Browsing.relative(Browsing.location(one.get("/sign-in/oidc")));
		Browsing there = place.signedInThere("grace");
		assertThat(Browsing.location(there.get(authorization.replaceAll("&code_challenge[^&]*", ""))))
			.contains("error=invalid_request");
		assertThat(Browsing.location(one.get(Browsing.relative(Browsing.location(there.get(authorization))))))
			.isEqualTo("/ai-demo");
		assertThat(one.get("/account").body()).contains("grace");
		String id = one.ask("Hello");
		Browsing other = place.browser();
		assertThat(place.signIn(other, place.signedInThere("grace"))).isEqualTo("/ai-demo");
		assertThat(other.get("/ai-demo/c/" + id).statusCode()).isEqualTo(200);
		Browsing stranger = place.browser();
		place.signIn(stranger, place.signedInThere("heidi"));
		assertThat(stranger.get("/ai-demo/c/" + id).statusCode()).isEqualTo(404);
	}

	@Test
	void aCodeOfAnotherSignInSignsNobodyIn() {
		Browsing victim = place.browser();
		String code = place.answer(place.browser(), place.signedInThere("mallory"))
			.replaceAll(".*[?&](code=[^&]*).*", "$1");
		String own = place.answer(victim, place.signedInThere("grace"));
		assertThat(Browsing.location(victim.get(Browsing.relative(own.replaceAll("code=[^&]*", code)))))
			.isEqualTo("/sign-in?broken");
		assertThat(isSignedIn(victim)).isFalse();
	}

	@Test
	void aSignOutAtTheProviderEndsTheSessionAndWhatIsBeingRead() throws Exception {
		Browsing grace = place.browser();
		place.signIn(grace, place.signedInThere("grace"));
		Browsing heidi = place.browser();
		Browsing there = place.signedInThere("heidi");
		place.signIn(heidi, there);
		Read stream = SignInContract.begin(heidi);
		assertThat(submit(there, "/logout", Map.of())).endsWith("/login?logout");
		assertThat(stream.end()).doesNotContain("event: complete").endsWith("closed");
		assertThat(isSignedIn(heidi)).isFalse();
		assertThat(isSignedIn(grace)).isTrue();
		assertThat(place.answer(heidi, there)).endsWith("/login");
	}

	@Test
	void aSignOutEndsTheSessionAtTheProviderToo() {
		Browsing grace = place.browser();
		Browsing there = place.signedInThere("grace");
		place.signIn(grace, there);
		Browsing elsewhere = place.browser();
		place.signIn(elsewhere, place.signedInThere("grace"));
		grace.get("/account");
		String next = Browsing.next(grace.post("/sign-out", Map.of()));
		assertThat(next).startsWith(place.issuer());
		String back = Browsing.location(there.get(Browsing.relative(next)));
		assertThat(back).startsWith(place.runnel().url(""));
		assertThat(Browsing.location(grace.get(Browsing.relative(back)))).isEqualTo("/sign-in?ended");
		assertThat(place.answer(grace, there)).endsWith("/login");
		assertThat(isSignedIn(grace)).isFalse();
		assertThat(isSignedIn(elsewhere)).isTrue();
	}

	@Test
	void theProviderLeadsToNoOtherSiteAfterASignOut() {
		Browsing grace = place.browser();
		Browsing there = place.signedInThere("grace");
		place.signIn(grace, there);
		grace.get("/account");
		String next = Browsing.relative(Browsing.next(grace.post("/sign-out", Map.of())));
		assertThat(
				there.get(next.replaceAll("(post_logout_redirect_uri=)[^&]*", "$1https://evil.example")).statusCode())
			.isEqualTo(400);
	}

	@Test
	void theSameSubjectOfAnotherProviderIsAnotherPerson() throws Exception {
		String data = folder.resolve("data").toString();
		String id;
		try (Place first = Place.start(data, SECRET)) {
			Browsing grace = first.browser();
			first.signIn(grace, first.signedInThere("grace"));
			id = grace.ask("Hello");
		}
		try (Place second = Place.start(data, "")) {
			Browsing grace = second.browser();
			assertThat(second.signIn(grace, second.signedInThere("grace"))).isEqualTo("/ai-demo");
			assertThat(grace.get("/account").body()).contains("grace");
			assertThat(grace.get("/ai-demo/c/" + id).statusCode()).isEqualTo(404);
			assertThat(grace.api("GET", "/api/conversations", "").body()).doesNotContain(id);
		}
	}

	/** A server and its provider. */
	private record Place(RunningRunnel runnel, SpringProvider provider, String issuer) implements AutoCloseable {

		/** Starts both. Without a secret the server is a public client. */
		static Place start(String data, String secret) throws Exception {
			int port = Keycloak.freePort();
			RunningRunnel runnel = RunningRunnel.start("--runnel.data-dir=" + data, "--runnel.openrouter.api-key=",
					"--runnel.sign-in.mode=accounts", "--runnel.oidc.issuer=" + SpringProvider.issuer(port),
					"--runnel.oidc.client-id=" + ScriptedProvider.CLIENT, "--runnel.oidc.client-secret=" + secret);
			return new Place(runnel, SpringProvider.start(folder, port, runnel.url(""), secret),
					SpringProvider.issuer(port));
		}

		Browsing browser() {
			return new Browsing(this.runnel.url(""));
		}

		/** A browser in which somebody has signed in at the provider. */
		Browsing signedInThere(String name) {
			Browsing there = new Browsing(this.issuer);
			submit(there, "/login", Map.of("username", name, "password", SpringProvider.PASSWORD));
			return there;
		}

		/** Where the provider leads a browser that wants to sign in here. */
		String answer(Browsing browser, Browsing there) {
			return Browsing.location(there.get(Browsing.relative(Browsing.location(browser.get("/sign-in/oidc")))));
		}

		/** Where this server leads a browser that has come back. */
		String signIn(Browsing browser, Browsing there) {
			return Browsing.location(browser.get(Browsing.relative(answer(browser, there))));
		}

		@Override
		public void close() throws LifecycleException {
			this.runnel.close();
			this.provider.close();
		}

	}

}
