package dev.runnel.page;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.runnel.conversation.ConversationId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Alert;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dialogs for the model, the settings and the keys, and the effects of the settings.
 */
class DialogPageTests extends ScriptedPage {

	private static final String BADGE_IS_BESIDE_THE_NAME = """
			const [name, badge, about] = ['.name', '.local', '.about'].map((selector) =>
				document.querySelector('.choose:has(.local:not([hidden]))').querySelector(selector).getBoundingClientRect());
			return badge.top < name.bottom && badge.left > name.right && about.top >= name.bottom;""";

	private static final String INPUTS_BESIDE_THEIR_SEGMENTS = """
			const placeIn = (element, border) => {
				const { x, y, width, height } = element.getBoundingClientRect();
				return [x + border, y + border, width - 2 * border, height - 2 * border].map(Math.round).join(' ');
			};
			const placeOfSegment = (label) => placeIn(label, label.clientLeft);
			return [...document.querySelectorAll('.choices fieldset input')]
				.filter((input) => placeIn(input, 0) !== placeOfSegment(input.closest('label')))
				.map((input) => `${placeIn(input, 0)} in ${placeOfSegment(input.closest('label'))}`);""";

	@ParameterizedTest
	@CsvSource({ "light,1280", "dark,1280", "light,320" })
	void noDialogBreaksARuleOrTheWidth(String scheme, int width) {
		browser.media("prefers-color-scheme", scheme);
		browser.size(width, 640);
		for (CharSequence keys : List.of(Keys.chord(Keys.CONTROL, ","), Keys.chord(Keys.CONTROL, "/"))) {
			browser.type(keys);
			assertDialogIsGood();
			browser.type(Keys.ESCAPE);
			browser.until("!document.querySelector('dialog[open]') && document.activeElement.id === 'message'");
		}
		browser.find(".model-choice").click();
		browser.until("document.querySelector('.model-row')");
		assertDialogIsGood();
		assertThat(browser.console()).isEmpty();
	}

	@Test
	void onATouchScreenEveryControlIsLargeEnough() {
		browser.phone();
		browser.driver().navigate().refresh();
		browser.until("document.querySelector('.model-choice')?.checkVisibility()");
		assertControlsAreLarge("#box");
		browser.script("document.querySelector('.model-choice').click()");
		browser.until("document.querySelector('.model-row')");
		assertControlsAreLarge("dialog[open]");
		browser.script("document.querySelector('dialog[open]').close()");
		PageSteps.openSettings(browser);
		assertControlsAreLarge("dialog[open]");
		browser.script("document.querySelector('dialog[open]').close()");
		browser.script("document.getElementById('open-preferences').click()");
		browser.until("document.querySelector('dialog.preferences[open]')");
		assertControlsAreLarge("dialog[open]");
	}

	@Test
	void theFocusRingOfASegmentIsWhereTheSegmentIs() {
		browser.script("document.getElementById('open-preferences').click()");
		browser.until("document.querySelector('dialog.preferences[open]')");
		assertThat(browser.<List<String>>script(INPUTS_BESIDE_THEIR_SEGMENTS)).isEmpty();
	}

	/** A box to tick is as large as its label. */
	private static void assertControlsAreLarge(String place) {
		assertThat(browser.<List<String>>script("""
				return [...document.querySelector(arguments[0]).querySelectorAll('button, a, input, select, textarea')]
					.filter((one) => one.checkVisibility())
					.map((one) => (one.matches('[type=checkbox], [type=radio]') ? one.closest('label') : one))
					.filter((one) => one.offsetWidth < 44 || one.offsetHeight < 44)
					.map((one) => `${one.outerHTML} ${one.offsetWidth} x ${one.offsetHeight}`)""", place)).isEmpty();
	}

