package dev.runnel.page;

import java.util.List;
import java.util.Objects;

import dev.runnel.accounts.Account;
import dev.runnel.accounts.Accounts;
import dev.runnel.accounts.Links;
import dev.runnel.accounts.Role;
import dev.runnel.conversation.Libraries;
import dev.runnel.web.Visitor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pages about accounts in a real browser.
 */
@Tag("one-jdk")
@Timeout(180)
class AccountPageTests {

	private static final String PASSWORD = "a long enough sentence";

	@RegisterExtension
	static final Browser browser = new Browser();

	private static RunningRunnel runnel;

	/** The owner of the conversation that browsers get; null if there is none yet. */
	private static Visitor owner;

	@BeforeAll
	static void start() {
		runnel = RunningRunnel.start("--runnel.data-dir=mem", "--runnel.openrouter.api-key=",
				"--runnel.sign-in.mode=accounts", "--runnel.limits.sign-ins-per-account=1000",
				"--runnel.accounts.registration=true", "--runnel.mock.pace=0");
		String setup = "/setup?link=" + Objects.requireNonNull(links().setup().block()).value();
		for (String language : List.of("de", "ar", "en")) {
			open(setup + "&lang=" + language);
			assertBreaksNoRule();
		}
		browser.find("#username").sendKeys("Ada");
		browser.find("#password").sendKeys(PASSWORD);
		browser.find("main button").click();
		browser.until("location.pathname === '/sign-in'");
	}

	@AfterAll
	static void stop() {
		runnel.close();
	}

	private static Links links() {
		return runnel.context().getBean(Links.class);
	}

	private static Account ada() {
		return Objects.requireNonNull(runnel.context().getBean(Accounts.class).page(null, 1).blockFirst());
	}

	private static void open(String path) {
		browser.driver().get(runnel.url(path));
	}

	private static void signIn(String language) {
		browser.driver().manage().deleteAllCookies();
		open("/sign-in?lang=" + language);
		assertBreaksNoRule();
		browser.find("#username").sendKeys("Ada");
		browser.find("#password").sendKeys(PASSWORD);
		browser.find("main button").click();
		browser.until("location.pathname === '/ai-demo'");
	}

