package dev.runnel.page;

import java.util.List;

import dev.runnel.markdown.MarkdownRenderer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lines of an answer as a reader sees them.
 */
class LinesPageTests extends ScriptedPage {

	/** The number of lines of each paragraph and cell. */
	private static final String LINES = """
			return [...document.querySelectorAll('.prose :is(p, td, li)')].map((element) => {
				const range = document.createRange();
				range.selectNodeContents(element);
				return new Set([...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => Math.round(top))).size;
			})""";

	@Test
	void eachLineBreakEndsALineOnce() {
		browser.send("A verse");
		ScriptedStream answer = site.chat().asked();
		List<String> blocks = List.of("one\ntwo", "one  \ntwo", "one<br>two", "one<br>\ntwo", "one two",
				"| a |\n|-|\n| one<br>two |", "- one<br>two");
		for (int block = 0; block < blocks.size(); block++) {
			answer.write(block, MarkdownRenderer.render(blocks.get(block)));
		}
		answer.complete();
		browser.untilIdle();
		assertThat(browser.<List<Long>>script(LINES)).containsExactly(2L, 2L, 2L, 2L, 1L, 2L, 2L);
	}

}
