package dev.runnel.signin;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.runnel.page.RunningRunnel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How and how recently people have to sign in at the provider, which may ignore it.
 */
@Timeout(120)
class OidcStrengthTests {

	private static ScriptedProvider provider;

	private final List<RunningRunnel> started = new ArrayList<>();

	@BeforeAll
	static void startProvider() {
		provider = ScriptedProvider.start();
	}

	@AfterAll
	static void stopProvider() {
		provider.close();
	}

	@AfterEach
	void stop() {
		this.started.forEach(RunningRunnel::close);
	}

	private Browsing browser(String setting) {
		RunningRunnel runnel = RunningRunnel.start("--runnel.data-dir=mem", "--runnel.openrouter.api-key=",
				"--runnel.sign-in.mode=accounts", "--runnel.oidc.issuer=" + provider.issuer(),
				"--runnel.oidc.client-id=" + ScriptedProvider.CLIENT, setting);
		this.started.add(runnel);
		return new Browsing(runnel.url(""));
	}

	private static Map<String, String> asked(Browsing browser, String begin) {
		String authorization = Browsing.location(browser.get(begin));
		return ScriptedProvider.fields(authorization.substring(authorization.indexOf('?') + 1));
	}

	/** Signs in with a claim, and returns where this server leads to. */
	private static String signIn(Browsing browser, String claim, Object value) {
		provider.answering((token) -> token.claim(claim, value));
		URI answer = URI.create(provider.answerTo(Browsing.location(browser.get("/sign-in/oidc"))));
		return Browsing.location(browser.get(answer.getRawPath() + "?" + answer.getRawQuery()));
	}

	@Test
	void onlyTheRequestedWaysToSignInCount() {
		Browsing browser = browser("--runnel.oidc.acr-values=gold,silver");
		assertThat(asked(browser, "/sign-in/oidc")).containsEntry("acr_values", "gold silver")
			.doesNotContainKey("max_age");
		Stream.of("bronze", "", "gold silver", null)
			.forEach((acr) -> assertThat(signIn(browser, "acr", acr)).as(acr).isEqualTo("/sign-in?refused"));
		assertThat(browser.api("GET", "/api/conversations", "").statusCode()).isEqualTo(401);
		assertThat(signIn(browser, "acr", "silver")).isEqualTo("/ai-demo");
	}

	@Test
	void aSignInThatIsTooLongAgoDoesNotCount() {
		Browsing browser = browser("--runnel.oidc.max-age=1h");
		assertThat(asked(browser, "/sign-in/oidc")).containsEntry("max_age", "3600");
		assertThat(asked(browser, "/sign-in/oidc?confirm")).containsEntry("max_age", "0");
		long now = Instant.now().getEpochSecond();
		assertThat(signIn(browser, "auth_time", now - 3700)).isEqualTo("/sign-in?refused");
		assertThat(signIn(browser, "auth_time", null)).isEqualTo("/sign-in?refused");
		assertThat(signIn(browser, "auth_time", now - 3500)).isEqualTo("/ai-demo");
	}

}
