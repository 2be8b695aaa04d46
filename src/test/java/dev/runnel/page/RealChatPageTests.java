package dev.runnel.page;

import java.time.Duration;
import java.util.List;
import java.util.Random;

import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.WindowType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The page and the whole server, with a scripted model. Whatever happens meanwhile, the
 * answer ends as if nothing had happened.
 */
@Tag("one-jdk")
@Timeout(120)
class RealChatPageTests {

	@RegisterExtension
	static final RunnelSite site = RunnelSite.withModel("--runnel.chat.system=");

	@RegisterExtension
	static final Browser browser = new Browser();

	private static final String SECTION = """
			## Part %d of the way

			A *runnel* is a **small stream** of water, say `h2o` & more \ud83d\ude00; see [the source][s].

			1. rain falls on the hill
			2. a spring comes up
			   - and another below it
			   - [x] that is seen

			```java
			int drips = %d; // a < b && c > d
			```

			> Quiet water
			> runs on.

			| where | what |
			|:---|---:|
			| hill | source |
			| plain | ~~river~~ mouth |

			[s]: https://example.org/%d "there"

			""";

	private static final String MARKDOWN = answer(6);

	private static final int PIECES = MARKDOWN.length() / 7;

	private PacedAnswer answer;

	@BeforeEach
	void openEmptyPage() {
		this.answer = new PacedAnswer(MARKDOWN);
		PageSteps.openEmpty(browser, site.url("/ai-demo"));
	}

	@Test
	void showsWhatTheModelSays() {
		askAndHearTheBeginning();
		endAndCompare();
		assertThat(browser.find("[data-role=assistant] .byline").getText()).contains("chat-1");
		assertThat(browser.find(".facts").getText()).contains("2 tokens");
		browser.find(".facts").click();
		browser.until("document.querySelector('#facts:popover-open')?.innerText.includes('First token after')");
		assertThat(browser.console()).isEmpty();
	}

	@Test
	void survivesReloadsAtTenRandomMoments() {
		Random random = new Random(20_260_714);
		askAndHearTheBeginning();
		for (int reload = 0; reload < 10; reload++) {
			this.answer.release(random.nextInt(PIECES / 16));
			browser.untilText("Part");
			browser.driver().navigate().refresh();
		}
		browser.untilStatus("Writing…");
		endAndCompare();
	}

	@Test
	void showsTheSameInASecondTab() {
		askAndHearTheBeginning();
		String first = browser.driver().getWindowHandle();
		openSecondTab();
		this.answer.release(PIECES / 3);
		endAndCompare();
		browser.driver().switchTo().window(first);
		compareAtTheEnd();
	}

	@Test
	void catchesUpAfterFiveSecondsOffline() {
		askAndHearTheBeginning();
		browser.offline(true);
		// Chromium does not interrupt a running response when it goes offline, but a lost
		// network does.
		browser.script("window.stop()");
		browser.untilStatus("You are offline.");
		browser.untilPainted();
		String before = browser.find(".prose").getText();
		this.answer.release(50, 5000);
		assertThat(browser.find(".prose").getText()).isEqualTo(before);
		browser.offline(false);
		browser.untilStatus("Writing…");
		endAndCompare();
	}

	@Test
	void findsAllThatCameWhilePausedAfterAReload() {
		askAndHearTheBeginning();
		browser.button("Pause").click();
		browser.untilStatus("Paused");
		this.answer.release(PIECES / 4);
		browser.until("Number.parseInt(document.querySelector('.held').textContent) > 20");
		browser.driver().navigate().refresh();
		browser.untilText("Part 2");
		browser.button("Pause").click();
		this.answer.release(PIECES / 4);
		browser.until("Number.parseInt(document.querySelector('.held').textContent) > 20");
		browser.button("Resume").click();
		browser.untilStatus("Writing…");
		endAndCompare();
	}

	@Test
	void stopsFromTheOtherTab() {
		askAndHearTheBeginning();
		String first = browser.driver().getWindowHandle();
		openSecondTab();
		browser.button("Stop").click();
		compareWithWhatCame("Stopped");
		browser.driver().switchTo().window(first);
		compareWithWhatCame("Stopped");
		browser.driver().navigate().refresh();
		browser.untilText("Stopped.");
	}

	@Test
	void stopsBeforeTheFirstWordAndInAPause() throws Exception {
		site.upstream().instead(Script.empty().stall(), this.answer.script());
		browser.send("Silence");
		browser.untilStatus("Waiting for the model…");
		ScriptedUpstream.Connection connection = site.upstream().takeConnection();
		browser.button("Stop").click();
		browser.untilStatus("Stopped");
		connection.awaitClientClosed();
		hearTheBeginning();
		browser.button("Pause").click();
		this.answer.release(PIECES / 4);
		browser.button("Stop").click();
		compareWithWhatCame("Stopped");
	}

	@Test
	void saysWhyTheMockAnswers() {
		site.upstream().instead(Script.error(401, "authentication"));
		browser.send("Who are you?");
		browser.untilStatus("Done");
		assertThat(browser.find("[data-role=assistant] .mock").getText()).isEqualTo("Demo answer");
		assertThat(browser.find("[data-role=assistant] .notice").getText()).contains("key");
		browser.driver().navigate().refresh();
		browser.untilText("The API key was rejected. Ask whoever runs this server to check it. This is a demo answer.");
		assertThat(browser.find("[data-role=assistant] .mock").isDisplayed()).isTrue();
	}

