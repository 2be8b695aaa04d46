package dev.runnel.page;

import java.math.BigDecimal;
import java.util.List;

import dev.runnel.upstream.Usage;
import dev.runnel.web.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.Select;

import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Edited questions, regenerated answers, and the switch between versions.
 */
class BranchPageTests extends ScriptedPage {

	@AfterEach
	void forgetLanguage() {
		browser.driver().manage().deleteCookieNamed("lang");
	}

	@Test
	void anEditedQuestionIsAnotherVersionBesideTheFirst() {
		ScriptedStream first = ask("What is a rill?", "A small stream.");
		browser.type(Keys.ARROW_UP);
		browser.until("document.activeElement.value === 'What is a rill?'");
		assertThat(browser.find("#turns > :first-child .edit").isDisplayed()).isTrue();
		assertThat(browser.find("#turns > :first-child .said").isDisplayed()).isFalse();
		browser.type(" And a runnel?", Keys.ENTER);
		ScriptedStream second = site.chat().asked();
		assertThat(second.question).containsEntry("parentId", first.userMessageId)
			.containsEntry("message", "What is a rill? And a runnel?");
		answer(second, "The same.");
		assertThat(browser.find("[data-role=user] .version").getText()).isEqualTo("2 of 2");
		browser.find("[data-role=user] [data-action=previous]").click();
		browser.untilText("A small stream.");
		assertThat(browser.find("#turns").getText()).doesNotContain("The same.");
		browser.until("document.activeElement.matches('[data-role=user] [data-action=next]')");
		browser.driver().navigate().refresh();
		browser.untilText("A small stream.");
		assertThat(browser.find("[data-role=user] [data-action=next]").isEnabled()).isTrue();
		browser.script("location.hash = 'm-" + second.userMessageId + "'");
		browser.untilText("The same.");
		assertThat(browser.find("[data-role=user] .version").getText()).isEqualTo("2 of 2");
		browser.until(
				"document.activeElement.matches('.turn.sought') && document.activeElement.id === location.hash.slice(1)");
		browser.script("dispatchEvent(new Event('blur')); dispatchEvent(new Event('focus'))");
		browser.find(".aside button").click();
		browser.untilText("A small stream.");
		browser.until("!document.querySelector('.aside') && location.hash === ''");
		assertThat(browser.find("[data-role=user] .version").getText()).isEqualTo("1 of 2");
	}

	@Test
	void editingALaterQuestionLeavesTheFirstAsItWas() {
		ask("What is a rill?", "A small stream.");
		ask("And a runnel?", "The same.");
		browser.driver().navigate().refresh();
		browser.until("document.activeElement?.id === 'message'");
		browser.type(Keys.ARROW_UP);
		browser.until("document.activeElement.value === 'And a runnel?'");
		browser.type(" In a word?", Keys.ENTER);
		answer(site.chat().asked(), "Small.");
		assertThat(browser.<List<Boolean>>script(
				"return [...document.querySelectorAll('[data-role=user] .versions')].map((part) => part.hidden)"))
			.containsExactly(true, false);
	}

	@Test
	void anEditOfAQuestionThatHasGoneIsANewQuestion() {
		ask("What is a rill?", "A small stream.");
		ask("And a runnel?", "The same.");
		browser.type(Keys.ARROW_UP);
		browser.until("document.activeElement.value === 'And a runnel?'");
		browser.find("[data-role=assistant] [data-action=regenerate]").click();
		ScriptedStream again = site.chat().asked();
		answer(again, "A brook.");
		assertThat(PageSteps.count(browser, "#turns .edit")).isZero();
		browser.until("document.activeElement.value === 'And a runnel?'");
		browser.type(Keys.ENTER);
		ScriptedStream next = site.chat().asked();
		assertThat(next.question).containsEntry("parentId", again.messageId);
		answer(next, "The same.");
		assertThat(browser.find("#turns").getText()).contains("A brook.", "And a runnel?");
	}

