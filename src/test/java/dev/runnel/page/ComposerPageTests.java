package dev.runnel.page;

import java.util.List;
import java.util.Map;

import dev.runnel.web.ErrorCode;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.Select;

import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The message box: its keys, and what happens to an unsent message.
 */
class ComposerPageTests extends ScriptedPage {

	@Test
	void enterSendsAndShiftEnterBreaksTheLine() {
		browser.type("one", Keys.chord(Keys.SHIFT, Keys.ENTER), "two", Keys.ENTER);
		assertThat(site.chat().asked().question).containsEntry("message", "one\ntwo");
	}

	@Test
	void enterThatEndsACompositionDoesNotSend() {
		browser.type("にほん");
		press("isComposing: true, keyCode: 13");
		press("keyCode: 229");
		assertThat(browser.find("#message").isEnabled()).isTrue();
		assertThat(site.chat().wasAskedAgain()).isFalse();
		press("keyCode: 13");
		assertThat(site.chat().asked().question).containsEntry("message", "にほん");
	}

	@Test
	void blanksAreNotSent() {
		browser.type("   ", Keys.ENTER);
		browser.untilPainted();
		assertThat(browser.button("Send").isEnabled()).isFalse();
		assertThat(site.chat().wasAskedAgain()).isFalse();
	}

	@Test
	void aSecondEnterDoesNotSendTwice() {
		browser.type("once", Keys.ENTER, Keys.ENTER);
		site.chat().asked();
		browser.untilStatus("Waiting for the model…");
		press("keyCode: 13");
		browser.untilPainted();
		assertThat(site.chat().wasAskedAgain()).isFalse();
		assertThat(PageSteps.count(browser, "[data-role=user]")).isEqualTo(1);
	}

	@Test
	void aDraftSurvivesAReload() {
		browser.type("unfinished thought");
		browser.driver().navigate().refresh();
		browser.until("document.getElementById('message').value === 'unfinished thought'");
	}

	@Test
	void aQuestionThatCouldNotBeSentSurvivesAReload() {
		site.chat().refuse(HttpStatus.SERVICE_UNAVAILABLE, ErrorCode.INTERNAL, "Not now.");
		browser.send("precious words");
		browser.until("document.querySelector('[role=alert] button')");
		browser.driver().navigate().refresh();
		browser.until("document.getElementById('message').value === 'precious words'");
	}

	@Test
	void aQuestionIsADraftUntilTheServerHasIt() {
		browser.send("Hello");
		site.chat().asked().complete();
		browser.untilStatus("Done");
		site.chat().startsAtOnce = false;
		browser.send("A long question");
		ScriptedStream silent = site.chat().asked();
		browser.driver().navigate().refresh();
		browser.until("document.getElementById('message').value === 'A long question'");
		silent.complete();
		browser.untilIdle();
		site.chat().startsAtOnce = true;
		browser.find("#message").sendKeys(Keys.ENTER);
		site.chat().asked();
		browser.untilStatus("Waiting for the model…");
		browser.until("document.querySelector('#turns > :last-child').id !== ''");
		browser.driver().navigate().refresh();
		browser.untilStatus("Waiting for the model…");
		assertThat(browser.find("#message").getDomProperty("value")).isEmpty();
	}

	@Test
	void aQuestionThatWasAskedAgainIsNoDraftAnyMore() {
		browser.send("Hello");
		site.chat().asked().complete();
		browser.untilStatus("Done");
		site.chat().refuse(HttpStatus.TOO_MANY_REQUESTS, ErrorCode.RATE_LIMITED, "Too many at once.");
		browser.send("A long question");
		browser.until("document.querySelector('[role=alert]').innerText.includes('Too many')");
		browser.button("Try again").click();
		site.chat().asked().complete();
		browser.untilStatus("Done");
		browser.driver().navigate().refresh();
		browser.until("document.activeElement?.id === 'message'");
		assertThat(browser.find("#message").getDomProperty("value")).isEmpty();
	}

