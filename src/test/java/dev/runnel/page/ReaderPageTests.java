package dev.runnel.page;

import java.time.Instant;
import java.util.Map;

import dev.runnel.conversation.ConversationId;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WindowType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What readers do besides asking: return to the page, open it twice, print it, read in
 * both directions, and read hostile text.
 */
class ReaderPageTests extends ScriptedPage {

	private static final String END = "</code></pre>\n";

	@Test
	void comingBackReadsTheConversationOnce() {
		ConversationId id = site.chat().conversations.keep("Kept", Instant.now(),
				ScriptedConversations.question(null, "Well?"));
		browser.driver().get(site.url("/ai-demo/c/" + id));
		browser.until("document.activeElement?.id === 'message'");
		browser.script("""
				window.reads = 0;
				const own = window.fetch;
				window.fetch = (path, ...rest) => {
					window.reads += /\\/conversations\\/[0-9a-f-]{36}/.test(path) ? 1 : 0;
					return own(path, ...rest);
				};
				for (const event of ['blur', 'focus', 'focus']) {
					dispatchEvent(new Event(event));
				}
				document.dispatchEvent(new Event('visibilitychange'));""");
		browser.untilPainted();
		assertThat(browser.<Long>script("return window.reads")).isEqualTo(1);
	}

	@Test
	void twoTabsWithANewChatHaveADraftEach() {
		browser.type("of the first tab");
		String first = browser.driver().getWindowHandle();
		browser.driver().switchTo().newWindow(WindowType.TAB);
		browser.driver().get(site.url("/ai-demo"));
		browser.until("document.activeElement?.id === 'message'");
		assertThat(browser.find("#message").getDomProperty("value")).isEmpty();
		browser.type("of the second", Keys.ENTER);
		site.chat().asked().complete();
		browser.untilStatus("Done");
		browser.driver().switchTo().window(first);
		browser.driver().navigate().refresh();
		browser.until("document.getElementById('message').value === 'of the first tab'");
	}

	@Test
	void bulletsBarsAndColumnsAreOnTheSideOfTheirOwnText() {
		browser.send("Both");
		ScriptedStream answer = site.chat().asked();
		answer.write(0, "<p>English first</p>\n");
		answer.write(1, "<ul>\n<li>one</li>\n<li>\u0623\u0648\u0644</li>\n</ul>\n");
		answer.write(2, "<blockquote>\n<p>\u0627\u0642\u062a\u0628\u0627\u0633</p>\n</blockquote>\n");
		answer.write(3, "<table>\n<thead>\n<tr>\n<th>\u0627\u0633\u0645</th>\n<th>\u0639\u062f\u062f</th>\n"
				+ "</tr>\n</thead>\n</table>\n");
		answer.complete();
		browser.untilStatus("Done");
		assertThat(browser.<Map<String, Object>>script(
				"""
						const direction = (selector) => getComputedStyle(document.querySelector(selector)).direction;
						const left = (selector) => document.querySelector(selector).getBoundingClientRect().left;
						return { list: direction('#turns li:first-child') + direction('#turns li:last-child'), quote: direction('blockquote'),
							table: direction('table'), columns: left('th:first-child') > left('th:last-child') }"""))
			.containsEntry("list", "ltrrtl")
			.containsEntry("quote", "rtl")
			.containsEntry("table", "rtl")
			.containsEntry("columns", true);
		assertThat(PageSteps.answerHtml(browser)).isEqualTo(answer.html());
	}

	@Test
	void onPaperTheDarkThemeIsLightAndTheMenuButtonGone() {
		browser.size(800, 900);
		browser.script("document.documentElement.dataset.theme = 'dark'");
		browser.paper(true);
		try {
			assertThat(browser.<String>script("return getComputedStyle(document.documentElement).backgroundColor"))
				.isEqualTo("rgb(252, 252, 250)");
			assertThat(browser.find("#open-sidebar").isDisplayed()).isFalse();
		}
		finally {
			browser.paper(false);
		}
	}

	@Test
	void noFieldIsSoSmallThatAPhoneZooms() {
		browser.phone();
		browser.driver().navigate().refresh();
		browser.until("document.getElementById('message')");
		browser.script("document.documentElement.dataset.size = 'small'");
		assertThat(browser.<Double>script("""
				return Math.min(...[...document.querySelectorAll('textarea, input:not([type=hidden], [type=checkbox], [type=file]), select')]
					.map((field) => parseFloat(getComputedStyle(field).fontSize))) + 0.01""")).isGreaterThan(16);
	}

	/** The timers of the page fire while a worker colours the code. */
	@Test
	void codeThatTakesLongToColourHoldsNothingUp() {
		browser.send("Code");
		ScriptedStream answer = site.chat().asked();
		browser.script("""
				window.workers = 0;
				window.beats = 0;
				window.Worker = class extends Worker {
					constructor(...options) {
						super(...options);
						window.workers++;
					}
				};
				const beat = () => {
					window.beats += window.workers > 0 ? 1 : 0;
					setTimeout(beat, 10);
				};
				beat();""");
		answer.write(0,
				"<pre><code class=\"language-java\">" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo\n".repeat(1500) + END);
		answer.write(1, "<pre><code class=\"language-java\">int one = 1;\n" + END);
		answer.complete();
		browser.until("document.querySelector('.block:last-child .hljs-type')");
		assertThat(browser.<Number>script("return window.beats").intValue()).isGreaterThan(10);
	}

}