	@Test
	void draftReturnsAfterAnEdit() {
		ask("What is a rill?", "A small stream.");
		browser.type("Half a thought");
		browser.script("document.querySelector('[data-action=edit]').click()");
		browser.until("document.activeElement.value === 'What is a rill?'");
		browser.type(" Really?", Keys.ENTER);
		answer(site.chat().asked(), "Yes.");
		assertThat(browser.find("#message").getDomProperty("value")).isEqualTo("Half a thought");
	}

	@Test
	void aRefusedEditComesBackAndWhatWasLaidAsideToo() {
		ask("What is a rill?", "A small stream.");
		browser.type("Half a thought");
		browser.script("document.querySelector('[data-action=edit]').click()");
		browser.until("document.activeElement.value === 'What is a rill?'");
		site.chat().refuse(HttpStatus.BAD_REQUEST, ErrorCode.INVALID_REQUEST, "Not like this.");
		browser.type(" Really?", Keys.ENTER);
		browser.until("document.activeElement.value === 'What is a rill? Really?'");
		browser.type(Keys.ESCAPE);
		browser.until("document.activeElement.value === 'Half a thought'");
	}

	@Test
	void anEmptiedEditSendsNothingAndReplacesNothing() {
		ask("What is a rill?", "A small stream.");
		browser.type(Keys.ARROW_UP);
		browser.until("document.activeElement.value === 'What is a rill?'");
		browser.type(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE, Keys.ENTER);
		browser.untilPainted();
		assertThat(browser.find("#turns .edit [type=submit]").isEnabled()).isFalse();
		assertThat(site.chat().wasAskedAgain()).isFalse();
		browser.find("#turns .edit [type=button]").click();
		browser.until("document.activeElement.id === 'message' && !document.querySelector('#turns .edit')");
		assertThat(browser.find("[data-role=user] .said").getText()).isEqualTo("What is a rill?");
		browser.type("And a runnel?", Keys.ENTER);
		answer(site.chat().asked(), "The same.");
		assertThat(browser.find("#turns").getText()).contains("What is a rill?", "A small stream.", "And a runnel?");
	}

	@Test
	void onlyOneQuestionIsChangedAtATimeAndNoChangeIsLost() {
		ask("What is a rill?", "A small stream.");
		ask("And a runnel?", "The same.");
		edit(0);
		browser.until("document.activeElement.value === 'What is a rill?'");
		edit(1);
		browser.until("document.activeElement.value === 'And a runnel?'");
		browser.type(" Really?");
		edit(0);
		browser.until("document.activeElement.value === 'And a runnel? Really?'");
		assertThat(PageSteps.count(browser, "#turns .edit")).isEqualTo(1);
		assertNoViolations();
	}

	private static void edit(int question) {
		browser.script("document.querySelectorAll('#turns [data-action=edit]')[arguments[0]].click()", question);
	}

	@Test
	void steppingBackLeavesTheTurnWhereItWas() {
		ask("What is a rill?", "A small stream.");
		ask("How long is it?", "Long. ".repeat(2500).strip());
		browser.script("document.querySelector('#turns [data-role=user] [data-action=edit]').click()");
		browser.until("document.activeElement.value === 'What is a rill?'");
		browser.type(" And a runnel?", Keys.ENTER);
		answer(site.chat().asked(), "The same. ".repeat(1500).strip());
		browser.script("document.querySelector('[data-role=user] [data-action=previous]').focus()");
		double top = browser.<Number>script("return document.activeElement.getBoundingClientRect().top").doubleValue();
		browser.type(Keys.ENTER);
		browser.untilText("A small stream.");
		browser.until("document.activeElement.matches('[data-role=user] [data-action=next]')");
		assertThat(browser.<Number>script("return document.activeElement.getBoundingClientRect().top").doubleValue())
			.isCloseTo(top, within(20.0));
	}

	@Test
	void escapeLeavesTheEdit() {
		ask("What is a rill?", "A small stream.");
		browser.type(Keys.ARROW_UP);
		browser.until("document.activeElement.value === 'What is a rill?'");
		browser.type(" Really?", Keys.ESCAPE);
		browser.until("document.activeElement.id === 'message' && !document.querySelector('#turns .edit')");
		assertThat(browser.find("[data-role=user] .said").getText()).isEqualTo("What is a rill?");
		assertThat(site.chat().stopped).isEmpty();
	}

