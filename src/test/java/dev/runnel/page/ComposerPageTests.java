package dev.runnel.page;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The message box: what the keys do, and what becomes of a draft.
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
		browser.untilStatus("Thinking…");
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
		site.chat().refuse(HttpStatus.SERVICE_UNAVAILABLE, "internal", "Not now.", Map.of());
		browser.send("precious words");
		browser.until("document.querySelector('[role=alert] button')");
		browser.driver().navigate().refresh();
		browser.until("document.getElementById('message').value === 'precious words'");
	}

	@Test
	void sendingForgetsTheDraft() {
		browser.send("finished thought");
		site.chat().asked().complete();
		browser.untilStatus("Answer complete");
		browser.driver().get(site.url("/ai-demo"));
		browser.until("document.activeElement?.id === 'message'");
		assertThat(browser.find("#message").getDomProperty("value")).isEmpty();
	}

	@Test
	void arrowUpBringsTheLastQuestionBack() {
		browser.send("the same again");
		site.chat().asked().complete();
		browser.untilStatus("Answer complete");
		browser.type(Keys.ARROW_UP);
		browser.until("document.getElementById('message').value === 'the same again'");
	}

	@Test
	void growsWithItsTextUpToAShareOfTheWindow() {
		Number one = browser.script("return document.getElementById('message').offsetHeight");
		browser.type(Keys.chord(Keys.SHIFT, Keys.ENTER).repeat(4));
		Number five = browser.script("return document.getElementById('message').offsetHeight");
		browser.type(Keys.chord(Keys.SHIFT, Keys.ENTER).repeat(40));
		Number many = browser.script("return document.getElementById('message').offsetHeight");
		assertThat(five.intValue()).isGreaterThan(one.intValue() + 60);
		assertThat(many.intValue()).isLessThanOrEqualTo(360);
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

	/** An Enter as input methods cause it, which WebDriver cannot type. */
	private static void press(String properties) {
		browser.script("document.getElementById('message').dispatchEvent(new KeyboardEvent('keydown', "
				+ "{ key: 'Enter', bubbles: true, cancelable: true, " + properties + " }))");
	}

}
