package dev.runnel.page;

import java.util.ArrayList;
import java.util.List;

import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.UpstreamFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Accessibility of the page: names and roles, contrast, narrow screens, reduced motion.
 */
class AccessibilityPageTests extends ScriptedPage {

	@ParameterizedTest
	@ValueSource(strings = { "light", "dark" })
	void breaksNoRuleWhileEmpty(String scheme) {
		browser.media("prefers-color-scheme", scheme);
		assertNoViolations();
	}

	@ParameterizedTest
	@ValueSource(strings = { "light", "dark" })
	void breaksNoRuleWhileAndAfterAnAnswer(String scheme) {
		browser.media("prefers-color-scheme", scheme);
		ScriptedStream answer = richAnswer();
		assertNoViolations();
		answer.complete(ScriptedStream.Facts.tokens(12).because(FinishReason.LENGTH));
		browser.untilIdle();
		assertNoViolations();
	}

	@ParameterizedTest
	@ValueSource(strings = { "light", "dark" })
	void breaksNoRuleWithAnError(String scheme) {
		browser.media("prefers-color-scheme", scheme);
		richAnswer().fail("interrupted", "The model stopped in mid-sentence.");
		browser.untilIdle();
		assertNoViolations();
	}

	@ParameterizedTest
	@ValueSource(ints = { 320, 360, 640 })
	void needsNoSidewaysScrolling(int width) {
		browser.size(width, 640);
		assertNoSidewaysScrolling();
		ScriptedStream answer = richAnswer();
		assertNoSidewaysScrolling();
		answer.fail("interrupted", "The model stopped in mid-sentence.");
		browser.untilIdle();
		assertNoSidewaysScrolling();
		assertThat(browser.find("#message").isDisplayed()).isTrue();
	}

	@Test
	void lettersOfTwiceTheSizeNeedNoSidewaysScrolling() {
		richAnswer();
		browser.script("document.documentElement.style.fontSize = '200%'");
		assertNoSidewaysScrolling();
		browser.size(640, 450);
		assertNoSidewaysScrolling();
		assertThat(browser.find("#message").isDisplayed()).isTrue();
	}

	@Test
	void forcedColoursKeepBordersAndTheRingOfTheFocus() {
		browser.media("forced-colors", "active");
		richAnswer().complete();
		browser.untilIdle();
		assertThat(browser.<Boolean>script("return matchMedia('(forced-colors: active)').matches")).isTrue();
		assertThat(withoutLine(".box, .said, .buttons button, .prose pre, .prose :not(pre) > code", "border-top"))
			.isEmpty();
		List<String> without = new ArrayList<>();
		for (int step = 0; step < 12; step++) {
			browser.type(Keys.TAB);
			without.addAll(withoutLine(":focus", "outline"));
		}
		assertThat(without).isEmpty();
	}

	/** The visible elements without this kind of line around them. */
	private static List<String> withoutLine(String selector, String line) {
		return browser.script(
				"""
						return [...document.querySelectorAll(arguments[0])].filter((one) => one.checkVisibility()).filter((one) => {
							const style = getComputedStyle(one);
							return style.getPropertyValue(`${arguments[1]}-style`) === 'none' || !parseFloat(style.getPropertyValue(`${arguments[1]}-width`));
						}).map((one) => one.outerHTML)""",
				selector, line);
	}

	/** Contrast as in WCAG 2.2, success criterion 1.4.11. */
	@ParameterizedTest
	@ValueSource(strings = { "light", "dark" })
	void bordersOfInputsStandOutFromThePage(String scheme) {
		browser.media("prefers-color-scheme", scheme);
		PageSteps.openSettings(browser);
		assertThat(browser.<List<Number>>script(
				"""
						const luminance = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
							.map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
							.reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0.05);
						const paper = luminance(getComputedStyle(document.body).backgroundColor);
						return [...document.querySelectorAll('#settings .field :is(input, select, textarea), .box')]
							.map((one) => getComputedStyle(one)).filter((style) => style.borderTopStyle !== 'none' && style.borderTopWidth !== '0px')
							.map((style) => luminance(style.borderTopColor)).map((edge) => Math.max(edge, paper) / Math.min(edge, paper));"""))
			.hasSizeGreaterThan(6)
			.allMatch((contrast) -> contrast.doubleValue() >= 3);
	}

	@Test
	void showsAllOfATimeToThoseWhoComeByKeyboard() {
		richAnswer().complete();
		browser.untilIdle();
		String shown = "return getComputedStyle(document.querySelector('article time'), '::after').content";
		assertThat(browser.<String>script(shown)).isEqualTo("none");
		browser.type(Keys.chord(Keys.SHIFT, Keys.TAB));
		browser.until("document.activeElement.closest('.turn')");
		browser.script("document.querySelector('article [data-action=edit]').focus()");
		assertThat(browser.<String>script(shown)).isNotEqualTo("none");
		assertThat(browser.<String>script("return document.querySelector('article time').title"))
			.hasSizeGreaterThan(15);
	}

	@Test
	void aPointerLeavesTimesAsTheyAre() {
		richAnswer().complete();
		browser.untilIdle();
		String shown = "return getComputedStyle(document.querySelector('article time'), '::after').content";
		browser.find("article [data-action=copy-question]").click();
		assertThat(browser.<Boolean>script("return Boolean(document.activeElement.closest('.turn'))")).isTrue();
		assertThat(browser.<String>script(shown)).isEqualTo("none");
	}