	@Test
	void anAnswerMadeAgainStandsBesideTheFirstAndBothCanBeCompared() {
		ScriptedStream first = ask("Name a river", "The Danube.");
		browser.find("[data-action=regenerate]").click();
		ScriptedStream second = site.chat().asked();
		assertThat(second.question).containsEntry("parentId", first.userMessageId)
			.containsEntry("message", "Name a river");
		answer(second, "The Rhine.");
		assertThat(browser.find("[data-role=assistant] .version").getText()).isEqualTo("2 of 2");
		browser.find("[data-action=compare]").click();
		browser.until("document.querySelectorAll('#versions > *').length === 2");
		assertThat(browser.find("#versions > :first-child").getText()).contains("1 of 2", "The Danube.")
			.doesNotContain("Current");
		assertThat(browser.find("#versions > :last-child").getText()).contains("2 of 2", "Current", "The Rhine.");
		browser.find("#versions > :first-child button").click();
		browser.untilText("The Danube.");
		assertThat(browser.find("#turns").getText()).doesNotContain("The Rhine.");
	}

	@Test
	void versionsAreHiddenAsAWholeWhileAnAnswerIsMade() {
		browser.send("Name a river");
		answer(site.chat().asked(), "The Danube.");
		browser.find("[data-action=regenerate]").click();
		answer(site.chat().asked(), "The Rhine.");
		assertThat(versionsSeen()).containsExactly("2 of 2");
		browser.send("And another?");
		ScriptedStream stream = site.chat().asked();
		stream.write(0, "<p>The Elbe.</p>\n");
		browser.untilStatus("Writing…");
		assertThat(versionsSeen()).isEmpty();
		stream.complete();
		browser.untilIdle();
		assertThat(versionsSeen()).containsExactly("2 of 2");
	}

	private static List<String> versionsSeen() {
		return browser.script("""
				return [...document.querySelectorAll('#turns .versions *')]
					.filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.textContent.trim())
					.map((one) => one.textContent)""");
	}

	@Test
	void codeIsColouredWhereVersionsAreCompared() {
		ScriptedStream first = askFor("Show me");
		first.write(0, "<pre><code class=\"language-java\">int runnel = 1;\n</code></pre>\n");
		first.complete();
		browser.untilStatus("Done");
		browser.find("[data-action=regenerate]").click();
		answer(site.chat().asked(), "No.");
		browser.find("[data-action=compare]").click();
		browser.until("document.querySelector('#versions code span')");
	}

	@Test
	void aStoppedAnswerGoesOnInItsOwnPlace() {
		browser.send("Count");
		ScriptedStream stopped = site.chat().asked();
		stopped.write(0, "<p>One, two</p>\n");
		browser.untilText("One, two");
		browser.button("Stop").click();
		browser.untilStatus("Stopped");
		browser.button("Continue").click();
		ScriptedStream more = site.chat().asked();
		assertThat(more.question).containsEntry("continueId", stopped.messageId).doesNotContainKey("message");
		assertThat(browser.find(".prose").getText()).isEqualTo("One, two");
		answer(more, "One, two, three.");
		assertThat(browser.find(".prose").getText()).isEqualTo("One, two, three.");
		assertThat(PageSteps.count(browser, "[data-role=assistant]")).isEqualTo(1);
		assertThat(browser.find("[data-action=continue]").isDisplayed()).isFalse();
	}

	@Test
	void saysWhatAllAnswersTookTogether() {
		for (int number = 1; number <= 2; number++) {
			browser.send("Count");
			ScriptedStream answer = site.chat().asked();
			answer.write(0, "<p>Yes</p>\n");
			answer
				.complete(ScriptedStream.Facts.tokens(5).with(new Usage(10L, 5L, null, null, new BigDecimal("0.001"))));
			browser.untilStatus("Done");
		}
		assertThat(browser.find(".total").getText()).isEqualTo("This chat: 30 tokens · $0.002");
	}

