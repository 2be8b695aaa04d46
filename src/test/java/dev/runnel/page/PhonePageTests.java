package dev.runnel.page;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page on a phone: sheets, the drawer, versions, tables. Nothing is cut off, and
 * every control is as large as a finger.
 */
class PhonePageTests extends ScriptedPage {

	@BeforeEach
	void openOnAPhone() {
		browser.phone();
		open("/ai-demo");
	}

	private static void open(String path) {
		browser.driver().get(site.url(path));
		browser.until("document.getElementById('message') && document.querySelector('[data-phase]')"
				+ " && !('landing' in document.documentElement.dataset)");
	}

	private static void ask(String question, String html) {
		browser.find("#message").sendKeys(question);
		browser.script("document.querySelector('[type=submit]').click()");
		answer(html);
	}

	private static void answer(String html) {
		ScriptedStream answer = site.chat().asked();
		answer.write(0, html);
		answer.complete();
		browser.untilStatus("Done");
	}

	@Test
	void dialogsAreSheets() {
		browser.until("document.querySelector('.model-choice')?.checkVisibility()");
		for (String opener : List.of(".model-choice", "#open-settings", "#open-preferences")) {
			browser.script("document.querySelector(arguments[0]).click()", opener);
			browser.until("document.querySelector('dialog[open]')?.querySelector('.model-row, fieldset, #system')");
			browser.until("document.getAnimations().length === 0");
			assertThat(browser.<List<Number>>script("""
					const { left, right, bottom } = document.querySelector('dialog[open]').getBoundingClientRect();
					return [left, innerWidth - right, innerHeight - bottom].map(Math.round)""")
				.stream()
				.map(Number::intValue)).as(opener).containsExactly(0, 0, 0);
			PageSteps.assertFitsAPhone(browser, "dialog[open]");
			browser.script("document.querySelector('dialog[open] [data-close]').click()");
			browser.until("!document.querySelector('dialog[open]')");
		}
	}

	@Test
	void theDrawerAndTheHitsOfASearchFit() {
		String title = "A title that is longer than the list of chats is wide, and that goes on for a while";
		for (int i = 0; i < 40; i++) {
			site.chat().conversations.keep(title + i, Instant.now().minusSeconds(i * 100_000L));
		}
		open("/ai-demo");
		PageSteps.assertFitsAPhone(browser, "body");
		browser.find("#open-sidebar").click();
		browser.until("document.getElementById('drawer').open && document.querySelector('#drawer .entry')");
		PageSteps.assertFitsAPhone(browser, "#drawer");
		browser.find("#drawer .entry-more").click();
		browser.until("document.querySelector('#entry-menu').matches(':popover-open')");
		browser.find("#entry-menu [data-do=rename]").click();
		browser.until("document.activeElement.className === 'rename'");
		PageSteps.assertFitsAPhone(browser, "#drawer");
		browser.type(Keys.ENTER);
		browser.until("!document.querySelector('.rename')");
		browser.find("#search").sendKeys("title");
		browser.until("document.querySelector('#entries mark')");
		PageSteps.assertFitsAPhone(browser, "#drawer");
		browser.find("#close-sidebar").click();
		browser.until("!document.getElementById('search').value && !document.querySelector('#entries mark')");
	}

	@Test
	void versionsStandBelowEachOtherAndTheFocusReturnsToTheirButton() {
		ask("Name a river", "<p>The Danube.</p>\n");
		browser.script("document.querySelector('[data-action=regenerate]').click()");
		answer("<p>The Rhine.</p>\n");
		PageSteps.assertFitsAPhone(browser, "main");
		browser.find("[data-action=compare]").click();
		browser.until("document.querySelectorAll('#versions > *').length === 2");
		PageSteps.assertFitsAPhone(browser, "#compare");
		assertThat(browser.<Boolean>script(
				"""
						const [one, other] = [...document.querySelectorAll('#versions > *')].map((it) => it.getBoundingClientRect());
						const [byline, second] = [...document.querySelectorAll('#versions .byline')].map((it) => it.offsetHeight);
						return one.left === other.left && one.bottom <= other.top && other.right <= innerWidth && byline === second"""))
			.isTrue();
		browser.find("#versions > :first-child button").click();
		browser.until("document.activeElement.matches('[data-action=compare]')");
	}

	@Test
	void aTableThatFitsDoesNotScroll() {
		ask("How long?", "<table>\n<thead>\n<tr>\n<th>River</th>\n<th>Length</th>\n</tr>\n</thead>\n<tbody>\n"
				+ "<tr>\n<td>Danube</td>\n<td>2,850 kilometres</td>\n</tr>\n</tbody>\n</table>\n");
		assertThat(browser.<Number>script("""
				const cell = document.querySelector('td:last-child');
				const text = document.createRange();
				text.selectNodeContents(cell);
				return cell.getBoundingClientRect().right - text.getBoundingClientRect().right""").doubleValue())
			.isLessThan(2);
		assertThat(browser.<Boolean>script("""
				const table = document.querySelector('.prose table');
				return table.scrollWidth <= table.clientWidth""")).isTrue();
	}

}