	@Test
	void tellsOnceWhyTheMockAnswersAndOffersTheModelAgain() {
		site.upstream().instead(Script.error(429, "busy", "Retry-After: 60"), Script.hello());
		browser.send("Who are you?");
		browser.untilStatus("Done");
		assertThat(browser.find("[data-role=assistant] .notice").getText())
			.startsWith("Too many requests to this model. This is a demo answer.");
		assertThat(browser.find("[data-role=assistant] .prose").getText()).doesNotContainIgnoringCase("mock answer")
			.doesNotContain("No language model");
		browser.driver().navigate().refresh();
		browser.until("document.activeElement?.id === 'message'");
		assertThat(browser.find("[data-role=assistant] .notice > span").getText())
			.isEqualTo("Too many requests to this model. This is a demo answer.");
		browser.button("Try the model again").click();
		browser.untilText("Hello");
		browser.untilIdle();
		assertThat(browser.find("[data-role=assistant] .notice").isDisplayed()).isFalse();
	}

	@Test
	void tellsWhatAnAnswerTookWithItsContinuation() {
		site.upstream()
			.instead(Script.stream().text("One, two").finish("length").usage().done().end(),
					Script.stream().text(", three.").finish("stop").usage().done().end());
		browser.send("Count");
		browser.untilStatus("Done");
		assertThat(browser.find(".facts").getText()).isEqualTo("2 tokens · < $0.0001");
		browser.button("Continue").click();
		browser.untilText("One, two, three.");
		browser.untilIdle();
		assertThat(browser.find(".facts").getText()).isEqualTo("4 tokens · < $0.0001");
		browser.driver().navigate().refresh();
		browser.until("document.querySelector('.facts')?.textContent === '4 tokens · < $0.0001'");
	}

	@Test
	void asksAFirstQuestionAgainWithoutTheAnswerThatFailed() {
		site.upstream().instead(Script.stream().text("Half an ").reset(), this.answer.script());
		browser.send("Tell me all");
		browser.until("document.querySelector('[role=alert]').innerText.includes('Try again')");
		assertThat(browser.find("[data-role=assistant]").getText()).contains("Half an");
		browser.button("Try again").click();
		endAndCompare();
		site.upstream().takeRequest();
		assertThat(history(site.upstream().takeRequest())).containsExactly("user: Tell me all");
	}

	@Test
	void asksALaterQuestionAgainBehindTheAnswerBeforeIt() {
		site.upstream().instead(Script.hello(), Script.stream().text("Half an ").reset(), this.answer.script());
		browser.send("Hi");
		browser.untilStatus("Done");
		browser.send("Tell me all");
		browser.until("document.querySelector('[role=alert]').innerText.includes('Try again')");
		browser.button("Try again").click();
		endAndCompare();
		site.upstream().takeRequest();
		site.upstream().takeRequest();
		assertThat(history(site.upstream().takeRequest())).containsExactly("user: Hi", "assistant: Hello",
				"user: Tell me all");
	}

	@Test
	void givesARefusedQuestionBackForEditing() {
		site.upstream().instead(Script.error(403, "content_policy_violation"), Script.hello());
		browser.send("Something forbidden");
		browser.until("document.querySelector('[role=alert]').innerText.includes('refused')");
		assertThat(browser.find("[role=alert]").getText()).doesNotContain("Try again");
		browser.until("document.activeElement.value === 'Something forbidden'");
	}

	private void askAndHearTheBeginning() {
		site.upstream().instead(this.answer.script());
		hearTheBeginning();
	}

	private void hearTheBeginning() {
		browser.send("Tell me all");
		browser.untilStatus("Waiting for the model…");
		this.answer.release(30);
		browser.untilStatus("Writing…");
		browser.untilText("small stream of water");
	}

	private static void openSecondTab() {
		String address = browser.driver().getCurrentUrl();
		browser.driver().switchTo().newWindow(WindowType.TAB);
		browser.driver().get(address);
		browser.untilText("Part 0");
		browser.untilStatus("Writing…");
	}

	private void endAndCompare() {
		this.answer.open();
		compareAtTheEnd();
	}

	private static void compareAtTheEnd() {
		browser.untilStatus("Done");
		assertShown(MARKDOWN);
		assertThat(PageSteps.count(browser, "[data-role=user]"))
			.isEqualTo(PageSteps.count(browser, "[data-role=assistant]"));
		assertThat(browser.find("[role=alert]").getText()).isEmpty();
	}

	/**
	 * Asserts that an answer that ended early has only the text that the page received.
	 */
	private static void compareWithWhatCame(String status) {
		browser.untilStatus(status);
		String came = (String) browser.driver().executeAsyncScript("""
				const done = arguments[0];
				fetch('/api/conversations/' + location.pathname.split('/').at(-1)).then((response) => response.json())
					.then(({ messages }) => done(messages.at(-1).content))""");
		assertThat(came).contains("small stream").isSubstringOf(MARKDOWN);
		assertShown(came);
		assertThat(browser.find("#message").isEnabled()).isTrue();
	}

	/** The last text may need a few more frames than the status. */
	private static void assertShown(String markdown) {
		String expected = PageSteps.batchHtml(browser, markdown);
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(PageSteps.answerHtml(browser)).isEqualTo(expected));
	}

	private static List<String> history(ScriptedUpstream.Request request) {
		JsonNode messages = JsonMapper.shared().readTree(request.text()).at("/messages");
		return messages.valueStream()
			.map((message) -> message.at("/role").asString() + ": " + message.at("/content").asString())
			.toList();
	}

	private static String answer(int parts) {
		StringBuilder text = new StringBuilder();
		for (int part = 0; part < parts; part++) {
			text.append(SECTION.formatted(part, part, part));
		}
		return text.toString();
	}

}
