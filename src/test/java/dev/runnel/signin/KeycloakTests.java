package dev.runnel.signin;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;

import dev.runnel.page.RunningRunnel;
import dev.runnel.signin.SignInContract.Read;
import org.awaitility.Awaitility;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Signing in by a real Keycloak, which all tests share.
 */
@Tag("one-jdk")
@Timeout(120)
class KeycloakTests {

	/** Why the tests cannot run; empty if they can. */
	private static String missing = "";

	private static int port;

	private static RunningRunnel runnel;

	private static Keycloak keycloak;

	@BeforeAll
	static void start() throws Exception {
		if (!Keycloak.isThere()) {
			missing = "Keycloak is not in the local Maven repository; etc/get-keycloak puts it there";
			return;
		}
		port = Keycloak.freePort();
		runnel = RunningRunnel.start("--runnel.data-dir=mem", "--runnel.openrouter.api-key=",
				"--runnel.sign-in.mode=accounts", "--runnel.oidc.issuer=" + Keycloak.issuer(port),
				"--runnel.oidc.client-id=" + ScriptedProvider.CLIENT, "--runnel.oidc.client-secret=" + Keycloak.SECRET,
				"--runnel.oidc.allowed-groups=staff", "--runnel.oidc.admin-groups=operators",
				"--runnel.oidc.allowed-domains=example.com");
		keycloak = Keycloak.start(port, runnel.url(""));
		missing = keycloak.isUp() ? "" : "Keycloak did not start in time on this machine";
	}

	@BeforeEach
	void needsKeycloak() {
		if (!missing.isEmpty()) {
			Keycloak.missing(missing);
		}
	}

	@AfterAll
	static void stop() throws IOException {
		if (keycloak != null) {
			keycloak.close();
		}
		if (runnel != null) {
			runnel.close();
		}
	}

	private static String signIn(Browsing browser, String name) {
		return signIn(browser, there(), name);
	}

	/** The same browser, at Keycloak. */
	private static Browsing there() {
		return new Browsing("http://127.0.0.1:" + port);
	}

	/** Fills in the form of Keycloak, and returns where this server leads to. */
	private static String signIn(Browsing browser, Browsing there, String name) {
		String form = Jsoup.parse(there.get(Browsing.relative(Browsing.location(browser.get("/sign-in/oidc")))).body())
			.select("#kc-form-login")
			.attr("action");
		HttpResponse<String> answer = there.post(Browsing.relative(form),
				Map.of("username", name, "password", Keycloak.PASSWORD, "credentialId", ""));
		assertThat(Browsing.location(answer)).as(answer.body()).startsWith(runnel.url(OidcProvider.ANSWER));
		return Browsing.location(browser.get(Browsing.relative(Browsing.location(answer))));
	}

	private static Browsing browser() {
		return new Browsing(runnel.url(""));
	}

	@Test
	void theGroupsOfKeycloakDecideWhoSignsInAndWhoIsAnAdmin() {
		Browsing grace = browser();
		assertThat(signIn(grace, "grace")).isEqualTo("/ai-demo");
		assertThat(grace.get("/account").body()).contains("grace");
		assertThat(grace.get("/admin").statusCode()).isEqualTo(200);
		Browsing heidi = browser();
		assertThat(signIn(heidi, "heidi")).isEqualTo("/ai-demo");
		assertThat(heidi.get("/admin").statusCode()).isEqualTo(403);
		Browsing mallory = browser();
		assertThat(signIn(mallory, "mallory")).isEqualTo("/sign-in?refused");
		assertThat(mallory.api("GET", "/api/conversations", "").statusCode()).isEqualTo(401);
	}

	@Test
	void aSignOutAtKeycloakEndsTheSessionAndWhatIsBeingRead() throws Exception {
		Browsing heidi = browser();
		signIn(heidi, "heidi");
		Browsing grace = browser();
		signIn(grace, "grace");
		Read stream = SignInContract.begin(heidi);
		keycloak.signOut("heidi");
		assertThat(stream.end()).doesNotContain("event: complete").endsWith("closed");
		assertThat(heidi.api("GET", "/api/conversations", "").statusCode()).isEqualTo(401);
		assertThat(grace.api("GET", "/api/conversations", "").statusCode()).isEqualTo(200);
		assertThat(signIn(heidi, "heidi")).isEqualTo("/ai-demo");
		Awaitility.await()
			.atMost(SignInContract.AT_ONCE)
			.until(() -> heidi.api("GET", "/api/chat/streams", "").body().contains("\"state\":\"failed\""));
	}

	@Test
	void aSignOutEndsTheSessionAtKeycloakTooAndNoOther() {
		Browsing grace = browser();
		Browsing there = there();
		signIn(grace, there, "grace");
		Browsing elsewhere = browser();
		signIn(elsewhere, "grace");
		assertThat(Browsing.location(there.get(Browsing.relative(Browsing.location(grace.get("/sign-in/oidc"))))))
			.startsWith(runnel.url(OidcProvider.ANSWER));
		grace.get("/account");
		String next = Browsing.next(grace.post("/sign-out", Map.of()));
		assertThat(next).startsWith(Keycloak.issuer(port));
		HttpResponse<String> back = there.get(Browsing.relative(next));
		assertThat(Browsing.location(back)).as(back.body()).startsWith(runnel.url(OidcProvider.ANSWER));
		assertThat(Browsing.location(grace.get(Browsing.relative(Browsing.location(back)))))
			.isEqualTo("/sign-in?ended");
		assertThat(there.get(Browsing.relative(Browsing.location(grace.get("/sign-in/oidc")))).body())
			.contains("kc-form-login");
		assertThat(elsewhere.api("GET", "/api/conversations", "").statusCode()).isEqualTo(200);
	}

}
