package dev.runnel.signin;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.runnel.accounts.AuditEntry;
import dev.runnel.accounts.AuditLog;
import dev.runnel.accounts.Audited;
import dev.runnel.accounts.Audited.Action;
import dev.runnel.page.RunningRunnel;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A proxy that names the person in a header.
 */
@Timeout(120)
class HeaderSignInTests {

	private static RunningRunnel start(String... more) {
		List<String> settings = new ArrayList<>(List.of("--runnel.data-dir=mem", "--runnel.openrouter.api-key=",
				"--runnel.sign-in.mode=accounts", "--runnel.sign-in-header.name=Remote-User"));
		settings.addAll(List.of(more));
		return RunningRunnel.start(settings.toArray(String[]::new));
	}

	private static HttpRequest.Builder named(Browsing browser, String path, String name) {
		return browser.request(path).header("Remote-User", name);
	}

	private static int status(RunningRunnel runnel, HttpRequest.Builder request) {
		return new Browsing(runnel.url("")).send(request.GET()).statusCode();
	}

	@Test
	void thePersonWhomTheProxyNamesHasALibraryOfTheirOwn() {
		try (RunningRunnel runnel = start("--runnel.sign-in-header.peers=127.0.0.1")) {
			Browsing browser = new Browsing(runnel.url(""));
			String asked = browser
				.send(named(browser, "/api/chat", "ann").header("Content-Type", "application/json")
					.POST(HttpRequest.BodyPublishers.ofString("{\"message\":\"Hello\"}")))
				.body();
			String id = asked.replaceAll("(?s).*\"conversationId\":\"([^\"]+)\".*", "$1");
			assertThat(status(runnel, named(browser, "/api/conversations/" + id, "ann"))).isEqualTo(200);
			assertThat(status(runnel, named(browser, "/api/conversations/" + id, "Ann"))).isEqualTo(404);
			assertThat(status(runnel, named(browser, "/api/conversations/" + id, "bob"))).isEqualTo(404);
			assertThat(status(runnel, named(browser, "/admin", "ann"))).isEqualTo(403);
			assertThat(browser.send(named(browser, "/account", "ann").GET()).body()).contains("ann");
			assertThat(status(runnel, browser.request("/api/conversations"))).isEqualTo(401);
		}
	}

	@Test
	void theFirstVisitOfAPersonIsInTheAuditLogOnce() {
		try (RunningRunnel runnel = start("--runnel.sign-in-header.peers=127.0.0.1")) {
			for (int i = 0; i < 2; i++) {
				assertThat(status(runnel, named(new Browsing(runnel.url("")), "/api/conversations", "ann")))
					.isEqualTo(200);
			}
			AuditLog audit = runnel.context().getBean(AuditLog.class);
			Awaitility.await()
				.untilAsserted(() -> assertThat(audit.last(10).map(AuditEntry::event).collectList().block())
					.containsExactly(new Audited(Action.JOIN, "ann", "", "header")));
		}
	}

	/** The provider of a person lets them come back, but not to new money. */
	@Test
	void whoeverDeletesTheirAccountAndComesBackHasSpentTheSameMoney() {
		Script answer = Script.stream()
			.text("Hello")
			.finish("stop")
			.data("{\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":2,\"cost\":0.25}}")
			.done()
			.end();
		try (ScriptedUpstream upstream = ScriptedUpstream.start(answer);
				RunningRunnel runnel = start("--runnel.sign-in-header.peers=127.0.0.1",
						"--runnel.openrouter.base-url=" + upstream.baseUrl(), "--runnel.openrouter.api-key=k",
						"--runnel.openrouter.model=acme/chat-1", "--runnel.budget.user-per-month=0.2")) {
			Browsing ann = new Browsing(runnel.url("")).sending("Remote-User", "ann");
			ann.ask("Hello");
			for (int i = 0; i < 2; i++) {
				assertThat(ann.api("POST", "/api/chat", "{\"message\":\"Hello\"}").statusCode()).isEqualTo(402);
				ann.get("/account/delete");
				assertThat(Browsing.location(ann.post("/account/delete", Map.of()))).isEqualTo("/sign-in?deleted");
			}
			assertThat(ann.api("GET", "/api/conversations", "").body()).contains("\"conversations\":[]");
			Browsing bob = new Browsing(runnel.url("")).sending("Remote-User", "bob");
			bob.ask("Hello");
		}
	}

	@Test
	void twoHeadersNameNobody() {
		try (RunningRunnel runnel = start("--runnel.sign-in-header.peers=127.0.0.1")) {
			Browsing browser = new Browsing(runnel.url(""));
			assertThat(status(runnel, named(browser, "/api/conversations", "ann").header("Remote-User", "bob")))
				.isEqualTo(401);
			assertThat(status(runnel, named(browser, "/api/conversations", " "))).isEqualTo(401);
		}
	}

	@Test
	void anotherPeerIsNotBelievedWhateverItForwards() {
		try (RunningRunnel runnel = start("--runnel.sign-in-header.peers=192.0.2.1",
				"--runnel.security.trusted-proxies=127.0.0.1")) {
			Browsing browser = new Browsing(runnel.url(""));
			assertThat(status(runnel, named(browser, "/api/conversations", "ann"))).isEqualTo(401);
			assertThat(
					status(runnel, named(browser, "/api/conversations", "ann").header("X-Forwarded-For", "192.0.2.1")))
				.isEqualTo(401);
		}
	}

	@Test
	void aHeaderNeedsItsPeers() {
		assertThatThrownBy(() -> start().close()).hasStackTraceContaining("runnel.sign-in-header.peers must name");
	}

}