	@Test
	void aModelIsFoundByKeyboardAndRemembered() {
		browser.find(".model-choice").sendKeys(Keys.ENTER);
		browser.until("document.activeElement.type === 'search'");
		browser.until("document.querySelectorAll('.model-row').length === 3");
		assertThat(browser.find(".models").getText()).contains("All models", "Large Model",
				"128K context · $2.00 / $4.00 per 1M · Reasoning · Vision · Tools");
		assertThat(browser.find(".default .choose").getText()).contains("Default – Small Model");
		assertThat(
				browser.<String>script("return document.querySelector('[value=\"=free/model\"] .about').textContent"))
			.isEqualTo("32K context · Free");
		browser.type("lar");
		browser.until("document.querySelectorAll('.model-row').length === 1");
		browser.type(Keys.ARROW_DOWN, Keys.TAB, Keys.SPACE);
		browser.until("document.querySelector('.models h3').textContent === 'Favorites'");
		assertThat(browser.find(".star").getAccessibleName()).isEqualTo("Favorite: Large Model");
		browser.type(Keys.chord(Keys.SHIFT, Keys.TAB), Keys.ENTER);
		browser.until("!document.querySelector('dialog[open]') && document.activeElement.id === 'message'");
		assertThat(browser.find(".model-choice").getAccessibleName()).isEqualTo("Model: Large Model");
		browser.find(".model-choice").sendKeys(Keys.ENTER);
		browser.until("document.querySelector('.choose[aria-current=true]')?.innerText.includes('Large Model')");
		browser.find(".filters [value=free]").click();
		browser.until("document.querySelectorAll('.model-row').length === 1");
		browser.find("dialog [value='=free/model']").click();
		browser.until("document.querySelector('.model-choice').innerText.endsWith('Free Model')");
		browser.find("#message").sendKeys("Hi", Keys.ENTER);
		assertThat(site.chat().asked().question).containsEntry("model", "free/model");
	}

	@Test
	void arrowsReachTheDefaultModelToo() {
		browser.find(".model-choice").click();
		browser.until("document.querySelectorAll('.model-row').length === 3");
		browser.find("dialog [value='=free/model']").click();
		browser.until("document.querySelector('.model-choice').innerText.endsWith('Free Model')");
		browser.find(".model-choice").sendKeys(Keys.ENTER);
		browser.until("document.querySelectorAll('.model-row').length === 3");
		browser.until("document.activeElement.type === 'search'");
		browser.type(Keys.ARROW_DOWN);
		browser.until("document.activeElement.matches('.default .choose')");
		browser.type(Keys.ARROW_DOWN);
		browser.until("document.activeElement.matches('.model-row .choose')");
		browser.type(Keys.ARROW_UP, Keys.ENTER);
		browser.until("!document.querySelector('dialog[open]')");
		browser.until("document.querySelector('.model-choice').innerText.endsWith('Small Model')");
		browser.find("#message").sendKeys("Hi", Keys.ENTER);
		assertThat(site.chat().asked().question).doesNotContainKey("model");
	}

	@Test
	void modelsStandBelowTheirServicesAndTheOwnNetworkHasABadge() {
		site.chat().hasLocalService = true;
		browser.driver().navigate().refresh();
		browser.find(".model-choice").click();
		browser.until("document.querySelectorAll('.model-row').length === 4");
		assertThat(browser.<List<String>>script(
				"return [...document.querySelectorAll('.models h3')].map((heading) => heading.textContent)"))
			.containsExactly("OpenRouter", "local");
		assertThat(browser.find(".away").getText()).isEqualTo("Can’t be reached: other · Still loading: slow");
		assertThat(browser.<Boolean>script(BADGE_IS_BESIDE_THE_NAME)).isTrue();
		assertThat(browser.find(".found .again").isDisplayed()).isTrue();
		assertThat(browser.find("[value='=local/small/model']").getText()).contains("small/model", "Own network",
				"local");
		assertThat(browser.find("[value='=small/model']").getText()).contains("OpenRouter")
			.doesNotContain("Own network");
		assertDialogIsGood();
		browser.find(".filters [value=local]").click();
		browser.until("document.querySelectorAll('.model-row').length === 1");
		assertThat(browser.find(".model-choice").getText()).doesNotContain("Own network");
		browser.find("dialog [value='=local/small/model']").click();
		browser.until("!document.querySelector('dialog[open]')");
		browser.until("document.querySelector('.model-choice').innerText.includes('Own network')");
		browser.find("#message").sendKeys("Hi", Keys.ENTER);
		assertThat(site.chat().asked().question).containsEntry("model", "local/small/model");
	}

