package dev.runnel.page;

import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a newcomer sees who has no key: the page and the whole server, and the mock.
 */
@Timeout(60)
class MockChatPageTests {

	@RegisterExtension
	static final Browser browser = new Browser();

	private static RunningRunnel runnel;

	@BeforeAll
	static void start() {
		runnel = RunningRunnel.start("--runnel.data-dir=mem", "--runnel.mock.pace=5ms", "--runnel.mock.seed=1",
				"--runnel.openrouter.api-key=");
	}

	@AfterAll
	static void stop() {
		runnel.close();
	}

	@Test
	void answersRichlyAndHonestlyWithoutAKey() {
		PageSteps.openEmpty(browser, runnel.url("/ai-demo"));
		browser.hosts();
		browser.script("""
				window.seen = [];
				const status = document.querySelector('[role=status]');
				new MutationObserver(() => seen.push(status.textContent))
					.observe(status, { childList: true, characterData: true, subtree: true });""");
		browser.send("What can you show me?");
		browser.untilStatus("Answer complete");
		assertThat(browser.<List<String>>script("return window.seen")).containsExactly("Thinking…", "Responding…",
				"Answer complete");
		assertThat(browser.find("[data-role=assistant] .mock").getText()).isEqualTo("Mock answer");
		assertThat(browser.find(".prose").getText()).contains("mock", "What can you show me?");
		assertThat(List.of("strong", "em", "pre code", "ol", "table", "blockquote", "a[href]"))
			.allSatisfy((element) -> assertThat(PageSteps.count(browser, ".prose " + element)).isPositive());
		assertThat(browser.console()).isEmpty();
		assertThat(browser.hosts()).containsExactly("127.0.0.1");
	}

	@Test
	void saysWhatFailedAndKeepsWhatCame() {
		PageSteps.openEmpty(browser, runnel.url("/ai-demo"));
		browser.send("/mock error");
		browser.until("document.querySelector('[role=alert]').innerText.includes('Retry')");
		assertThat(browser.find("[data-role=assistant]").getText()).contains("mock answer", "Incomplete");
		assertThat(browser.console()).isEmpty();
	}

	@Test
	void leadsFromAWrongAddressToTheChat() {
		browser.driver().get(runnel.url("/nowhere"));
		browser.find("a[href='/ai-demo']").click();
		browser.until("document.activeElement?.id === 'message'");
		assertThat(browser.console()).allMatch((line) -> line.contains("/nowhere"));
	}

}
