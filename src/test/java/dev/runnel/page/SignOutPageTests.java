package dev.runnel.page;

import dev.runnel.signin.ScriptedProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sign-out of somebody of a provider in a real browser, which keeps the
 * Content-Security-Policy.
 */
@Tag("one-jdk")
@Timeout(180)
class SignOutPageTests {

	@RegisterExtension
	static final Browser browser = new Browser();

	private static ScriptedProvider provider;

	private static RunningRunnel runnel;

	@BeforeAll
	static void start() {
		provider = ScriptedProvider.start();
		runnel = RunningRunnel.start("--runnel.data-dir=mem", "--runnel.openrouter.api-key=",
				"--runnel.sign-in.mode=accounts", "--runnel.accounts.passwords=false",
				"--runnel.oidc.issuer=" + provider.issuer(), "--runnel.oidc.client-id=" + ScriptedProvider.CLIENT,
				"--runnel.oidc.name=Example");
	}

	@AfterAll
	static void stop() {
		runnel.close();
		provider.close();
	}

	@BeforeEach
	void answerAsUsual() {
		provider.silent(false);
	}

	private static void signInAndOut(String language) {
		browser.driver().manage().deleteAllCookies();
		browser.driver().get(runnel.url("/sign-in"));
		browser.find("#provider").click();
		browser.until("location.pathname === '/ai-demo'");
		browser.driver().get(runnel.url("/account?lang=" + language));
		browser.find("nav form button").click();
	}

	@Test
	void theBrowserGoesToTheProviderAndComesBack() throws Exception {
		signInAndOut("en");
		browser.until("location.pathname + location.search === '/sign-in?ended'");
		assertThat(provider.nextSignOut()).containsEntry("id_token_hint", provider.lastIdToken());
		assertThat(browser.find("[role=status]").getText()).isEqualTo("You have signed out.");
		browser.driver().get(runnel.url("/ai-demo"));
		browser.until("location.pathname === '/sign-in'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "en", "de", "ar" })
	void aBrowserThatDoesNotGoByItselfHasALink(String language) throws Exception {
		provider.silent(true);
		signInAndOut(language);
		browser.until("location.pathname === '/sign-out'");
		provider.nextSignOut();
		assertThat(BrokenRules.in(browser)).isEmpty();
		assertThat(browser.find("main").getText()).contains("Example");
		provider.silent(false);
		browser.find("#provider").click();
		browser.until("location.pathname + location.search === '/sign-in?ended'");
		provider.nextSignOut();
	}

}