	@Test
	void sendingForgetsTheDraft() {
		browser.send("finished thought");
		site.chat().asked().complete();
		browser.untilStatus("Done");
		browser.driver().get(site.url("/ai-demo"));
		browser.until("document.activeElement?.id === 'message'");
		assertThat(browser.find("#message").getDomProperty("value")).isEmpty();
	}

	@Test
	void arrowUpOpensTheLastQuestion() {
		browser.send("the same again");
		site.chat().asked().complete();
		browser.untilStatus("Done");
		browser.type(Keys.ARROW_UP);
		browser.until("document.activeElement.value === 'the same again' && document.activeElement.closest('.turn')");
	}

	/**
	 * The message appears in the next frame, whatever the server and the network do
	 * meanwhile.
	 */
	@Test
	void theNextFrameShowsWhatWasSent() {
		browser.type("How deep?");
		assertThat(browser.driver().executeAsyncScript("""
				const [box, done] = [document.getElementById('message'), arguments[0]];
				box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
				requestAnimationFrame(() => done([document.querySelector('#turns .said')?.textContent.trim(), box.value,
					document.querySelector('[role=status]').textContent]));"""))
			.isEqualTo(List.of("How deep?", "", "Waiting for the model…"));
	}

	@Test
	void textRunsAsItsScriptDoes() {
		String direction = "return document.getElementById('message').matches(':dir(rtl)')";
		browser.type("How deep?");
		assertThat(browser.<Boolean>script(direction)).isFalse();
		browser.type(Keys.chord(Keys.CONTROL, "a"), "\u05db\u05de\u05d4");
		assertThat(browser.<Boolean>script(direction)).isTrue();
		browser.type(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
		browser.until("document.getElementById('message').dir === ''");
	}

	@Test
	void staysAboveAKeyboardThatCoversThePage() {
		browser.script("""
				Object.defineProperty(visualViewport, 'height', { value: innerHeight - 300 });
				visualViewport.dispatchEvent(new Event('resize'));""");
		assertThat(browser
			.<Number>script("return innerHeight - document.querySelector('.composer').getBoundingClientRect().bottom")
			.doubleValue()).isGreaterThanOrEqualTo(300);
	}

	@Test
	void growsWithItsTextUpToAShareOfTheWindow() {
		Number one = browser.script("return document.getElementById('message').offsetHeight");
		browser.type(Keys.chord(Keys.SHIFT, Keys.ENTER).repeat(4));
		browser.untilPainted();
		Number five = browser.script("return document.getElementById('message').offsetHeight");
		browser.type(Keys.chord(Keys.SHIFT, Keys.ENTER).repeat(40));
		browser.untilPainted();
		Number many = browser.script("return document.getElementById('message').offsetHeight");
		assertThat(five.intValue()).isGreaterThan(one.intValue() + 60);
		assertThat(many.intValue()).isLessThanOrEqualTo(360);
	}

	@Test
	void growsWithoutFieldSizingToo() {
		Object script = browser.driver()
			.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source",
					"""
							const supports = CSS.supports.bind(CSS);
							CSS.supports = (name, value) => name !== 'field-sizing' && supports(name, value);
							addEventListener('DOMContentLoaded', () => document.getElementById('message').style.fieldSizing = 'fixed');"""))
			.get("identifier");
		try {
			browser.driver().navigate().refresh();
			browser.until("document.activeElement?.id === 'message'");
			growsWithItsTextUpToAShareOfTheWindow();
			browser.send("Enough");
			site.chat().asked().complete();
			browser.untilIdle();
			browser.until("document.getElementById('message').offsetHeight < 120");
		}
		finally {
			browser.driver()
				.executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", script));
		}
	}

	@Test
	void holdsSendWhileOffline() {
		browser.type("later");
		browser.offline(true);
		browser.untilStatus("You are offline. Your draft is kept.");
		assertThat(browser.button("Send").isEnabled()).isFalse();
		browser.offline(false);
		browser.until("document.querySelector('[type=submit]').disabled === false");
		assertThat(browser.find("#message").getDomProperty("value")).isEqualTo("later");
	}

	@Test
	void staysOpenWhileAnAnswerIsMadeForThoseWhoWantThat() {
		browser.script("localStorage.setItem('runnel.typing', 'true')");
		browser.driver().navigate().refresh();
		browser.until("document.activeElement?.id === 'message'");
		browser.send("first");
		ScriptedStream answer = site.chat().asked();
		browser.untilStatus("Waiting for the model…");
		assertThat(browser.find("[type=submit]").isDisplayed()).isFalse();
		browser.type("second", Keys.ENTER);
		browser.until(
				"document.getElementById('message').value === '' && document.querySelector('.queued').checkVisibility()");
		answer.write(0, "<p>one</p>\n");
		browser.untilText("one");
		assertThat(site.chat().wasAskedAgain()).isFalse();
		browser.find(".stop").click();
		browser.untilStatus("Stopped");
		assertThat(browser.find("#message").getDomProperty("value")).isEqualTo("second");
		browser.driver().navigate().refresh();
		browser.until("document.getElementById('message')?.value === 'second'");
		browser.until("document.activeElement?.id === 'message'");
		browser.type(Keys.ENTER);
		assertThat(site.chat().asked().question).containsEntry("message", "second");
	}

	@Test
	void aMessageThatIsSentTooEarlyWaitsForTheEndOfTheAnswerAndSurvivesAReload() {
		ScriptedStream answer = sendTooEarly("second");
		browser.type("third", Keys.ENTER);
		browser.until("document.querySelector('.queued').innerText.includes('third')");
		assertThat(browser.find(".queued").getText()).contains("second", "Sends when the answer is finished", "Cancel");
		assertThat(browser.<List<Object>>script("return window.told")).containsOnly("true");
		assertThat(browser.find(".stop").isDisplayed()).isTrue();
		browser.driver().navigate().refresh();
		browser.until("document.querySelector('.queued')?.checkVisibility()");
		browser.untilStatus("Waiting for the model…");
		assertThat(site.chat().wasAskedAgain()).isFalse();
		answer.complete();
		ScriptedStream next = site.chat().asked();
		assertThat(next.question).containsEntry("message", "second\n\nthird")
			.containsEntry("parentId", answer.messageId);
		browser.until("!document.querySelector('.queued').checkVisibility()");
		next.complete();
		browser.untilIdle();
		assertThat(site.chat().wasAskedAgain()).isFalse();
		browser.driver().navigate().refresh();
		browser.until("document.activeElement?.id === 'message'");
		assertThat(browser.find("#message").getDomProperty("value")).isEmpty();
	}

	@Test
	void aWaitingMessageIsSentAfterAReloadThatMissedTheEndOfTheAnswer() {
		ScriptedStream answer = sendTooEarly("second");
		String address = browser.driver().getCurrentUrl();
		browser.driver().get("about:blank");
		answer.complete();
		browser.driver().get(address);
		assertThat(site.chat().asked().question).containsEntry("message", "second");
	}

	@Test
	void aWaitingMessageCanBeTakenBack() {
		ScriptedStream answer = sendTooEarly("second");
		browser.type("more");
		browser.find(".queued button").click();
		browser.until("document.activeElement.value === 'second\\n\\nmore'");
		answer.complete();
		browser.untilIdle();
		browser.untilPainted();
		assertThat(browser.find(".queued").isDisplayed()).isFalse();
		assertThat(site.chat().wasAskedAgain()).isFalse();
	}

	@Test
	void aWaitingMessageReturnsIntoTheBoxIfTheAnswerFails() {
		ScriptedStream answer = sendTooEarly("second");
		answer.fail("interrupted", "The model stopped in mid-sentence.");
		browser.until("document.getElementById('message').value === 'second'");
		assertThat(site.chat().wasAskedAgain()).isFalse();
	}

	/** Sends a message while an answer is made, with the setting to keep typing. */
	private static ScriptedStream sendTooEarly(String message) {
		browser.script("localStorage.setItem('runnel.typing', 'true')");
		browser.driver().navigate().refresh();
		browser.until("document.activeElement?.id === 'message'");
		browser.send("first");
		ScriptedStream answer = site.chat().asked();
		browser.until("document.querySelector('#turns > :last-child')?.id !== ''");
		browser
			.script("""
					const status = document.querySelector('.status');
					window.told = [];
					new MutationObserver(() => status.textContent.startsWith('Sends when') && told.push(status.dataset.ended ?? 'seen'))
						.observe(status, { subtree: true, childList: true, characterData: true, attributes: true });""");
		browser.send(message);
		browser.until("document.querySelector('.queued').checkVisibility()");
		return answer;
	}

	@Test
	void onATouchScreenAButtonSends() {
		browser.phone();
		browser.driver().navigate().refresh();
		browser
			.until("matchMedia('(pointer: coarse)').matches && document.querySelector('.welcome')?.checkVisibility()");
		browser.untilPainted();
		assertThat(browser.<String>script("return document.activeElement.id")).isNotEqualTo("message");
		browser.find("#message").sendKeys("one", Keys.ENTER, "two");
		assertThat(site.chat().wasAskedAgain()).isFalse();
		browser.script("document.querySelector('[type=submit]').click()");
		ScriptedStream answer = site.chat().asked();
		assertThat(answer.question).containsEntry("message", "one\ntwo");
		answer.write(0, "<p>Three.</p>\n");
		browser.untilText("Three.");
		browser.find(".stop").click();
		browser.untilStatus("Stopped");
		browser.until("document.activeElement.id === 'box'");
		browser.find("[data-action=edit]").click();
		browser.until("document.activeElement.closest('.edit')");
		browser.find(".edit [type=button]").click();
		browser.until("document.activeElement.id === 'box'");
	}

	@Test
	void takesAHundredKilobytesAtOnceAndSaysTheLimit() {
		browser.script("document.execCommand('insertText', false, 'word '.repeat(20_000));");
		browser.untilStatus("Too long by 68,000: at most 32,000 characters can be sent.");
		assertThat(browser.button("Send").isEnabled()).isFalse();
		assertThat(browser.<Long>script("return document.getElementById('message').value.length")).isEqualTo(100_000L);
		assertThat(browser.find("#message").getDomAttribute("aria-invalid")).isEqualTo("true");
	}

	@Test
	void saysWhatSendingWouldTake() {
		browser.script("localStorage.setItem('runnel.model', '\"large/model\"')");
		browser.driver().navigate().refresh();
		browser.until("document.querySelector('.model-choice')?.innerText.endsWith('Large Model')");
		browser.type("x".repeat(4));
		browser.until("document.querySelector('.estimate').textContent === '≈ 1 token · < $0.0001'");
		browser.type("x".repeat(396));
		browser.until("document.querySelector('.estimate').textContent === '≈ 100 tokens · $0.0002'");
	}

	@Test
	void saysWhatIsLeftOfTheBudgetAndHowLong() {
		site.chat().usage = "{\"left\":0.05,\"renewsAt\":\"2026-12-01T12:00:00Z\"}";
		browser.type("x");
		browser.until("document.querySelector('.left').textContent.startsWith('$0.05 left until 12/')");
		site.chat().usage = "{\"left\":0.02,\"renewsAt\":\"2026-12-01T12:00:00Z\"}";
		browser.send("y");
		ScriptedStream answer = site.chat().asked();
		answer.write(0, "<p>z</p>\n");
		answer.complete();
		browser.until("document.querySelector('.left').textContent.startsWith('$0.02')");
	}

	@Test
	void saysNothingOfABudgetWhereThereIsNone() {
		browser.send("x");
		ScriptedStream answer = site.chat().asked();
		answer.write(0, "<p>z</p>\n");
		answer.complete();
		browser.untilStatus("Done");
		assertThat(browser.<String>script("return document.querySelector('.left').textContent")).isEmpty();
	}

	@Test
	void keysOfAnInputMethodStopNothingAndBringNothingBack() {
		browser.send("first");
		ScriptedStream answer = site.chat().asked();
		browser.untilStatus("Waiting for the model…");
		browser.script("window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', isComposing: true }))");
		answer.write(0, "<p>on</p>\n");
		browser.untilText("on");
		assertThat(site.chat().stopped).isEmpty();
		answer.complete();
		browser.untilStatus("Done");
		browser.script("document.getElementById('message').dispatchEvent(new KeyboardEvent('keydown', "
				+ "{ key: 'ArrowUp', bubbles: true, isComposing: true }))");
		assertThat(browser.find("#message").getDomProperty("value")).isEqualTo("");
	}

	@Test
	void namesTheModelThatAnswersByDefaultAndItsPrice() {
		browser.until("document.querySelector('.model-choice').innerText.endsWith('Small Model')");
		browser.type("x".repeat(400));
		browser.until("document.querySelector('.estimate').textContent.includes('$')");
	}

	@Test
	void namesTheModelThatAnswersByDefaultBeforeTheListIsThere() {
		site.chat().hasModels = false;
		browser.driver().navigate().refresh();
		browser.until("document.querySelector('.model-choice bdi')?.textContent === 'Small Model'");
	}

	@Test
	void theReasoningEffortStandsBesideAModelThatReasons() {
		assertThat(browser.find("#effort").isDisplayed()).isFalse();
		browser.script("localStorage.setItem('runnel.model', '\"large/model\"')");
		browser.driver().navigate().refresh();
		browser.until("document.getElementById('effort')?.checkVisibility()");
		new Select(browser.find("#effort")).selectByVisibleText("Thinking: High");
		browser.find("#message").sendKeys("Think", Keys.ENTER);
		assertThat(site.chat().asked().question).containsEntry("reasoningEffort", "high");
		assertThat(browser.find("#effort").getDomProperty("value")).isEqualTo("high");
	}

	@Test
	void theSearchOfTheWebIsASwitchBesideAModelThatOffersIt() {
		browser.until("document.querySelector('.model-choice').innerText.endsWith('Small Model')");
		assertThat(browser.find("#web-search").isDisplayed()).isFalse();
		browser.script("localStorage.setItem('runnel.model', '\"large/model\"')");
		browser.driver().navigate().refresh();
		browser.until("document.getElementById('web-search')?.checkVisibility()");
		assertThat(browser.find("#web-search").getText()).isEqualTo("Web search");
		assertThat(browser.find("#web-search").getDomAttribute("title")).isEqualTo("$0.01 per search");
		browser.find("#web-search").click();
		browser.until("document.getElementById('web-search').ariaPressed === 'true'");
		assertThat(browser.find("#web-search").getText()).isEqualTo("Web search · $0.01 per search");
		browser.find("#message").sendKeys("News?", Keys.ENTER);
		ScriptedStream answer = site.chat().asked();
		assertThat(answer.question).containsEntry("webSearch", true);
		answer.write(0, "<p>None.</p>\n");
		answer.complete();
		browser.untilStatus("Done");
		browser.find("#web-search").click();
		browser.until("document.getElementById('web-search').ariaPressed === 'false'");
		browser.find("#message").sendKeys("Sure?", Keys.ENTER);
		assertThat(site.chat().asked().question.get("webSearch")).isNotEqualTo(true);
	}

	@Test
	void saysThatInstructionsAreActive() {
		assertThat(browser.find("#instructed").isDisplayed()).isFalse();
		PageSteps.openSettings(browser);
		browser.find("#system").sendKeys("Answer in rhyme.");
		browser.find("#settings [value=save]").click();
		browser.until("document.getElementById('instructed').checkVisibility()");
		browser.find("#instructed").click();
		browser.until("document.getElementById('settings').open");
		assertThat(browser.find("#system").getDomProperty("value")).isEqualTo("Answer in rhyme.");
	}

	@Test
	void everyPointOfTheBoxLeadsIntoIt() {
		Map<String, Number> box = browser
			.script("return document.getElementById('box').getBoundingClientRect().toJSON()");
		for (double share : List.of(0.25, 0.5, 0.75)) {
			for (double down : List.of(0.15, 0.5, 0.9)) {
				browser.script("document.activeElement.blur()");
				new Actions(browser.driver())
					.moveToLocation(at(box, "left", "width", share), at(box, "top", "height", down))
					.click()
					.perform();
				assertThat(browser.<String>script("return document.activeElement.id")).isEqualTo("message");
			}
		}
	}

	private static int at(Map<String, Number> box, String start, String size, double share) {
		return (int) (box.get(start).doubleValue() + box.get(size).doubleValue() * share);
	}

	@Test
	void aLongDraftEndsAboveTheButtons() {
		browser.type(Keys.chord(Keys.SHIFT, Keys.ENTER).repeat(40));
		browser.untilPainted();
		assertThat(browser.<Boolean>script("""
				const box = (selector) => document.querySelector(selector).getBoundingClientRect();
				return box('#message').bottom <= box('.tools').top && box('.tools').bottom <= box('#box').bottom"""))
			.isTrue();
	}

	@Test
	void theFocusStaysAtTheBoxWhileAnAnswerIsMade() {
		browser.send("Wait for it");
		ScriptedStream answer = site.chat().asked();
		browser.until("document.activeElement.id === 'box' && document.getElementById('message').disabled");
		browser.type(Keys.TAB);
		browser.until("document.activeElement.closest('#box .tools')");
		answer.complete();
		browser.until("document.activeElement.id === 'message'");
		browser.find("[data-action=regenerate]").click();
		site.chat().asked();
		browser.until("document.activeElement.id === 'box'");
	}

	@Test
	void stopStandsWhereSendStood() {
		browser.send("first");
		site.chat().asked().complete();
		browser.untilStatus("Done");
		browser.until("document.getAnimations().length === 0");
		Map<String, Object> send = place("[type=submit]");
		Map<String, Object> all = place(".buttons");
		browser.send("second");
		site.chat().asked();
		browser.untilStatus("Waiting for the model…");
		assertThat(place(".stop")).isEqualTo(send);
		assertThat(place(".buttons")).isEqualTo(all);
		assertThat(browser.find("#pause").isDisplayed()).isTrue();
		assertThat(browser.find("[type=submit]").isDisplayed()).isFalse();
	}

	@Test
	void theBoxStandsInTheMiddleAndMovesDownWithTheFirstMessage() {
		assertThat(distanceFromTheEnd()).isGreaterThan(150);
		assertThat(browser.<Boolean>script("""
				const box = (selector) => document.querySelector(selector).getBoundingClientRect();
				return box('.promise').bottom <= box('#box').top && box('#box').bottom <= box('.suggestions').top"""))
			.isTrue();
		browser.send("first");
		site.chat().asked().complete();
		browser.until("document.getAnimations().length === 0");
		assertThat(distanceFromTheEnd()).isLessThan(40);
		assertThat(browser.find(".suggestions").isDisplayed()).isFalse();
	}

	private static double distanceFromTheEnd() {
		return browser
			.<Number>script("return innerHeight - document.getElementById('box').getBoundingClientRect().bottom")
			.doubleValue();
	}

	private static Map<String, Object> place(String selector) {
		return browser.script("""
				const { right, top, width, height } = document.querySelector(arguments[0]).getBoundingClientRect();
				return { right, top, width, height }""", selector);
	}

	/** Sends an Enter event as input methods do, which WebDriver cannot type. */
	private static void press(String properties) {
		browser.script("document.getElementById('message').dispatchEvent(new KeyboardEvent('keydown', "
				+ "{ key: 'Enter', bubbles: true, cancelable: true, " + properties + " }))");
	}

}
