package dev.runnel.page;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The width of the side bar, which the reader changes at its inner edge.
 */
@Tag("one-jdk")
class SidebarWidthPageTests extends ScriptedPage {

	@AfterEach
	void forgetTheWidth() {
		browser.script("localStorage.removeItem('runnel.shelf')");
		browser.driver().manage().deleteCookieNamed("lang");
	}

	@ParameterizedTest
	@CsvSource({ "en, 80", "ar, -80" })
	void theEdgeCanBeDraggedAndIsRemembered(String language, int pixels) {
		open(language);
		double before = width();
		hover();
		new Actions(browser.driver()).clickAndHold(browser.find("#shelf-edge"))
			.moveByOffset(pixels, 0)
			.release()
			.perform();
		browser.until("localStorage.getItem('runnel.shelf')");
		assertThat(width()).isBetween(before + 70, before + 90);
		double dragged = width();
		open(language);
		assertThat(width()).isEqualTo(dragged);
		hover();
		new Actions(browser.driver()).doubleClick(browser.find("#shelf-edge")).perform();
		browser.until("localStorage.getItem('runnel.shelf') === 'null'");
		assertThat(width()).isEqualTo(before);
	}

	@ParameterizedTest
	@CsvSource({ "en, ARROW_RIGHT, ARROW_LEFT", "ar, ARROW_LEFT, ARROW_RIGHT" })
	void keysMoveTheEdge(String language, Keys wider, Keys narrower) {
		open(language);
		browser.script("document.getElementById('shelf-edge').focus()");
		press(wider, "17.5");
		press(narrower, "16.5");
		press(Keys.HOME, "12");
		press(narrower, "12");
		press(Keys.END, "30");
		assertThat(width()).isEqualTo(480);
	}

	@Test
	void aNarrowScreenHasNoEdge() {
		browser.size(390, 800);
		open("en");
		assertThat(browser.find("#shelf-edge").isDisplayed()).isFalse();
		browser.find("#open-sidebar").click();
		browser.until("document.getElementById('drawer').open");
		assertThat(browser.find("#shelf-edge").isDisplayed()).isFalse();
	}

	private static void open(String language) {
		browser.driver().get(site.url("/ai-demo?lang=" + language));
		browser.until("document.activeElement?.id === 'message'");
	}

	/** Waits for the script that comes with the pointer. */
	private static void hover() {
		new Actions(browser.driver()).moveToElement(browser.find("#shelf-edge")).perform();
		browser.until("performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/sidebar/edge.js'))");
		browser.untilPainted();
	}

	/** Presses a key until the script has come that listens to it. */
	private static void press(Keys key, String width) {
		browser.until("performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/sidebar/edge.js'))");
		browser.untilPainted();
		browser.find("#shelf-edge").sendKeys(key);
		browser.until("document.getElementById('shelf-edge').ariaValueNow === arguments[0]", width);
	}

	private static double width() {
		Number width = browser.script("return document.getElementById('shelf').getBoundingClientRect().width");
		return width.doubleValue();
	}

}
