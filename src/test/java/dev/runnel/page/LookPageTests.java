package dev.runnel.page;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The look of the page where a person would notice a mistake at once.
 */
class LookPageTests extends ScriptedPage {

	@Test
	void aDisabledButtonIsFilledAndHasNoOutline() {
		assertThat(browser.find("[type=submit]").isEnabled()).isFalse();
		assertThat(browser.<String>script(
				"return getComputedStyle(document.querySelector('[type=submit]')).borderTopStyle"))
			.isNotEqualTo("dashed");
		assertThat(browser.<String>script(
				"return getComputedStyle(document.querySelector('[type=submit]')).backgroundColor"))
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
	void textFadesAwayAtBothEdgesAndCanBeClickedThere() {
		assertThat(browser.<Boolean>script("""
				return [['.top', '::after'], ['.desk', '::before']].map((edge) => getComputedStyle(document.querySelector(edge[0]), edge[1]))
					.every((style) => style.backgroundImage.startsWith('linear-gradient') && style.pointerEvents === 'none'
						&& parseFloat(style.height) >= 16);""")).isTrue();
	}

}
