package dev.runnel.page;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WindowType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Text that turns out to be a thought, and a thought that turns out to be text: a reader
 * who watches it and a reader who comes later see the same.
 */
class MovedThoughtsPageTests extends ScriptedPage {

	/** The parts of the last answer that a reader sees. */
	private static final String SHOWN = """
			const answer = [...document.querySelectorAll('[data-role=assistant]')].at(-1);
			const reasoning = answer.querySelector('.reasoning');
			return {
				state: answer.dataset.state,
				reasoning: reasoning.hidden ? '' : reasoning.querySelector('.reasoning-text').textContent.trim(),
				isOpen: reasoning.open,
				blocks: [...answer.querySelectorAll('.prose .block')].map(({ innerHTML }) => innerHTML.trim()).filter(Boolean).join(),
				tip: [...answer.querySelectorAll('.tip')].map(({ innerHTML }) => innerHTML.trim()).join(),
			}""";

	private ScriptedStream answer;

	@BeforeEach
	void ask() {
		browser.send("Think");
		this.answer = site.chat().asked();
	}

	@Test
	void textThatWasAThoughtIsTheSameForLaterReaders() {
		this.answer.writeParagraphs(0, 3);
		browser.untilText("Paragraph 2");
		this.answer.moveToReasoning();
		browser.untilStatus("Thinking…");
		browser
			.until("document.querySelector('.reasoning').open && !document.querySelector('.prose').textContent.trim()");
		this.answer.reason("So it is.");
		this.answer.write(0, "<p>It is so.</p>\n");
		browser.untilText("It is so.");
		browser.untilStatus("Writing…");
		isTheSameForLaterReaders(Map.of("state", "responding", "reasoning", "word word word So it is.", "isOpen", false,
				"blocks", "<p>It is so.</p>", "tip", "<p>It is so.</p>"));
	}

	@Test
	void aThoughtThatWasTextIsTheSameForLaterReaders() {
		this.answer.reason("It is so.");
		browser.untilText("It is so.");
		this.answer.moveToText();
		browser.until("document.querySelector('.reasoning').hidden");
		this.answer.write(0, "<p>It is so.</p>\n");
		browser.untilStatus("Writing…");
		isTheSameForLaterReaders(Map.of("state", "responding", "reasoning", "", "isOpen", false, "blocks",
				"<p>It is so.</p>", "tip", "<p>It is so.</p>"));
	}

	/**
	 * Compares with a second tab, while the answer is written and after its end, and with
	 * the stored answer.
	 */
	private void isTheSameForLaterReaders(Map<String, Object> expected) {
		untilShown(expected);
		String first = browser.driver().getWindowHandle();
		String address = browser.driver().getCurrentUrl();
		browser.driver().switchTo().newWindow(WindowType.TAB);
		browser.driver().get(address);
		untilShown(expected);
		this.answer.complete();
		Map<String, Object> ended = new HashMap<>(expected);
		ended.putAll(Map.of("state", "complete", "tip", ""));
		untilShown(ended);
		browser.driver().switchTo().window(first);
		untilShown(ended);
		browser.driver().navigate().refresh();
		untilShown(ended);
	}

	private static void untilShown(Map<String, Object> expected) {
		PageSteps.eventually(() -> assertThat(browser.<Map<String, Object>>script(SHOWN)).isEqualTo(expected));
	}

}
