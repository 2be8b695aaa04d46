package dev.runnel.page;

import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WindowType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An answer survives its readers: lost connections, reloads, other tabs, pause and stop.
 */
class LiveStreamPageTests extends ScriptedPage {

	private ScriptedStream answer;

	@BeforeEach
	void askAndHearTheBeginning() {
		browser.send("Tell me a long story");
		this.answer = site.chat().asked();
		this.answer.writeParagraphs(0, 3);
		browser.untilText("Paragraph 2");
	}

	@Test
	void readsOnBehindTheLastEventWhenTheConnectionBreaks() {
		this.answer.cut();
		this.answer.writeParagraphs(3, 6);
		endAndCompare();
		assertThat(site.chat().resumedAfter).first().isEqualTo("4");
	}

	@Test
	void saysThatItReconnectsWhenTheConnectionStaysAway() {
		site.chat().isAway = true;
		this.answer.cut();
		browser.untilStatus("Reconnecting…");
		site.chat().isAway = false;
		PageSteps.goOnline(browser);
		this.answer.writeParagraphs(3, 4);
		browser.untilStatus("Writing…");
		endAndCompare();
	}

	@Test
	void showsNothingOfAConnectionThatIsBackSoon() {
		PageSteps.watchNotices(browser);
		for (int block = 3; block < 6; block++) {
			this.answer.cut();
			PageSteps.eventually(() -> assertThat(this.answer.readers()).isEqualTo(1));
			this.answer.writeParagraphs(block, block + 1);
			browser.untilText("Paragraph " + block);
		}
		assertThat(PageSteps.notices(browser)).containsExactly("Writing…");
		endAndCompare();
	}

	@Test
	void survivesManyCuts() {
		for (int block = 3; block < 8; block++) {
			this.answer.cut();
			this.answer.writeParagraphs(block, block + 1);
			browser.untilText("Paragraph " + block);
		}
		endAndCompare();
	}

	@Test
	void saysThatTheAnswerIsLostWhenTheServerForgotIt() {
		site.chat().forget();
		this.answer.cut();
		browser.until("document.querySelector('[role=alert]').innerText.includes('Try again')");
		assertThat(browser.find("[role=alert]").getText()).contains("cut off");
		assertThat(browser.find(".prose").getText()).contains("Paragraph 2");
	}

	@Test
	void goesOnAfterAReload() {
		browser.driver().navigate().refresh();
		browser.untilText("Paragraph 2");
		browser.untilStatus("Writing…");
		this.answer.writeParagraphs(3, 5);
		endAndCompare();
		assertThat(PageSteps.count(browser, "[data-role=user]")).isEqualTo(1);
		assertThat(site.chat().resumedAfter).containsExactly("0");
	}

	@Test
	void survivesTenReloads() {
		for (int block = 3; block < 13; block++) {
			browser.driver().navigate().refresh();
			this.answer.writeParagraphs(block, block + 1);
			browser.untilText("Paragraph " + block);
		}
		endAndCompare();
	}

	@Test
	void showsTheFinishedAnswerAfterAReload() {
		endAndCompare();
		String before = PageSteps.answerHtml(browser);
		browser.driver().navigate().refresh();
		browser.untilText("Paragraph 2");
		assertThat(PageSteps.answerHtml(browser)).isEqualTo(before);
		assertThat(browser.find(".said").getText()).isEqualTo("Tell me a long story");
	}

	@Test
	void saysAfterAReloadThatTheAnswerWasInterrupted() {
		site.chat().forget();
		browser.driver().navigate().refresh();
		browser.until("document.querySelector('[role=alert]').innerText.includes('Try again')");
		browser.untilText("Paragraph 2");
	}

	@Test
	void showsTheSameInASecondTab() {
		String first = browser.driver().getWindowHandle();
		String second = openSecondTab();
		this.answer.writeParagraphs(3, 5);
		browser.untilText("Paragraph 4");
		endAndCompare();
		String html = PageSteps.answerHtml(browser);
		browser.driver().switchTo().window(first);
		browser.untilText("Paragraph 4");
		assertThat(PageSteps.answerHtml(browser)).isEqualTo(html);
		assertThat(second).isNotEqualTo(first);
	}

	@Test
	void aTabOnTheSameConversationSeesTheNextQuestion() {
		endAndCompare();
		String first = browser.driver().getWindowHandle();
		openSecondTab();
		browser.find("#message").sendKeys("And then?", Keys.ENTER);
		ScriptedStream next = site.chat().asked();
		assertThat(next.question).containsEntry("conversationId", this.answer.conversationId);
		browser.driver().switchTo().window(first);
		browser.untilText("And then?");
		next.write(0, "<p>The end.</p>\n");
		browser.untilText("The end.");
	}

	@Test
	void aTabThatFindsAnAnswerBeforeItsFirstEventShowsTheQuestionToo() {
		endAndCompare();
		String first = browser.driver().getWindowHandle();
		String second = openSecondTab();
		site.chat().startsAtOnce = false;
		browser.find("#message").sendKeys("And then?", Keys.ENTER);
		ScriptedStream next = site.chat().asked();
		browser.driver().switchTo().window(first);
		browser.script("dispatchEvent(new Event('focus'))");
		browser.untilStatus("Waiting for the model…");
		browser.untilText("And then?");
		next.start();
		next.write(0, "<p>The end.</p>\n");
		browser.untilText("The end.");
		assertThat(PageSteps.count(browser, "[data-role=user]")).isEqualTo(2);
		browser.driver().switchTo().window(second);
		browser.untilText("The end.");
	}

