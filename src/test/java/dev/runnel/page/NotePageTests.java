package dev.runnel.page;

import dev.runnel.markdown.MarkdownRenderer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Footnotes of several answers in one page: their numbers lead to each other within one
 * answer.
 */
class NotePageTests extends ScriptedPage {

	private static final String FOCUSED = """
			const link = document.activeElement;
			return [link.closest('article').querySelector('.prose').textContent.slice(0, 5), link.parentNode.className,
					link.parentNode.parentNode.className, location.hash].join()""";

	private static void answerWithNote(String start) {
		ScriptedStream answer = site.chat().asked();
		String html = MarkdownRenderer.render(start + "[^x] and[^x]\n\n[^x]: the *note*");
		int note = html.indexOf("<div");
		answer.write(0, html.substring(0, note));
		answer.write(1, html.substring(note));
		answer.complete();
		browser.untilIdle();
	}

	@Test
	void aNumberLeadsToItsNoteInTheSameAnswerAndBack() {
		browser.send("One");
		answerWithNote("first");
		browser.send("Two");
		answerWithNote("other");
		browser.script("[...document.querySelectorAll('.note-ref a')].at(-1).click()");
		assertThat(browser.<String>script(FOCUSED)).isEqualTo("other,,note,");
		browser.script("document.activeElement.click()");
		assertThat(browser.<String>script(FOCUSED)).isEqualTo("other,note-ref,,");
		browser.script("document.querySelector('.note-ref a').click()");
		assertThat(browser.<String>script(FOCUSED)).isEqualTo("first,,note,");
	}

}
