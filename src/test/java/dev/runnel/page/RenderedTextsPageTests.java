package dev.runnel.page;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WindowType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Questions and reasoning are shown with their Markdown, whoever made the HTML, and their
 * source can be copied.
 */
class RenderedTextsPageTests extends ScriptedPage {

	private static final String THOUGHT = """
			First *look*:

			- one
			- two

			```java
			int x = 1;
			```
			""";

	private static final String QUESTION = "Is **this** `code`?\nAnd a second line";

	private static ScriptedStream ask() {
		browser.type(QUESTION.lines().findFirst().orElseThrow(), Keys.chord(Keys.SHIFT, Keys.ENTER),
				QUESTION.lines().skip(1).findFirst().orElseThrow(), Keys.ENTER);
		return site.chat().asked();
	}

	private static void think(ScriptedStream answer) {
		for (int at = 0; at < THOUGHT.length(); at += 7) {
			answer.reason(THOUGHT.substring(at, Math.min(THOUGHT.length(), at + 7)));
		}
	}

	private static void untilShown(String selector, String markdown) {
		PageSteps.eventually(
				() -> assertThat(PageSteps.html(browser, selector)).isEqualTo(PageSteps.batchHtml(browser, markdown)));
	}

	@Test
	void aQuestionIsRenderedWhenItIsAskedAndAfterAReload() {
		ScriptedStream answer = ask();
		assertThat(answer.question).containsEntry("message", QUESTION);
		untilShown(".said", QUESTION);
		assertThat(browser.find(".said").getText()).isEqualTo("Is this code?\nAnd a second line");
		answer.write(0, "<p>Yes.</p>\n");
		answer.complete();
		browser.untilIdle();
		browser.driver().navigate().refresh();
		browser.untilText("Yes.");
		untilShown(".said", QUESTION);
	}

	@Test
	void aQuestionIsShownAsTypedUntilItsHtmlIsThere() {
		site.chat().startsAtOnce = false;
		ScriptedStream answer = ask();
		assertThat(browser.find(".said").getText()).isEqualTo(QUESTION);
		answer.start();
		untilShown(".said", QUESTION);
	}

	@Test
	void aQuestionInATemporaryChatIsRendered() {
		browser.find(".temporary").click();
		browser.find("#message").click();
		ask();
		untilShown(".said", QUESTION);
	}

	@Test
	void copyingAndEditingAQuestionGiveItsSourceEvenBeforeTheConversationIsRead() {
		ScriptedStream answer = ask();
		answer.write(0, "<p>Yes.</p>\n");
		answer.complete();
		browser.untilIdle();
		browser.block("*/api/conversations/*");
		browser.driver().navigate().refresh();
		browser.untilText("Yes.");
		browser.until("document.activeElement?.id === 'message'");
		browser.script("navigator.clipboard.writeText = (text) => { window.copied = text; }");
		browser.find("#turns [data-action=copy-question]").click();
		browser.until("window.copied");
		assertThat(browser.<String>script("return window.copied")).isEqualTo(QUESTION);
		browser.find("#turns [data-action=edit]").click();
		browser.until("[...document.querySelectorAll('textarea')].some(({ value }) => value === arguments[0])",
				QUESTION);
		browser.block();
		browser.console();
	}

	@Test
	void anEditedQuestionIsRenderedAndSoIsTheFirstOne() {
		ScriptedStream first = ask();
		first.write(0, "<p>Yes.</p>\n");
		first.complete();
		browser.untilIdle();
		browser.type(Keys.ARROW_UP);
		browser.until("document.activeElement.value.startsWith('Is **this**')");
		browser.type(" *really*", Keys.ENTER);
		ScriptedStream second = site.chat().asked();
		assertThat(second.question).containsEntry("message", QUESTION + " *really*");
		untilShown(".said", QUESTION + " *really*");
		second.write(0, "<p>No.</p>\n");
		second.complete();
		browser.untilIdle();
		browser.find("[data-role=user] [data-action=previous]").click();
		browser.untilText("Yes.");
		untilShown(".said", QUESTION);
	}

