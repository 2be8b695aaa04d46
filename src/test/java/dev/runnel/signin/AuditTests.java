package dev.runnel.signin;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.runnel.accounts.Account;
import dev.runnel.accounts.Accounts;
import dev.runnel.accounts.Links;
import dev.runnel.page.RunningRunnel;
import org.awaitility.Awaitility;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The audit log has who signed in and what admins did, in a table and as lines of JSON.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class AuditTests {

	private RunningRunnel runnel;

	private Browsing admin;

	@BeforeEach
	void start() {
		this.runnel = RunningRunnel.start("--runnel.data-dir=mem", "--runnel.openrouter.api-key=",
				"--runnel.sign-in.mode=accounts", "--runnel.limits.sign-ins-per-account=1000");
		this.admin = new Browsing(this.runnel.url(""));
		String link = Objects.requireNonNull(this.runnel.context().getBean(Links.class).setup().block()).value();
		this.admin.join("/setup", link, "Ada");
		this.admin.signIn("Ada");
	}

	@AfterEach
	void stop() {
		this.runnel.close();
	}

	private String id(String name) {
		return Objects
			.requireNonNull(this.runnel.context()
				.getBean(Accounts.class)
				.page(null, 100)
				.filter((account) -> account.name().equals(name))
				.map(Account::id)
				.blockFirst())
			.toString();
	}

	private void change(String name, String change) {
		this.admin.get("/admin");
		this.admin.post("/admin/accounts", Map.of("id", id(name), "change", change));
	}

	private void inviteBob() {
		this.admin.get("/admin");
		Document invited = Jsoup.parse(this.admin.post("/admin/invitations", Map.of("role", "USER")).body());
		String link = invited.select(".secret").text();
		new Browsing(this.runnel.url("")).join("/invitation", link.substring(link.indexOf('=') + 1), "Bob");
	}

	private List<String> rows() {
		return Jsoup.parse(this.admin.get("/admin/audit").body())
			.select("tbody tr")
			.stream()
			.map((row) -> row.select("td").stream().map(Element::text).toList())
			.map((cells) -> String.join("|", cells.subList(1, cells.size())))
			.toList();
	}

	@Test
	void keepsWhoSignedInWasInvitedLimitedAndDeleted(CapturedOutput output) {
		inviteBob();
		change("Bob", "admin");
		change("Bob", "user");
		change("Bob", "disable");
		change("Bob", "enable");
		change("Bob", "sign-out");
		this.admin.post("/admin/passwords", Map.of("id", id("Bob")));
		this.admin.post("/admin/budgets", Map.of("id", id("Bob"), "perDay", "1.5", "perMonth", ""));
		this.admin.get("/account");
		this.admin.post("/account/keys", Map.of("name", "<b>script", "scope", "READ", "days", "1"));
		this.admin.get("/admin");
		this.admin.post("/admin/delete", Map.of("id", id("Bob")));
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(rows()).contains("Ada|new account||SETUP", "Ada|signed in||",
					"Ada|invitation||USER", "Bob|new account||INVITATION", "Ada|new role|Bob|ADMIN",
					"Ada|new role|Bob|USER", "Ada|locked out|Bob|", "Ada|let in again|Bob|",
					"Ada|signed out elsewhere|Bob|", "Ada|link to a new password|Bob|",
					"Ada|new budget|Bob|day=1.5 month=", "Ada|new key|<b>script|", "Ada|account deleted|Bob|"));
		assertThat(output.getOut()).contains(
				"{\"action\":\"SIGN_IN\",\"actor\":\"Ada\",\"subject\":\"\",\"detail\":\"\"}",
				"{\"action\":\"DELETE\",\"actor\":\"Ada\",\"subject\":\"Bob\",\"detail\":\"\"}");
		assertThat(output.getOut()).doesNotContain(Browsing.PASSWORD, "runnel_");
	}

	@Test
	void theLastAdminStaysAndOthersWhoDeleteThemselvesAreInIt() {
		inviteBob();
		Browsing bob = new Browsing(this.runnel.url("")).signIn("Bob");
		bob.get("/account/delete");
		bob.post("/account/delete", Map.of());
		this.admin.get("/account/delete");
		HttpResponse<String> refused = this.admin.post("/account/delete", Map.of());
		assertThat(refused.statusCode()).isEqualTo(409);
		assertThat(refused.body()).contains("class=\"refused\"");
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(rows()).contains("Bob|account deleted|Bob|"));
	}

	@Test
	void aPersonSeesTheOwnEntriesAndNobodyElsesWithTheirBrowser() {
		inviteBob();
		Browsing bob = new Browsing(this.runnel.url("")).sending("User-Agent", "Bob's browser").signIn("Bob");
		bob.get("/account");
		bob.post("/account/keys", Map.of("name", "Script", "scope", "READ", "days", "1"));
		this.admin.get("/admin");
		this.admin.post("/admin/passwords", Map.of("id", id("Bob")));
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(
					() -> assertThat(activity(bob)).containsExactlyInAnyOrder("signed in|Bob||127.0.0.1|Bob's browser",
							"new key|Bob|Script|127.0.0.1|Bob's browser", "link to a new password|Ada|Bob||"));
		assertThat(activity(this.admin)).noneMatch((row) -> row.contains("Bob"));
	}

	private static List<String> activity(Browsing browser) {
		return Jsoup.parse(browser.get("/account").body())
			.select("tbody tr")
			.stream()
			.map((row) -> row.select("td").stream().map(Element::text).toList())
			.map((cells) -> String.join("|", cells.subList(1, cells.size())))
			.toList();
	}

	@Test
	void saysWhatHappenedAndWhenInTheLanguageOfTheReader() {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(rows()).contains("Ada|signed in||"));
		assertThat(Jsoup.parse(this.admin.get("/admin/audit?lang=ar").body()).select("tbody").text())
			.contains("تسجيل دخول", "UTC")
			.doesNotContain("SIGN_IN");
		assertThat(Jsoup.parse(this.admin.get("/admin/audit?lang=de").body()).select("tbody time").eachText())
			.isNotEmpty()
			.allMatch((time) -> time.matches("\\d\\d\\.\\d\\d\\.\\d{4}, \\d\\d:\\d\\d:\\d\\d UTC"));
	}

	@Test
	void aLanguageOutlastsTheSignIn() {
		Browsing browser = new Browsing(this.runnel.url(""));
		browser.get("/sign-in?lang=ar");
		browser.signIn("Ada");
		assertThat(Jsoup.parse(browser.get("/account").body()).select("html").attr("lang")).isEqualTo("ar");
	}

	@Test
	void aCommonBrowserHasItsShortNameAndTheWholeOneAsTooltip() {
		String agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
		Browsing browser = new Browsing(this.runnel.url("")).sending("User-Agent", agent).signIn("Ada");
		Elements named = Jsoup.parse(browser.get("/account").body()).select(".rows [title]");
		assertThat(named.eachAttr("title")).contains(agent);
		assertThat(named.eachText()).contains("Chrome on Linux");
	}

	@Test
	void onlyAdminsReadIt() {
		inviteBob();
		Browsing bob = new Browsing(this.runnel.url("")).signIn("Bob");
		assertThat(bob.get("/admin/audit").statusCode()).isEqualTo(403);
		assertThat(Browsing.location(new Browsing(this.runnel.url("")).get("/admin/audit"))).startsWith("/sign-in");
	}

	@Test
	void aWrongPasswordIsNoSignIn() {
		Browsing guess = new Browsing(this.runnel.url(""));
		guess.get("/sign-in");
		guess.post("/sign-in", Map.of("username", "Ada", "password", "a wrong password"));
		assertThat(rows().stream().filter((row) -> row.startsWith("Ada|signed in"))).hasSize(1);
	}

}