	@Test
	void nothingOfATemporaryChatIsStored() {
		browser.find("#message").sendKeys("A secret");
		browser.find(".temporary").click();
		browser.until("document.querySelector('.marked').checkVisibility()");
		browser.find("#message").sendKeys(Keys.ENTER);
		ScriptedStream answer = site.chat().asked();
		assertThat(answer.question).containsEntry("temporary", true);
		answer(answer, "Kept quiet.");
		assertThat(browser.driver().getCurrentUrl()).endsWith("/ai-demo");
		assertThat(browser.find(".marked").getText()).contains("won’t be saved");
		assertThat(PageSteps.count(browser, "#entries .entry")).isZero();
		assertThat(browser.<String>script("return JSON.stringify(localStorage)")).doesNotContain("secret");
	}

	@Test
	void leavingATemporaryChatAsksFirstOnceItHasText() {
		assertThat(asksBeforeLeaving()).isFalse();
		browser.find("#message").sendKeys("A secret");
		assertThat(asksBeforeLeaving()).isFalse();
		browser.find(".temporary").click();
		browser.until("document.querySelector('.marked').checkVisibility()");
		assertThat(asksBeforeLeaving()).isTrue();
		browser.find("#message").sendKeys(Keys.ENTER);
		answer(site.chat().asked(), "Kept quiet.");
		assertThat(browser.find("#message").getDomProperty("value")).isEmpty();
		assertThat(asksBeforeLeaving()).isTrue();
		PageSteps.openNew(browser, site);
		browser.send("No secret");
		answer(site.chat().asked(), "Kept.");
		assertThat(asksBeforeLeaving()).isFalse();
	}

	/** Whether the page makes the browser ask before it goes to another page. */
	private static boolean asksBeforeLeaving() {
		return browser.script("return !dispatchEvent(new Event('beforeunload', { cancelable: true }))");
	}

	@Test
	void settingsAreKeptWithTheConversationAndAsPresets() {
		PageSteps.openSettings(browser);
		browser.find("#system").sendKeys("Answer in rhyme.");
		browser.find("#temperature").sendKeys("1.5");
		keepPreset("Poet");
		browser.find("#settings [value=save]").click();
		browser.until("!document.getElementById('settings').open");
		browser.find("#message").sendKeys("Hello", Keys.ENTER);
		ScriptedStream answer = site.chat().asked();
		assertThat(answer.question).containsEntry("system", "Answer in rhyme.").containsEntry("temperature", 1.5);
		answer(answer, "Mellow.");
		browser.driver().navigate().refresh();
		browser.untilText("Mellow.");
		browser.until("document.querySelector('.facts') && document.querySelectorAll('.entry').length === 1");
		PageSteps.openSettings(browser);
		browser.until("document.getElementById('preset').options.length === 2");
		assertThat(browser.find("#system").getDomProperty("value")).isEqualTo("Answer in rhyme.");
	}

	@Test
	void settingsOfANewChatAreKeptUntilItBegins() {
		PageSteps.openSettings(browser);
		browser.find("#system").sendKeys("Answer in rhyme.");
		browser.find("#settings [value=save]").click();
		browser.until("!document.getElementById('settings').open");
		browser.driver().navigate().refresh();
		browser.until("document.activeElement?.id === 'message'");
		browser.send("Hello");
		ScriptedStream answer = site.chat().asked();
		assertThat(answer.question).containsEntry("system", "Answer in rhyme.");
		answer(answer, "Mellow.");
		PageSteps.openNew(browser, site);
		browser.send("Hello");
		assertThat(site.chat().asked().question).doesNotContainKey("system");
	}

	@Test
	void aClickBesideTheSettingsLosesNothing() {
		PageSteps.openSettings(browser);
		browser.find("#system").sendKeys("A long prompt");
		new Actions(browser.driver()).moveToLocation(5, 5).click().perform();
		browser.untilPainted();
		assertThat(browser.<Boolean>script("return document.getElementById('settings').open")).isTrue();
		assertThat(browser.find("#system").getDomProperty("value")).isEqualTo("A long prompt");
	}