	@Test
	void stopsFromAnotherTab() {
		String first = browser.driver().getWindowHandle();
		openSecondTab();
		browser.button("Stop").click();
		browser.untilStatus("Stopped");
		browser.driver().switchTo().window(first);
		browser.untilStatus("Stopped");
		assertThat(site.chat().stopped).containsExactly(this.answer.streamId);
	}

	@Test
	void stopsByButtonAndKeepsWhatCame() {
		browser.button("Stop").click();
		browser.untilStatus("Stopped");
		assertThat(site.chat().stopped).containsExactly(this.answer.streamId);
		assertThat(browser.find("[data-role=assistant]").getText()).contains("Paragraph 2", "Stopped.");
		browser.until("document.activeElement.id === 'message'");
	}

	@Test
	void stopsByEscape() {
		browser.type(Keys.ESCAPE);
		browser.untilStatus("Stopped");
		assertThat(site.chat().stopped).containsExactly(this.answer.streamId);
	}

	@Test
	void stopsBeforeTheStreamHasAName() {
		this.answer.complete();
		browser.untilIdle();
		site.chat().startsAtOnce = false;
		browser.send("Wait");
		ScriptedStream silent = site.chat().asked();
		browser.untilStatus("Waiting for the model…");
		browser.type(Keys.ESCAPE);
		browser.untilStatus("Stopped");
		assertThat(site.chat().stopped).isEmpty();
		PageSteps.eventually(() -> assertThat(silent.readers()).isZero());
	}

	@Test
	void aStopBeforeTheStreamHasANameHoldsOnceItHasOne() {
		this.answer.complete();
		browser.untilIdle();
		site.chat().startsAtOnce = false;
		browser.send("Wait");
		ScriptedStream silent = site.chat().asked();
		browser.type(Keys.ESCAPE);
		browser.untilStatus("Stopped");
		silent.start();
		PageSteps.eventually(() -> assertThat(site.chat().stopped).containsExactly(silent.streamId));
		browser.until("document.getElementById('m-" + silent.messageId + "')");
		browser.find("#message").sendKeys("And now?", Keys.ENTER);
		assertThat(site.chat().asked().question).containsEntry("parentId", silent.messageId);
	}

	@Test
	void aQuestionBehindOneThatNeverBeganFollowsWhatTheServerHas() {
		this.answer.complete();
		browser.untilIdle();
		site.chat().startsAtOnce = false;
		browser.send("Wait");
		site.chat().asked();
		browser.type(Keys.ESCAPE);
		browser.untilStatus("Stopped");
		browser.find("#message").sendKeys("And now?", Keys.ENTER);
		ScriptedStream next = site.chat().asked();
		assertThat(next.question).containsEntry("parentId", this.answer.messageId);
		next.start();
		browser.until("document.getElementById('m-" + next.messageId + "')");
		assertThat(PageSteps.count(browser, ".versions:not([hidden])")).isZero();
	}

	@Test
	void pausesTheTextAndShowsTheRestOnResume() {
		browser.button("Pause").click();
		browser.untilStatus("Paused");
		this.answer.writeParagraphs(3, 6);
		browser.until("document.querySelector('.held').textContent === '3 more words ready'");
		assertThat(browser.find(".prose").getText()).doesNotContain("Paragraph 3");
		browser.until("document.activeElement.id === 'resume'");
		browser.type(Keys.ENTER);
		browser.until("document.activeElement.id === 'pause'");
		browser.untilText("Paragraph 5");
		browser.untilStatus("Writing…");
		endAndCompare();
	}

	@Test
	void holdsTheEndToo() {
		browser.button("Pause").click();
		this.answer.writeParagraphs(3, 5);
		this.answer.complete();
		browser.until("document.querySelector('.held').textContent === '2 more words ready'");
		browser.button("Resume").click();
		browser.untilStatus("Done");
		assertThat(PageSteps.answerHtml(browser)).isEqualTo(this.answer.html());
	}

	@Test
	void findsEverythingAfterAReloadWhilePaused() {
		browser.button("Pause").click();
		this.answer.writeParagraphs(3, 5);
		browser.driver().navigate().refresh();
		browser.untilText("Paragraph 4");
		endAndCompare();
	}

	@Test
	void stopsWhilePaused() {
		browser.button("Pause").click();
		this.answer.writeParagraphs(3, 5);
		browser.button("Stop").click();
		browser.untilStatus("Stopped");
		assertThat(PageSteps.answerHtml(browser)).isEqualTo(this.answer.html());
	}

	@Test
	void goesOnAfterTheNetworkWasAway() {
		browser.offline(true);
		browser.untilStatus("You are offline.");
		this.answer.cut();
		this.answer.writeParagraphs(3, 5);
		browser.offline(false);
		browser.untilText("Paragraph 4");
		endAndCompare();
	}

	private String openSecondTab() {
		String address = browser.driver().getCurrentUrl();
		browser.driver().switchTo().newWindow(WindowType.TAB);
		browser.driver().get(address);
		browser.untilText("Paragraph 2");
		return browser.driver().getWindowHandle();
	}

	private void endAndCompare() {
		this.answer.complete();
		browser.untilStatus("Done");
		assertThat(PageSteps.answerHtml(browser)).isEqualTo(this.answer.html());
		assertThat(browser.find("[role=alert]").getText()).isEmpty();
		assertThat(List.of("Pause", "Resume", "Stop")).allMatch((name) -> !browser.button(name).isDisplayed());
	}

}