	@Test
	void modelsStandBelowTheirMakers() {
		site.chat().hasMakers = true;
		browser.driver().navigate().refresh();
		browser.find(".model-choice").click();
		browser.until("document.querySelectorAll('.model-row').length === 6");
		assertThat(browser.<List<String>>script("""
				return [...document.querySelectorAll('.models :is(h3, .name)')].map((one) => one.textContent)"""))
			.containsExactly("Acme", "Acme: One", "Old One", "Zeta", "Zeta: One", "Other models", "Small Model",
					"Large Model", "Free Model");
		assertDialogIsGood();
		browser.type("old one", Keys.ENTER);
		browser.until("document.querySelector('.model-choice').innerText.endsWith('Old One')");
	}

	@Test
	void aServiceThatHasComeUpIsSeenWithoutAReload() {
		browser.find(".model-choice").click();
		browser.until("document.querySelectorAll('.model-row').length === 3");
		assertThat(browser.find(".filters [value=local]").isDisplayed()).isFalse();
		assertThat(browser.find(".models").getText()).doesNotContain("OpenRouter", "Own network");
		browser.type(Keys.ESCAPE);
		browser.until("!document.querySelector('dialog[open]')");
		site.chat().hasLocalService = true;
		browser.find(".model-choice").click();
		browser.until("document.querySelectorAll('.model-row').length === 4");
	}

	@Test
	void aListThatCannotBeHadIsSaidAndAskedForAgain() {
		site.chat().hasModels = false;
		browser.driver().navigate().refresh();
		browser.find(".model-choice").click();
		browser.until("document.querySelector('.found .count').textContent.startsWith('Couldn’t load the models.')");
		assertThat(browser.find(".found").getText()).contains("No list now.");
		site.chat().hasModels = true;
		browser.find(".found .again").click();
		browser.until("document.querySelectorAll('.model-row').length === 3");
		assertThat(browser.find(".found .again").isDisplayed()).isFalse();
	}

	@Test
	void settingsHoldAtOnceAndAreRemembered() {
		browser.type(Keys.chord(Keys.CONTROL, ","));
		browser.until("document.querySelector('dialog.preferences')");
		Number before = browser.script("return parseFloat(getComputedStyle(document.documentElement).fontSize)");
		for (String choice : List.of("[name=theme][value=dark]", "[name=size][value=large]", "[name=width][value=wide]",
				"[name=enter][value=breaks]", "[name=typing]")) {
			browser.find("dialog " + choice).click();
		}
		assertThat(look()).containsEntry("theme", "dark").containsEntry("size", "large").containsEntry("width", "wide");
		Number after = browser.script("return parseFloat(getComputedStyle(document.documentElement).fontSize)");
		assertThat(after.doubleValue()).isGreaterThan(before.doubleValue());
		browser.driver().navigate().refresh();
		browser.until("document.activeElement?.id === 'message'");
		assertThat(look()).containsEntry("theme", "dark").containsEntry("size", "large").containsEntry("width", "wide");
		browser.type("one", Keys.ENTER, "two");
		assertThat(site.chat().wasAskedAgain()).isFalse();
		browser.type(Keys.chord(Keys.CONTROL, Keys.ENTER));
		assertThat(site.chat().asked().question).containsEntry("message", "one\ntwo");
	}

	@Test
	void saysThatChatsAreTiedToTheBrowserWhereNobodySignsIn() {
		browser.type(Keys.chord(Keys.CONTROL, ","));
		browser.until("document.querySelector('dialog.preferences')");
		assertThat(browser.find("dialog .tied").getText()).startsWith("Your chats are tied to this browser.");
	}