	@Test
	void escapeLosesNothingThatWasTypedIntoTheSettings() {
		PageSteps.openSettings(browser);
		browser.until("document.activeElement.id === 'preset'");
		browser.find("#system").sendKeys("A long prompt", Keys.ESCAPE);
		browser.until("!document.getElementById('settings').open");
		browser.untilPainted();
		PageSteps.openSettings(browser);
		assertThat(browser.find("#system").getDomProperty("value")).isEqualTo("A long prompt");
		browser.find("#settings [value=cancel]").click();
		browser.until("!document.getElementById('settings').open");
		browser.untilPainted();
		PageSteps.openSettings(browser);
		assertThat(browser.find("#system").getDomProperty("value")).isEmpty();
	}

	@Test
	void aPresetCanBeThatOfAllNewChats() {
		PageSteps.openSettings(browser);
		browser.find("#system").sendKeys("Answer in rhyme.");
		keepPreset("Poet");
		browser.find("#preset-default input").click();
		browser.find("#settings [value=cancel]").click();
		PageSteps.openNew(browser, site);
		browser.until("document.getElementById('instructed').innerText === 'Poet'");
		browser.send("Hello");
		ScriptedStream answer = site.chat().asked();
		assertThat(answer.question).containsEntry("system", "Answer in rhyme.");
		answer(answer, "Mellow.");
		browser.driver().navigate().refresh();
		browser.until("document.getElementById('instructed')?.innerText === 'Poet'");
		browser.find("#drop-preset").click();
		browser.until("!document.getElementById('instructed').checkVisibility()"
				+ " && !document.getElementById('drop-preset').checkVisibility() && document.activeElement.id === 'message'");
		browser.send("Again");
		ScriptedStream again = site.chat().asked();
		assertThat(again.question.get("system")).isNull();
		answer(again, "Plain.");
		browser.driver().navigate().refresh();
		browser.until("document.activeElement?.id === 'message'");
		browser.until("document.querySelectorAll('#turns [data-role=user]').length === 2");
		assertThat(browser.find("#instructed").isDisplayed()).isFalse();
	}

	@Test
	void theChipNamesAPresetWithoutASystemPromptAndOwnSettings() {
		PageSteps.openSettings(browser);
		browser.find("#temperature").sendKeys("0.1");
		keepPreset("Sober");
		browser.find("#settings [value=save]").click();
		browser.until("document.getElementById('instructed').innerText === 'Sober'");
		PageSteps.openSettings(browser);
		browser.find("#temperature").sendKeys("5");
		browser.find("#settings [value=save]").click();
		browser.until("document.getElementById('instructed').innerText === 'Chat settings'");
		PageSteps.openSettings(browser);
		browser.find("#system").sendKeys("Answer in rhyme.");
		browser.find("#settings [value=save]").click();
		browser.until("document.getElementById('instructed').innerText === 'System prompt'");
	}

	@Test
	void theChipFollowsThePresetsAndTellsTwoSettingsOfOneValueApart() {
		PageSteps.openSettings(browser);
		browser.find("#temperature").sendKeys("1");
		browser.find("#settings [value=save]").click();
		browser.until("document.getElementById('instructed').innerText === 'Chat settings'");
		PageSteps.openSettings(browser);
		keepPreset("Warm");
		browser.until("document.getElementById('instructed').innerText === 'Warm'");
		browser.find("#temperature").clear();
		browser.find("#topP").sendKeys("1");
		browser.find("#settings [value=save]").click();
		browser.until("document.getElementById('instructed').innerText === 'Chat settings'");
	}