	private static void assertBreaksNoRule() {
		assertThat(BrokenRules.in(browser)).isEmpty();
		assertThat(browser.<Boolean>script("return document.documentElement.scrollWidth <= innerWidth")).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "en, dark, 1280", "ar, light, 1280", "de, light, 320" })
	void noPageBreaksARule(String language, String scheme, int width) {
		browser.size(width, 900);
		browser.media("prefers-color-scheme", scheme);
		signIn(language);
		String invitation = Objects.requireNonNull(links().invite(Role.USER).block()).value();
		for (String page : List.of("/account?lang=", "/admin?lang=", "/admin/usage?lang=", "/admin/audit?lang=",
				"/sign-in?confirm&lang=", "/account/delete?lang=", "/invitation?link=" + invitation + "&lang=",
				"/invitation?link=used&lang=")) {
			open(page + language);
			assertBreaksNoRule();
			assertThat(browser.find("html").getDomAttribute("lang")).isEqualTo(language);
		}
	}

	/** Gives the conversation to the browser, as if it were from before the sign-in. */
	private static void giveEarlierChats() {
		Visitor visitor = browser.driver()
			.manage()
			.getCookies()
			.stream()
			.filter((cookie) -> cookie.getName().matches("runnel-[0-9a-f]{10}"))
			.map((cookie) -> new Visitor(cookie.getValue().replaceFirst("[.].*", "")))
			.findFirst()
			.orElseThrow();
		if (owner == null) {
			ask();
			owner = ada().visitor();
		}
		runnel.context().getBean(Libraries.class).handOver(owner, visitor).block();
		owner = visitor;
	}

	private static void ask() {
		browser.driver().executeAsyncScript("""
				fetch('/api/chat', { method: 'POST', headers: { 'Content-Type': 'application/json' },
					body: JSON.stringify({ message: 'Hello' }) }).then(() => arguments[0]())""");
	}

	@ParameterizedTest
	@CsvSource({ "en, dark, 320", "ar, light, 1280" })
	void noRarePageBreaksARule(String language, String scheme, int width) {
		browser.size(width, 900);
		browser.media("prefers-color-scheme", scheme);
		signIn(language);
		giveEarlierChats();
		String password = Objects.requireNonNull(links().newPassword(ada().id(), ada().id()).block()).value();
		for (String page : List.of("/account/earlier?lang=", "/registration?lang=",
				"/password?link=" + password + "&lang=", "/admin/delete?id=" + ada().id() + "&lang=",
				"/admin/usage?id=" + ada().id() + "&lang=")) {
			open(page + language);
			assertBreaksNoRule();
			assertThat(browser.<String>script("return location.pathname")).isEqualTo(page.replaceFirst("[?].*", ""));
		}
		open("/admin?lang=" + language);
		browser.find("form[action='/admin/invitations'] button").click();
		browser.until("document.querySelector('.secret')");
		assertBreaksNoRule();
		open("/account?lang=" + language);
		makeKey();
		assertBreaksNoRule();
	}

	private static void makeKey() {
		browser.find("#key-name").sendKeys("Script");
		browser.find("form[action='/account/keys'] button").click();
		assertThat(browser.await(".secret").getText()).startsWith("runnel_");
	}

	/** The pages allow scripts only from files, so without the files none runs. */
	@Test
	void withoutScriptsAPersonSignsInMakesAKeyAndSignsOut() {
		browser.driver().manage().deleteAllCookies();
		browser.block("*.js*");
		open("/sign-in?continue=/account");
		browser.find("#username").sendKeys("Ada");
		browser.find("#password").sendKeys(PASSWORD);
		browser.find("main button").click();
		browser.awaitAddress(runnel.url("/account"));
		makeKey();
		browser.find("nav form button").click();
		browser.awaitAddress(runnel.url("/sign-in?ended"));
		open("/account");
		browser.awaitAddress(runnel.url("/sign-in?continue=/account"));
	}

	@Test
	void onAPhoneNothingIsSmallOrCutOff() {
		browser.phone();
		signIn("de");
		String invitation = Objects.requireNonNull(links().invite(Role.USER).block()).value();
		for (String page : List.of("/account", "/admin", "/admin/usage", "/admin/audit", "/account/delete",
				"/admin/delete?id=" + ada().id(), "/invitation?link=" + invitation)) {
			open(page);
			PageSteps.assertFitsAPhone(browser, "body");
		}
	}

	@ParameterizedTest
	@CsvSource({ "en, Create account, Save password", "de, Konto anlegen, Passwort speichern",
			"ar, إنشاء الحساب, حفظ كلمة المرور" })
	void aButtonSaysWhatItMakes(String language, String create, String save) {
		String invitation = Objects.requireNonNull(links().invite(Role.USER).block()).value();
		String password = Objects.requireNonNull(links().newPassword(ada().id(), ada().id()).block()).value();
		for (String page : List.of("/registration?lang=", "/invitation?link=" + invitation + "&lang=")) {
			open(page + language);
			assertThat(browser.find("main button").getText()).isEqualTo(create);
		}
		open("/password?link=" + password + "&lang=" + language);
		assertThat(browser.find("main button").getText()).isEqualTo(save);
		browser.driver().manage().deleteAllCookies();
	}

	@Test
	void theChatNamesTheAccountAndLeadsToItsPage() {
		signIn("en");
		assertThat(browser.find("#preferences-dialog").getDomProperty("innerHTML")).doesNotContain("tied");
		browser.find("a[href='/account']").click();
		browser.until("location.pathname === '/account'");
		assertThat(browser.find("h1").getText()).isEqualTo("Ada");
		browser.find("nav form button").click();
		browser.until("location.pathname === '/sign-in'");
		open("/ai-demo");
		browser.until("location.pathname === '/sign-in'");
	}

	@Test
	void anEndedSignInIsSaidInTheLanguageOfTheReader() {
		signIn("de");
		open("/ai-demo?lang=de");
		browser.until("document.activeElement?.id === 'message'");
		browser.driver().manage().deleteAllCookies();
		browser.send("Hallo");
		browser.until("document.querySelector('.problem').textContent.includes('anmelden')");
	}

	/** Browsers do not count a field of the type {@code hidden}. */
	@ParameterizedTest
	@CsvSource({ "/account", "/sign-in?confirm" })
	void aPasswordManagerLearnsWhoseThePasswordIs(String page) {
		signIn("en");
		open(page);
		assertThat(browser.<String>script("""
				const name = document.querySelector('form:has([type=password]) [autocomplete=username]');
				return `${name.type} ${name.value} ${name.checkVisibility()}`""")).isEqualTo("text Ada false");
	}

	@Test
	void aNewKeyIsShownOnce() {
		signIn("en");
		open("/account");
		makeKey();
		open("/account");
		assertThat(browser.<Boolean>script("return !document.querySelector('.secret')")).isTrue();
		assertThat(browser.find("main").getText()).contains("Script");
	}

}