	@Test
	void instructionsHoldForNewChatsAndAreNotLostByEscape() {
		browser.find("#message").sendKeys("Hello");
		browser.type(Keys.chord(Keys.CONTROL, ","));
		browser.until("document.activeElement.name === 'theme'");
		browser.find("dialog [name=instructions]").sendKeys("Answer in rhyme.", Keys.ESCAPE);
		browser
			.until("!document.querySelector('dialog[open]') && document.getElementById('instructed').checkVisibility()"
					+ " && document.activeElement?.id === 'message'");
		browser.type(Keys.ENTER);
		ScriptedStream answer = site.chat().asked();
		assertThat(answer.question).containsEntry("message", "Hello").containsEntry("system", "Answer in rhyme.");
		answer.complete();
		browser.untilIdle();
		PageSteps.openNew(browser, site);
		browser.send("Again");
		assertThat(site.chat().asked().question).containsEntry("system", "Answer in rhyme.");
	}

	@Test
	void allChatsAreDeletedOnceThatIsConfirmed() {
		ConversationId one = site.chat().conversations.keep("One", Instant.now());
		ConversationId other = site.chat().conversations.keep("Other", Instant.now());
		browser.driver().navigate().refresh();
		browser.until("document.activeElement?.id === 'message'");
		askToDeleteAll().dismiss();
		browser.untilPainted();
		assertThat(site.chat().conversations.deleted).isEmpty();
		askToDeleteAll().accept();
		browser.until("location.pathname === '/ai-demo' && document.querySelectorAll('#entries .entry').length === 0");
		assertThat(site.chat().conversations.deleted).containsExactlyInAnyOrder(one, other);
	}

	private static Alert askToDeleteAll() {
		browser.type(Keys.chord(Keys.CONTROL, ","));
		browser.until("document.querySelector('dialog.preferences')");
		browser.find("dialog [value=delete]").click();
		return new WebDriverWait(browser.driver(), Duration.ofSeconds(20)).until(ExpectedConditions.alertIsPresent());
	}

	@Test
	void theLanguageOfTheBrowserCanBeOverridden() {
		browser.type(Keys.chord(Keys.CONTROL, ","));
		browser.until("document.querySelector('dialog.preferences')");
		browser.script("""
				const choice = document.querySelector('dialog [name=language]');
				choice.value = 'ar';
				choice.dispatchEvent(new Event('change', { bubbles: true }));""");
		assertThat(browser.find("dialog.preferences").isDisplayed()).isTrue();
		browser.type(Keys.ESCAPE);
		try {
			browser.until("document.documentElement.lang === 'ar' && document.documentElement.dir === 'rtl'"
					+ " && document.activeElement?.id === 'message'");
			browser.type(Keys.chord(Keys.CONTROL, "/"));
			assertDialogIsGood();
			browser.type(Keys.ESCAPE);
			browser.find(".model-choice").click();
			browser.until("document.querySelector('.model-row')");
			assertDialogIsGood();
			assertThat(browser.<Boolean>script("""
					const box = (selector) => document.querySelector(selector).getBoundingClientRect();
					return box('.star').right < box('.model-row .choose').right
						&& getComputedStyle(document.querySelector('dialog h2')).direction === 'rtl'""")).isTrue();
		}
		finally {
			browser.driver().manage().deleteCookieNamed("lang");
		}
	}

	@Test
	void keysOpenTheirListAndCanBeTurnedOff() {
		browser.find("#conversation").sendKeys("?");
		browser.until("document.querySelector('dialog.shortcuts')");
		browser.type(Keys.ESCAPE);
		browser.until("!document.querySelector('dialog[open]')");
		browser.find("#message").sendKeys("?");
		browser.untilPainted();
		assertThat(browser.find("#message").getDomProperty("value")).isEqualTo("?");
		assertThat(PageSteps.count(browser, "dialog[open]")).isZero();
		browser.script("localStorage.setItem('runnel.keys', 'false')");
		browser.find("#conversation").sendKeys("?");
		browser.untilPainted();
		assertThat(PageSteps.count(browser, "dialog[open]")).isZero();
	}