	@ParameterizedTest
	@CsvSource({ "en, 'Enter a number from 0 to 2.'", "de, Geben Sie eine Zahl von 0 bis 2 ein.",
			"ar, أدخل رقمًا من 0 إلى 2." })
	void saysAtASettingInTheReadersLanguageWhatIsWrongWithIt(String language, String problem) {
		browser.driver().get(site.url("/ai-demo?lang=" + language));
		browser.until("document.activeElement?.id === 'message'");
		PageSteps.openSettings(browser);
		browser.find("#temperature").sendKeys("7");
		browser.find("#maxTokens").sendKeys("1.5");
		browser.find("#settings [value=save]").click();
		browser.until("document.activeElement.id === 'temperature'");
		assertThat(browser.find("#temperature-problem").getText()).isEqualTo(problem);
		assertThat(browser.find("#temperature").getDomAttribute("aria-invalid")).isEqualTo("true");
		assertThat(browser.find("#maxTokens-problem").getText()).isNotEmpty();
		assertThat(browser.find("#topP-problem").isDisplayed()).isFalse();
		assertNoViolations();
		browser.type(Keys.BACK_SPACE, "1");
		browser.until("document.getElementById('temperature-problem').textContent === ''");
		browser.find("#maxTokens").clear();
		browser.find("#settings [value=save]").click();
		browser.until("!document.getElementById('settings').open");
	}

	@Test
	void aPresetNeedsANameAndAllowedSettings() {
		PageSteps.openSettings(browser);
		browser.find("#temperature").sendKeys("7");
		browser.find("#keep-preset").click();
		assertThat(browser.find("#settings-problem").getText()).isEqualTo("Enter a name for the preset.");
		browser.find("#preset-name").sendKeys("Hot");
		browser.find("#keep-preset").click();
		browser.until("document.activeElement.id === 'temperature'");
		assertThat(browser.find("#temperature-problem").getText()).isEqualTo("Enter a number from 0 to 2.");
	}

	private static void keepPreset(String name) {
		browser.find("#preset-name").sendKeys(name);
		browser.find("#keep-preset").click();
		browser.until("document.getElementById('preset').selectedOptions[0].text === arguments[0]", name);
	}

	@Test
	void aPresetThatHasANameIsKeptBySavingToo() {
		PageSteps.openSettings(browser);
		browser.find("#system").sendKeys("Answer in rhyme.");
		browser.find("#preset-name").sendKeys("Poet");
		browser.find("#settings [value=save]").click();
		browser.until("!document.getElementById('settings').open");
		PageSteps.openSettings(browser);
		browser.until("document.getElementById('preset').options.length === 2");
		assertThat(browser.find("#preset-name").getDomProperty("value")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "light", "dark" })
	void breaksNoRuleWithVersionsAndDialogs(String scheme) {
		browser.media("prefers-color-scheme", scheme);
		ask("Name a river", "The Danube.");
		browser.find("[data-action=regenerate]").click();
		answer(site.chat().asked(), "The Rhine.");
		assertNoViolations();
		browser.find("[data-action=compare]").click();
		browser.until("document.querySelectorAll('#versions > *').length === 2");
		assertNoViolations();
		browser.type(Keys.ESCAPE);
		PageSteps.openSettings(browser);
		assertNoViolations();
		assertThat(browser.console()).isEmpty();
	}

	@Test
	void aConversationKeepsTheModelThatWasChosenForIt() {
		browser.find("#message").sendKeys("Hello");
		pick("large/model");
		browser.type(Keys.ENTER);
		ScriptedStream first = site.chat().asked();
		assertThat(first.question).containsEntry("model", "large/model");
		answer(first, "Hi.");
		untilStored(first, "large/model");
		browser.find("#new-chat").click();
		browser.until(
				"document.querySelector('.page').dataset.id === undefined && document.activeElement?.id === 'message'");
		pick("small/model");
		browser.driver().get(site.url("/ai-demo/c/" + first.conversationId));
		browser.until("document.querySelector('.model-choice').textContent.includes('Large Model')");
		browser.send("And now?");
		assertThat(site.chat().asked().question).containsEntry("model", "large/model");
	}

