package dev.runnel.page;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.interactions.WheelInput;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The view follows a reader who is at the end, and no other reader. The text that they
 * read does not move.
 */
class ScrollPageTests extends ScriptedPage {

	private ScriptedStream answer;

	@BeforeEach
	void fillThePage() {
		PageSteps.openEmpty(browser, site);
		browser.send("Tell me a long story");
		this.answer = site.chat().asked();
		this.answer.writeParagraphs(0, 40);
		browser.untilText("Paragraph 39");
		browser.untilPainted();
	}

	@Test
	void staysAtTheEndWhileTextComes() {
		for (int block = 40; block < 60; block++) {
			this.answer.writeParagraphs(block, block + 1);
			browser.untilText("Paragraph " + block);
			assertThat(distanceToEnd()).isLessThanOrEqualTo(60);
		}
	}

	@Test
	void oneNotchUpStopsFollowingAtOnce() {
		wheel(-120);
		browser.until("!document.querySelector('.latest').hidden");
		double before = PageSteps.settledTop(browser);
		this.answer.writeParagraphs(40, 60);
		browser.untilText("Paragraph 59");
		browser.untilPainted();
		assertThat(top()).isEqualTo(before);
	}

	@Test
	void aFingerStopsFollowing() {
		browser.phone();
		browser.untilPainted();
		touch("touchStart", 300);
		for (int y = 310; y <= 500; y += 10) {
			touch("touchMove", y);
		}
		touch("touchEnd", null);
		assertStaysWhileTextComes();
	}

	@Test
	void draggingTheScrollbarStopsFollowing() {
		Map<String, Number> bar = browser.script("""
				const log = document.getElementById('conversation');
				const { right, bottom, height } = log.getBoundingClientRect();
				const thumb = height * log.clientHeight / log.scrollHeight;
				return { x: right - (log.offsetWidth - log.clientWidth) / 4, y: bottom - thumb / 2 };""");
		new Actions(browser.driver()).moveToLocation(bar.get("x").intValue(), bar.get("y").intValue())
			.clickAndHold()
			.moveByOffset(0, -100)
			.perform();
		assertStaysWhileTextComes();
	}

	private static void touch(String type, @Nullable Integer y) {
		List<Map<String, Integer>> points = (y != null) ? List.of(Map.of("x", 180, "y", y)) : List.of();
		browser.driver().executeCdpCommand("Input.dispatchTouchEvent", Map.of("type", type, "touchPoints", points));
	}

	private void assertStaysWhileTextComes() {
		browser.until("!document.querySelector('.latest').hidden");
		double before = PageSteps.settledTop(browser);
		this.answer.writeParagraphs(40, 50);
		browser.untilText("Paragraph 49");
		browser.untilPainted();
		assertThat(top()).isEqualTo(before);
	}

	@Test
	void pageUpStopsFollowing() {
		browser.find("#conversation").sendKeys(Keys.PAGE_UP);
		browser.until("!document.querySelector('.latest').hidden");
		double before = PageSteps.settledTop(browser);
		this.answer.writeParagraphs(40, 50);
		browser.untilText("Paragraph 49");
		browser.untilPainted();
		assertThat(top()).isEqualTo(before);
	}

	@Test
	void saysThatTextArrivedBelowAndGoesThere() {
		wheel(-600);
		browser.until("!document.querySelector('.latest').hidden");
		this.answer.writeParagraphs(40, 50);
		browser.until("document.querySelector('.latest').innerText.includes('New text')");
		assertThat(browser.find(".latest").getAccessibleName()).isEqualTo("Scroll to bottom");
		browser.find(".latest").click();
		browser.until("document.querySelector('.latest').hidden");
		this.answer.writeParagraphs(50, 60);
		browser.untilText("Paragraph 59");
		assertThat(distanceToEnd()).isLessThanOrEqualTo(60);
	}