	@Test
	void reasoningIsRenderedWhileItComesAndAfterAReloadAndInAnotherTab() {
		ScriptedStream answer = ask();
		think(answer);
		untilShown(".reasoning-text", THOUGHT);
		browser.until("document.querySelector('.reasoning-text .code-bar')");
		assertThat(PageSteps.count(browser, ".reasoning .tip")).isZero();
		String address = browser.driver().getCurrentUrl();
		String first = browser.driver().getWindowHandle();
		browser.driver().switchTo().newWindow(WindowType.TAB);
		browser.driver().get(address);
		untilShown(".reasoning-text", THOUGHT);
		answer.write(0, "<p>So.</p>\n");
		answer.complete();
		browser.untilText("So.");
		browser.untilIdle();
		untilShown(".reasoning-text", THOUGHT);
		browser.driver().switchTo().window(first);
		browser.untilText("So.");
		browser.untilIdle();
		untilShown(".reasoning-text", THOUGHT);
		browser.driver().navigate().refresh();
		browser.untilText("So.");
		untilShown(".reasoning-text", THOUGHT);
	}

	@Test
	void foldedReasoningIsCompletedWhenItIsUnfolded() {
		ScriptedStream answer = ask();
		think(answer);
		answer.write(0, "<p>So.</p>\n");
		answer.complete();
		browser.untilIdle();
		browser.driver().navigate().refresh();
		browser.until("document.activeElement?.id === 'message'");
		assertThat(PageSteps.count(browser, ".reasoning-text .code-bar")).isZero();
		browser.find(".reasoning summary").click();
		browser.until("document.querySelector('.reasoning-text .code-bar')");
		untilShown(".reasoning-text", THOUGHT);
	}

	@Test
	void stoppedReasoningStays() {
		ScriptedStream answer = ask();
		think(answer);
		untilShown(".reasoning-text", THOUGHT);
		browser.button("Stop").click();
		browser.untilStatus("Stopped");
		untilShown(".reasoning-text", THOUGHT);
		browser.driver().navigate().refresh();
		browser.until("document.activeElement?.id === 'message'");
		untilShown(".reasoning-text", THOUGHT);
	}

	@Test
	void reasoningThatComesDuringAPauseIsShownAfterwards() {
		ScriptedStream answer = ask();
		answer.reason("Hm. ");
		browser.untilText("Hm.");
		browser.button("Pause").click();
		browser.untilStatus("Paused");
		think(answer);
		answer.write(0, "<p>So.</p>\n");
		browser.until("document.querySelector('.held').textContent.startsWith('1 more word')");
		assertThat(browser.find(".reasoning-text").getText()).isEqualTo("Hm.");
		browser.button("Resume").click();
		browser.untilText("So.");
		untilShown(".reasoning-text", "Hm. " + THOUGHT);
	}

	@Test
	void anotherVersionHasItsOwnReasoning() {
		ScriptedStream first = ask();
		think(first);
		first.write(0, "<p>One.</p>\n");
		first.complete();
		browser.untilIdle();
		browser.find("[data-action=regenerate]").click();
		ScriptedStream second = site.chat().asked();
		assertThat(second.question).containsEntry("message", QUESTION);
		second.reason("Hm *hm*.");
		second.write(0, "<p>Two.</p>\n");
		second.complete();
		browser.untilText("Two.");
		browser.untilIdle();
		untilShown(".reasoning-text", "Hm *hm*.");
		browser.find("[data-role=assistant] [data-action=previous]").click();
		browser.untilText("One.");
		untilShown(".reasoning-text", THOUGHT);
	}

	@Test
	void textWithMarkupThatWasAThoughtIsRendered() {
		ScriptedStream answer = ask();
		think(answer);
		answer.writeParagraphs(0, 2);
		browser.untilText("Paragraph 1");
		answer.moveToReasoning();
		browser.until("!document.querySelector('.prose').textContent.trim()");
		untilShown(".reasoning-text", THOUGHT + "word word ");
	}

}