	@Test
	void aModelChosenLaterIsTheConversationsOwn() {
		ScriptedStream first = ask("Hello", "Hi.");
		pick("large/model");
		untilStored(first, "large/model");
		browser.script("localStorage.clear()");
		browser.driver().navigate().refresh();
		browser.until("document.querySelector('.model-choice').textContent.includes('Large Model')");
		site.chat().hasModels = false;
		browser.driver().navigate().refresh();
		browser.until("document.querySelector('.model-choice bdi')?.textContent === 'Large Model'");
	}

	@Test
	void aPresetBringsItsModelAlong() {
		PageSteps.openSettings(browser);
		browser.find("#settings-model").click();
		browser.until("document.querySelector('dialog.picker [value=\"=large/model\"]')");
		browser.find("dialog.picker [value='=large/model']").click();
		browser.until("document.activeElement.id === 'settings-model'");
		assertThat(browser.find("#settings-model").getAccessibleName()).isEqualTo("Model Large Model");
		browser.find("#maxTokens").sendKeys("50");
		keepPreset("Short");
		browser.driver().navigate().refresh();
		browser.until("document.activeElement?.id === 'message'");
		PageSteps.openSettings(browser);
		browser.until("document.getElementById('preset').options.length === 2");
		new Select(browser.find("#preset")).selectByVisibleText("Short");
		browser.find("#settings [value=save]").click();
		browser.until("!document.getElementById('settings').open");
		browser.until("document.querySelector('.model-choice').textContent.includes('Large Model')");
		browser.find("#message").sendKeys("Hello", Keys.ENTER);
		assertThat(site.chat().asked().question).containsEntry("model", "large/model").containsEntry("maxTokens", 50);
	}

	@Test
	void aPresetIsChosenBesideTheModelsToo() {
		PageSteps.openSettings(browser);
		browser.find("#system").sendKeys("Answer in rhyme.");
		browser.find("#maxTokens").sendKeys("50");
		keepPreset("Poet");
		browser.find("#settings [value=cancel]").click();
		browser.until("!document.querySelector('dialog[open]')");
		assertThat(browser.find("#instructed").isDisplayed()).isFalse();
		browser.find(".model-choice").click();
		browser.until("document.querySelector('.picker .presets .choose')?.checkVisibility()");
		assertThat(browser.find(".picker .presets").getText()).isEqualTo("Presets\nPoet\nAnswer in rhyme.");
		assertNoViolations();
		browser.type("poe", Keys.ENTER);
		browser.until("!document.querySelector('dialog[open]') && document.activeElement.id === 'message'");
		browser.until("document.getElementById('instructed').innerText === 'Poet'");
		browser.type("Hello", Keys.ENTER);
		assertThat(site.chat().asked().question).containsEntry("system", "Answer in rhyme.")
			.containsEntry("maxTokens", 50)
			.doesNotContainKey("model");
	}

	private static void pick(String model) {
		browser.find(".model-choice").click();
		browser.until("document.querySelector('.picker .choose[value=\"=" + model + "\"]')");
		browser.find(".picker .choose[value='=" + model + "']").click();
		browser.until("!document.querySelector('.picker')");
		browser.find("#message").click();
	}

	private static void untilStored(ScriptedStream stream, String model) {
		PageSteps.eventually(() -> assertThat(browser.<String>script("""
				const read = new XMLHttpRequest();
				read.open('GET', `/api/conversations/${arguments[0]}`, false);
				read.send();
				return JSON.parse(read.responseText).settings.model;""", stream.conversationId)).isEqualTo(model));
	}

	private static ScriptedStream askFor(String question) {
		browser.send(question);
		return site.chat().asked();
	}

	private static ScriptedStream ask(String question, String answer) {
		ScriptedStream stream = askFor(question);
		answer(stream, answer);
		return stream;
	}

	private static void answer(ScriptedStream stream, String text) {
		stream.write(0, "<p>" + text + "</p>\n");
		stream.complete();
		browser.untilText(text);
		browser.untilStatus("Done");
	}

	private static void assertNoViolations() {
		assertThat(BrokenRules.in(browser)).isEmpty();
	}

}