	@Test
	void keysReachWhatButtonsDo() {
		browser.driver()
			.executeCdpCommand("Browser.grantPermissions",
					Map.of("permissions", new Object[] { "clipboardReadWrite", "clipboardSanitizedWrite" }));
		browser.type(Keys.chord(Keys.CONTROL, Keys.SHIFT, ";"));
		browser.untilStatus("Nothing to copy");
		browser.send("Code");
		ScriptedStream answer = site.chat().asked();
		answer.write(0, "<pre><code>first\n</code></pre>\n");
		answer.write(1, "<pre><code>last\n</code></pre>\n");
		answer.complete();
		browser.untilStatus("Done");
		browser.type(Keys.chord(Keys.CONTROL, Keys.SHIFT, ";"));
		browser.untilStatus("Copied");
		assertThat(clipboard()).isEqualTo("last\n");
		browser.type(Keys.chord(Keys.CONTROL, Keys.SHIFT, "c"));
		PageSteps.eventually(() -> assertThat(clipboard()).isEqualTo("word word "));
		browser.find("#conversation").sendKeys(Keys.chord(Keys.SHIFT, Keys.ESCAPE));
		browser.until("document.activeElement.id === 'message'");
		browser.type(Keys.chord(Keys.CONTROL, Keys.SHIFT, "o"));
		browser.until("location.pathname === '/ai-demo' && document.querySelector('.welcome')?.checkVisibility()");
	}

	@Test
	void keysPauseAnAnswerAndMakeAChatTemporary() {
		browser.type(Keys.chord(Keys.CONTROL, Keys.SHIFT, "e"));
		browser.until("document.getElementById('temporary').getAttribute('aria-pressed') === 'true'");
		browser.type(Keys.chord(Keys.CONTROL, Keys.SHIFT, "e"));
		browser.until("document.getElementById('temporary').getAttribute('aria-pressed') === 'false'");
		browser.type(Keys.chord(Keys.CONTROL, Keys.SHIFT, "."));
		browser.send("Count");
		ScriptedStream answer = site.chat().asked();
		answer.write(0, "<p>One, two</p>\n");
		browser.untilStatus("Writing…");
		browser.type(Keys.chord(Keys.CONTROL, Keys.SHIFT, "."));
		browser.untilStatus("Paused");
		browser.type(Keys.chord(Keys.CONTROL, Keys.SHIFT, "."));
		browser.untilStatus("Writing…");
		answer.complete();
		browser.untilIdle();
	}

	private static Object clipboard() {
		return browser.driver()
			.executeAsyncScript(
					"navigator.clipboard.readText().then(arguments[0], (error) => arguments[0](String(error)))");
	}

	private static Map<String, Object> look() {
		return browser.script("return { ...document.documentElement.dataset }");
	}

	@Test
	void aDialogThatCouldNotBeLoadedOpensOnceItCan() {
		browser.block("*/preferences-dialog.js*");
		browser.button("Settings").click();
		browser.until("document.querySelector('[role=status]').textContent.includes('cannot be reached')");
		browser.block();
		browser.button("Settings").click();
		browser.until("document.querySelector('dialog[open]')");
		browser.console();
	}

	@Test
	void theSecondClickOfADoubleOneDoesNotCloseADialog() {
		for (String opener : List.of(".model-choice", ".model-choice", "#open-settings")) {
			new Actions(browser.driver()).doubleClick(browser.find(opener)).perform();
			browser.until("document.querySelector('dialog[open]')");
			browser.untilPainted();
			assertThat(PageSteps.count(browser, "dialog[open]")).isEqualTo(1);
			browser.type(Keys.ESCAPE);
			browser.until("!document.querySelector('dialog[open]')");
		}
		browser.size(360, 640);
		new Actions(browser.driver()).doubleClick(browser.find("#open-sidebar")).perform();
		browser.untilPainted();
		assertThat(browser.find("#drawer").isDisplayed()).isTrue();
	}

	private static void assertDialogIsGood() {
		browser.until("document.querySelector('dialog[open]')");
		browser.untilPainted();
		assertThat(BrokenRules.in(browser)).isEmpty();
		assertThat(browser.<List<String>>script("""
				const dialog = document.querySelector('dialog[open]');
				return [document.scrollingElement, dialog, ...dialog.querySelectorAll('.models')]
					.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.className)""")).isEmpty();
	}

}
