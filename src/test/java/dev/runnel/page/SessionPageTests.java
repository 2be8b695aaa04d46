package dev.runnel.page;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a reader does in one sitting leaves no line in the console, and no request of an
 * answer that is cut off.
 */
class SessionPageTests extends ScriptedPage {

	@Test
	void aSessionLeavesNoLineInTheConsole() {
		site.chat().conversations.keep("Another chat", Instant.now().minusSeconds(60));
		browser.driver().navigate().refresh();
		browser.until("document.activeElement?.id === 'message'");
		browser.failures();
		browser.send("How deep?");
		answer("<p>Very.</p>\n<pre><code class=\"language-java\">int depth = 3;\n</code></pre>\n").complete();
		browser.untilStatus("Done");
		browser.find("[data-action=regenerate]").click();
		answer("<p>Quite <span class=\"math\">x^2</span></p>\n");
		browser.untilText("Quite");
		browser.find(".stop").click();
		browser.untilStatus("Stopped");
		browser.driver().navigate().refresh();
		browser.untilText("Quite");
		browser.until("document.activeElement?.id === 'message'");
		PageSteps.openSettings(browser);
		browser.type(Keys.ESCAPE);
		browser.until("!document.querySelector('dialog[open]')");
		browser.type(Keys.chord(Keys.CONTROL, ","));
		browser.until("document.querySelector('dialog.preferences[open]')");
		browser.type(Keys.ESCAPE);
		browser.until("!document.querySelector('dialog[open]')");
		browser.find("#search").sendKeys("another");
		browser.until("document.querySelector('#entries mark')");
		browser.find("#search").sendKeys(Keys.ENTER);
		browser.until(
				"document.title.startsWith('Another chat') && document.querySelector('.model-choice')?.checkVisibility()");
		browser.find(".model-choice").click();
		browser.until("document.querySelector('.model-row')");
		browser.type(Keys.ESCAPE);
		assertThat(browser.console()).isEmpty();
		// The request that stops an answer outlives the page, but the browser reports it
		// as cut off.
		assertThat(browser.failures()).filteredOn((failure) -> !failure.startsWith("DELETE "))
			.noneMatch((failure) -> failure.contains("/api/chat/stream"));
	}

	private static ScriptedStream answer(String html) {
		ScriptedStream answer = site.chat().asked();
		answer.write(0, html);
		return answer;
	}

}
