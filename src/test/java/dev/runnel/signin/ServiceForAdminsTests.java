package dev.runnel.signin;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;

import dev.runnel.accounts.Links;
import dev.runnel.accounts.Role;
import dev.runnel.page.RunningRunnel;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A model service that only admins may use.
 */
@Timeout(120)
class ServiceForAdminsTests {

	private static ScriptedUpstream listing(String model) {
		return ScriptedUpstream.start(Script.hello())
			.models(Script.answer(200, "application/json", "{\"data\":[{\"id\":\"" + model + "\"}]}"));
	}

	private static RunningRunnel start(ScriptedUpstream dear, ScriptedUpstream plain) {
		return RunningRunnel.start("--runnel.data-dir=mem", "--runnel.openrouter.api-key=",
				"--runnel.sign-in.mode=accounts", "--runnel.chat.title-timeout=0s", "--runnel.upstreams[0].name=dear",
				"--runnel.upstreams[0].base-url=" + dear.baseUrl(), "--runnel.upstreams[0].users=admins",
				"--runnel.upstreams[1].name=plain", "--runnel.upstreams[1].base-url=" + plain.baseUrl());
	}

	private static Browsing joined(RunningRunnel runnel, Role role, String name) {
		Links links = runnel.context().getBean(Links.class);
		Browsing browser = new Browsing(runnel.url(""));
		if (role == Role.ADMIN) {
			browser.join("/setup", Objects.requireNonNull(links.setup().block()).value(), name);
		}
		else {
			browser.join("/invitation", Objects.requireNonNull(links.invite(role).block()).value(), name);
		}
		return browser.signIn(name);
	}

	private static HttpResponse<String> ask(Browsing browser, String model) {
		return browser.api("POST", "/api/chat", "{\"message\":\"q\",\"model\":\"" + model + "\"}");
	}

	private static String get(Browsing browser, String path) {
		return browser.api("GET", path, "").body();
	}

	@Test
	void anAdminAsksItAndNobodyElseSeesIt() {
		try (ScriptedUpstream dear = listing("dear-model");
				ScriptedUpstream plain = listing("plain-model");
				RunningRunnel runnel = start(dear, plain)) {
			Browsing admin = joined(runnel, Role.ADMIN, "Ada");
			Browsing user = joined(runnel, Role.USER, "Bob");
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.until(() -> get(admin, "/api/models").contains("dear-model")
						&& get(admin, "/api/models").contains("plain-model"));
			assertThat(get(admin, "/api/services")).contains("dear", "plain");
			assertThat(get(user, "/api/models")).contains("plain-model").doesNotContain("dear");
			assertThat(get(user, "/api/services")).contains("plain").doesNotContain("dear");
			assertThat(ask(user, "dear-model").statusCode()).isEqualTo(400);
			assertThat(ask(user, "dear/dear-model").statusCode()).isEqualTo(400);
			assertThat(ask(user, "plain-model").statusCode()).isEqualTo(200);
			user.ask("Whom do I ask?");
			assertThat(plain.questions()).isEqualTo(2);
			assertThat(dear.questions()).isZero();
			assertThat(ask(admin, "dear-model").statusCode()).isEqualTo(200);
			assertThat(dear.questions()).isOne();
		}
	}

}