	@Test
	void selectionAcrossTurnsHoldsOnlyTheTexts() {
		browser.send("Tell me");
		ScriptedStream answer = site.chat().asked();
		answer.write(0, "<p>Once.</p>\n");
		answer.write(1, "<pre><code class=\"language-java\">int runnel = 1;\n</code></pre>\n");
		answer.complete(ScriptedStream.Facts.tokens(12));
		browser.untilStatus("Done");
		String selected = browser.script(
				"getSelection().selectAllChildren(document.getElementById('turns'));return getSelection().toString()");
		assertThat(selected).contains("Tell me", "Once.", "int runnel = 1;")
			.doesNotContain("Copy", "Wrap", "Regenerate", "Edit", "12 tokens");
	}

	@Test
	void eachBlockHasADirectionOfItsOwn() {
		browser.send("Tell me");
		ScriptedStream answer = site.chat().asked();
		answer.write(0, "<p>One.</p>\n");
		answer.write(1, "<p>\u05d0\u05d7\u05d3.</p>\n");
		browser.untilText("\u05d0\u05d7\u05d3");
		assertThat(browser.<List<Boolean>>script("""
				return [...document.querySelectorAll('.prose p')].map((block) => {
					const range = document.createRange();
					range.selectNodeContents(block);
					const [words, place] = [range.getBoundingClientRect(), block.getBoundingClientRect()];
					return words.left - place.left < place.right - words.right;
				})""")).containsExactly(true, false);
	}

	@Test
	void isSilentWhileTextComesAndSpeaksAtTheEdges() {
		browser.script("""
				window.said = [];
				const status = document.querySelector('[role=status]');
				new MutationObserver(() => window.said.push(status.textContent))
					.observe(status, { childList: true, characterData: true, subtree: true });""");
		ScriptedStream answer = richAnswer();
		answer.writeParagraphs(8, 30);
		browser.untilText("Paragraph 29");
		assertThat(browser.find("#conversation").getDomAttribute("aria-live")).isEqualTo("off");
		answer.complete();
		browser.untilStatus("Done");
		assertThat(browser.find("#conversation").getDomAttribute("aria-busy")).isEqualTo("false");
		assertThat(browser.<List<String>>script("return window.said")).containsExactly("Waiting for the model…",
				"Writing…", "Done");
	}

	@Test
	void namesWhatProgramsAndScreenReadersLookFor() {
		richAnswer();
		assertThat(browser.find("textarea").getAccessibleName()).isEqualTo("Message");
		assertThat(browser.find("[role=log]").getAccessibleName()).isEqualTo("Chat");
		assertThat(browser.<Long>script(
				"""
						return [...document.querySelectorAll('[role=status]')].filter((one) => one.checkVisibility()).length"""))
			.isEqualTo(1);
		assertThat(PageSteps.count(browser, "[role=alert]")).isEqualTo(1);
		assertThat(PageSteps.count(browser, "article[data-role=user] ~ article[data-role=assistant]")).isEqualTo(1);
	}

	@Test
	void movesNothingForThoseWhoAskForThat() {
		browser.media("prefers-reduced-motion", "reduce");
		richAnswer();
		assertThat(browser
			.<Number>script("return document.getAnimations().filter((one) => one.playState === 'running').length"))
			.isEqualTo(0L);
	}

	@Test
	void everyButtonIsLargeEnough() {
		richAnswer();
		assertThat(browser.<List<String>>script("""
				return [...document.querySelectorAll('button, select, summary, nav a')]
					.filter((one) => one.checkVisibility())
					.filter((one) => one.offsetHeight < 24 || one.offsetWidth < 24)
					.map((one) => one.outerHTML)""")).isEmpty();
	}

	@Test
	void aRememberedThemeIsThereBeforeTheFirstPaint() {
		browser.button("Settings").click();
		browser.until("document.querySelector('dialog[open] [value=dark]')");
		browser.find("dialog [value=dark]").click();
		browser.until("document.documentElement.dataset.theme === 'dark'");
		browser.driver().navigate().refresh();
		assertThat(browser.<String>script("return getComputedStyle(document.documentElement).colorScheme"))
			.isEqualTo("dark");
		assertNoViolations();
	}

	private static ScriptedStream richAnswer() {
		browser.send("Show me everything, with anextraordinarilylongwordthatdoesnotfitonanarrowscreenatall");
		ScriptedStream answer = site.chat().asked();
		answer.fallBack(UpstreamFailure.Kind.UNAVAILABLE);
		answer.write(0, "<h2>Title</h2>\n");
		answer.write(1,
				"<p>A <strong>bold</strong> <a href=\"https://example.org/\">link</a> and <code>code</code>.</p>\n");
		answer.write(2, "<pre><code class=\"language-java\">int x = 1; // " + "long ".repeat(60) + "\n</code></pre>\n");
		answer.write(3, "<ul>\n<li>one\n<ul>\n<li>two</li>\n</ul>\n</li>\n</ul>\n");
		answer.write(4, "<table>\n<thead>\n<tr>\n" + "<th>Column</th>\n".repeat(12) + "</tr>\n</thead>\n</table>\n");
		answer.write(5, "<blockquote>\n<p>Quoted</p>\n</blockquote>\n");
		answer.write(6, "<p>" + "w".repeat(200) + "</p>\n");
		answer.write(7, "<p>The last words.</p>\n");
		browser.untilText("The last words.");
		return answer;
	}

	private static void assertNoViolations() {
		assertThat(BrokenRules.in(browser)).isEmpty();
	}

	private static void assertNoSidewaysScrolling() {
		browser.untilPainted();
		assertThat(browser.<List<String>>script("""
				const wide = [document.scrollingElement, document.getElementById('conversation')]
					.filter((one) => one.scrollWidth > one.clientWidth);
				return wide.map((one) => `${one.tagName} ${one.scrollWidth} > ${one.clientWidth}`)""")).isEmpty();
	}

}