	@Test
	void followsAgainForAReaderWhoCameBackToTheEnd() {
		wheel(-600);
		browser.until("!document.querySelector('.latest').hidden");
		browser.find("#conversation").sendKeys(Keys.END);
		browser.until("document.querySelector('.latest').hidden");
		this.answer.writeParagraphs(40, 60);
		browser.untilText("Paragraph 59");
		browser.untilPainted();
		assertThat(distanceToEnd()).isLessThanOrEqualTo(60);
	}

	@Test
	void aSelectionBeingDrawnHoldsTheView() {
		double before = top();
		Actions mouse = new Actions(browser.driver());
		mouse.moveToElement(browser.find(".prose .block:nth-child(38) p")).clickAndHold().moveByOffset(60, 0).perform();
		this.answer.writeParagraphs(40, 50);
		browser.untilText("Paragraph 49");
		browser.untilPainted();
		assertThat(top()).isEqualTo(before);
		mouse.release().perform();
		this.answer.writeParagraphs(50, 60);
		browser.untilText("Paragraph 59");
		assertThat(top()).isEqualTo(before);
		assertThat(browser.<String>script("return getSelection().toString()")).isNotEmpty();
	}

	@Test
	void zoomingDoesNotStopFollowing() {
		browser.script("document.querySelector('.prose p').dispatchEvent(new WheelEvent('wheel', "
				+ "{ deltaY: -120, ctrlKey: true, bubbles: true }))");
		this.answer.writeParagraphs(40, 60);
		browser.untilText("Paragraph 59");
		assertThat(distanceToEnd()).isLessThanOrEqualTo(60);
	}

	@Test
	void aCodeBlockThatScrollsTakesTheWheelItself() {
		this.answer.write(40, "<pre><code>" + "line\n".repeat(60) + "</code></pre>\n");
		browser.until("document.querySelector('pre')");
		browser.script(
				"const block = document.querySelector('pre'); block.style.maxHeight = '200px'; block.scrollTop = 400");
		browser.untilPainted();
		new Actions(browser.driver())
			.scrollFromOrigin(WheelInput.ScrollOrigin.fromElement(browser.find("pre")), 0, -100)
			.perform();
		browser.until("document.querySelector('pre').scrollTop === 300");
		this.answer.writeParagraphs(41, 60);
		browser.untilText("Paragraph 59");
		browser.untilPainted();
		assertThat(distanceToEnd()).isLessThanOrEqualTo(60);
	}

	@Test
	void aSidewaysWheelMovesTheCodeAndNotTheView() {
		this.answer.write(40, "<pre><code>" + "long ".repeat(100) + "\n</code></pre>\n");
		browser.until("document.querySelector('pre')");
		browser.untilPainted();
		new Actions(browser.driver()).scrollFromOrigin(WheelInput.ScrollOrigin.fromElement(browser.find("pre")), 200, 0)
			.perform();
		browser.until("document.querySelector('pre').scrollLeft === 200");
		this.answer.writeParagraphs(41, 60);
		browser.untilText("Paragraph 59");
		browser.untilPainted();
		assertThat(distanceToEnd()).isLessThanOrEqualTo(60);
	}

	@Test
	void theBrowsersOwnSearchFindsWhatIsFarOutOfView() {
		this.answer.complete();
		browser.untilIdle();
		browser.send("And then?");
		ScriptedStream next = site.chat().asked();
		next.writeParagraphs(100, 140);
		next.complete();
		browser.untilIdle();
		assertThat(browser.find(".turn.settled").isDisplayed()).isTrue();
		assertThat(browser.<Boolean>script("return window.find('Paragraph 3 of', false, false, true)")).isTrue();
		assertThat(browser.<String>script("return getSelection().toString()")).isEqualTo("Paragraph 3 of");
		assertThat(browser.<Boolean>script("return window.find('No such words', false, false, true)")).isFalse();
	}

