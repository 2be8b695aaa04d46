package dev.runnel.page;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The look of the page where a person would notice a mistake at once.
 */
class LookPageTests extends ScriptedPage {

	@Test
	void aDisabledButtonIsFilledAndHasNoOutline() {
		assertThat(browser.find("[type=submit]").isEnabled()).isFalse();
		assertThat(browser
			.<String>script("return getComputedStyle(document.querySelector('[type=submit]')).borderTopStyle"))
			.isNotEqualTo("dashed");
		assertThat(browser
			.<String>script("return getComputedStyle(document.querySelector('[type=submit]')).backgroundColor"))
			.isNotEqualTo("rgba(0, 0, 0, 0)");
	}

	@Test
	void theSideBarIsDarkerThanThePageInTheDark() {
		browser.media("prefers-color-scheme", "dark");
		assertThat(browser.<Boolean>script("""
				const light = (selector) => getComputedStyle(document.querySelector(selector)).backgroundColor
					.match(/\\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
				return light('.shelf') < light('html');""")).isTrue();
	}

	@Test
	void shortCellsAndCodeThatFitsALineStayInOneLine() {
		String prose = "A sentence that goes on for quite a while before it calls ";
		ask("<table>\n<thead>\n<tr>\n<th>Method</th>\n<th>Ratio</th>\n<th>Time</th>\n<th>Taste</th>\n</tr>\n</thead>\n"
				+ "<tbody>\n<tr>\n<td>Pour-over</td>\n<td>1 : 16</td>\n<td>3:00 min</td>\n<td>"
				+ "clear and long, ".repeat(30) + "</td>\n</tr>\n</tbody>\n</table>\n",
				"<p>" + prose.repeat(3) + "<code>hash(\"apple\") = 93029210 mod 16</code></p>\n");
		for (int width : new int[] { 1280, 700, 360 }) {
			browser.size(width, 800);
			browser.untilPainted();
			assertThat(browser.<Long>script(
					"""
							const lines = (element) => {
								const range = document.createRange();
								range.selectNodeContents(element);
								return new Set([...range.getClientRects()].map((line) => Math.round(line.top))).size;
							};
							return Math.max(...[...document.querySelectorAll('th, td:not(:last-child), .prose code')].map(lines))"""))
				.isEqualTo(1L);
		}
	}

	@Test
	void aShadeTellsThatCodeAndTablesGoOnBesideTheirEdges() {
		ask("<pre><code>" + "long ".repeat(80) + "\n</code></pre>\n",
				"<table>\n<thead>\n<tr>\n" + "<th>Column</th>\n".repeat(40) + "</tr>\n</thead>\n</table>\n");
		assertThat(browser.<List<String>>script("""
				return [...document.querySelectorAll('.prose :is(pre, table)')]
					.filter((one) => one.scrollWidth > one.clientWidth)
					.map((one) => getComputedStyle(one).backgroundAttachment)""")).hasSize(2)
			.allMatch((attachment) -> attachment.startsWith("local, local, scroll, scroll"));
	}

	@Test
	void aRingShowsTheFocusOfTheKeyboardAndNotThatOfTheMouse() {
		ask("<p>One</p>\n");
		browser.find("[data-action=copy-answer]").click();
		browser.until("document.activeElement.matches('[data-action=copy-answer]')");
		assertThat(ring()).startsWith("none");
		browser.type(Keys.TAB);
		browser.until("document.activeElement.matches('[data-action=regenerate]')");
		assertThat(ring()).isEqualTo("solid 2px");
	}

	/** The outline of the element that has the focus. */
	private static String ring() {
		return browser.script("""
				const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
				return `${outlineStyle} ${outlineWidth}`""");
	}

	@Test
	void beingOfflineHasAColourOfItsOwn() {
		browser.send("Count");
		ScriptedStream answer = site.chat().asked();
		answer.write(0, "<p>One, two</p>\n");
		browser.untilStatus("Writing…");
		String writing = colourOfStatus();
		browser.offline(true);
		browser.untilStatus("You are offline.");
		assertThat(colourOfStatus()).isNotEqualTo(writing);
		browser.offline(false);
	}

	private static String colourOfStatus() {
		return browser.script("return getComputedStyle(document.querySelector('.status')).color");
	}

	@Test
	void theEndOfAStoppedAnswerIsToldQuietly() {
		browser.send("Count");
		ScriptedStream answer = site.chat().asked();
		answer.write(0, "<p>One, two</p>\n");
		answer.stop();
		browser.untilIdle();
		assertThat(browser.<Boolean>script("""
				const colour = (selector) => getComputedStyle(document.querySelector(selector)).color;
				return colour('.ending') === colour('.status')""")).isTrue();
	}

	@Test
	void textFadesAwayAtBothEdgesAndCanBeClickedThere() {
		ask("<p>One</p>\n");
		assertThat(browser.<Boolean>script(
				"""
						return [['.top', '::after'], ['.desk', '::before']]
							.map(([selector, part]) => getComputedStyle(document.querySelector(selector), part))
							.every((style) => style.backgroundImage.startsWith('linear-gradient') && style.pointerEvents === 'none'
								&& parseFloat(style.height) >= 16);"""))
			.isTrue();
	}

	private static void ask(String... blocks) {
		browser.send("Show me");
		ScriptedStream answer = site.chat().asked();
		for (int block = 0; block < blocks.length; block++) {
			answer.write(block, blocks[block]);
		}
		answer.complete();
		browser.untilIdle();
		browser.untilPainted();
	}

}