	@Test
	void sendingShowsTheNewQuestionToAReaderWhoScrolledUp() {
		this.answer.complete();
		browser.untilIdle();
		wheel(-900);
		browser.until("!document.querySelector('.latest').hidden");
		browser.find("#message").sendKeys("And then?", Keys.ENTER);
		site.chat().asked();
		browser.until("document.querySelector('.latest').hidden");
		assertThat(distanceToEnd()).isLessThanOrEqualTo(60);
	}

	@Test
	void staysAtTheQuestionForThoseWhoWantThat() {
		this.answer.complete();
		browser.untilIdle();
		browser.script("localStorage.setItem('runnel.follow', '\"question\"')");
		browser.find("#message").sendKeys("And then?", Keys.ENTER);
		ScriptedStream next = site.chat().asked();
		next.writeParagraphs(100, 140);
		browser.untilText("Paragraph 139");
		browser.until("document.querySelector('.latest').innerText.includes('New text')");
		double before = top();
		Number question = browser.script("""
				return [...document.querySelectorAll('[data-role=user]')].at(-1).getBoundingClientRect().top
					- document.getElementById('conversation').getBoundingClientRect().top""");
		assertThat(question.doubleValue()).isBetween(-1.0, 1.0);
		next.writeParagraphs(140, 160);
		browser.untilText("Paragraph 159");
		browser.untilPainted();
		assertThat(top()).isEqualTo(before);
		browser.find(".latest").click();
		next.writeParagraphs(160, 170);
		browser.untilText("Paragraph 169");
		assertThat(distanceToEnd()).isLessThanOrEqualTo(60);
	}

	@Test
	void keysInTheMessageBoxAndSidewaysWheelsDoNotStopFollowing() {
		browser
			.script("""
					const wheel = (selector, more) => document.querySelector(selector)
						.dispatchEvent(new WheelEvent('wheel', { bubbles: true, ...more }));
					wheel('.prose p', { deltaY: -5, deltaX: 60 });
					document.getElementById('message').dispatchEvent(new KeyboardEvent('keydown', { key: 'PageUp', bubbles: true }));""");
		this.answer.writeParagraphs(40, 60);
		browser.untilText("Paragraph 59");
		assertThat(distanceToEnd()).isLessThanOrEqualTo(60);
	}

	@Test
	void theEndTakesTheFocusFromNobodyInsideAnAnswer() {
		this.answer.write(40, "<pre><code>int x;\n</code></pre>\n");
		browser.until("document.querySelector('[data-action=copy-code]')");
		browser.script("document.querySelector('[data-action=copy-code]').focus()");
		this.answer.complete();
		browser.untilStatus("Done");
		browser.untilPainted();
		assertThat(browser.<String>script("return document.activeElement.dataset.action")).isEqualTo("copy-code");
	}

	@Test
	void finishedBlocksKeepTheirElementsAndTheReadersSelection() {
		browser.script("""
				window.kept = [...document.querySelectorAll('.prose p')].slice(0, 39);
				getSelection().selectAllChildren(window.kept[38]);""");
		this.answer.writeParagraphs(40, 60);
		this.answer.complete();
		browser.untilIdle();
		assertThat(browser.<Boolean>script("return window.kept.every((node) => node.isConnected)")).isTrue();
		assertThat(browser.<String>script("return getSelection().toString()")).contains("Paragraph 38");
	}

	private static void wheel(int pixels) {
		new Actions(browser.driver())
			.scrollFromOrigin(WheelInput.ScrollOrigin.fromElement(browser.find("#conversation")), 0, pixels)
			.perform();
	}

	private static double top() {
		return browser.<Number>script("return document.getElementById('conversation').scrollTop").doubleValue();
	}

	private static double distanceToEnd() {
		return browser
			.<Number>script("const log = document.getElementById('conversation');"
					+ "return log.scrollHeight - log.clientHeight - log.scrollTop")
			.doubleValue();
	}

}
