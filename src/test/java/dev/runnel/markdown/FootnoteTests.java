package dev.runnel.markdown;

import java.util.List;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Footnotes: their numbers, their place, and that a late note changes nothing before it.
 */
class FootnoteTests {

	private static String reference(int number) {
		return "<sup class=\"note-ref\"><a href=\"#note-%1$d\">%1$d</a></sup>".formatted(number);
	}

	private static String note(int number, String blocks) {
		return "<div class=\"note\"><sup><a href=\"#note-ref-%1$d\">%1$d</a></sup>\n%2$s</div>\n".formatted(number,
				blocks);
	}

	@Test
	void aNoteHasTheNumberOfItsFirstReference() {
		assertThat(MarkdownRenderer.render("a[^z] b[^1] c[^z]\n\n[^1]: one\n[^z]: two"))
			.isEqualTo("<p>a" + reference(1) + " b" + reference(2) + " c" + reference(1) + "</p>\n"
					+ note(2, "<p>one</p>\n") + note(1, "<p>two</p>\n"));
	}

	@Test
	void aNoteHoldsIndentedBlocks() {
		assertThat(MarkdownRenderer.render("[^1]: one\ngoes on\n\n    - *a*\n    - b\n\nend"))
			.isEqualTo(note(1, "<p>one\ngoes on</p>\n<ul>\n<li><em>a</em></li>\n<li>b</li>\n</ul>\n") + "<p>end</p>\n");
	}

	@Test
	void anAddressInANoteIsShown() {
		assertThat(MarkdownRenderer.render("a[^1]\n\n[^1]: https://e.org"))
			.contains("1</a></sup>\n<p><a href=\"https://e.org\"");
	}

	@Test
	void aReferenceNeedsNoNote() {
		assertThat(MarkdownRenderer.render("a [^1], b")).isEqualTo("<p>a " + reference(1) + ", b</p>\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "[^ 1]", "[^]", "`[^1]`", "[^1 2]", "[^*a*]", "\\[^1]", "[ ^1]", "[^a|b]" })
	void otherTextIsNoReference(String text) {
		assertThat(MarkdownRenderer.render(text)).doesNotContain("<sup");
	}

	@Test
	void aLinkWithAnAddressIsALink() {
		assertThat(MarkdownRenderer.render("[^1](/u)")).contains("<a href=\"/u\"").contains(">^1</a>");
	}

	@Test
	void aLateNoteTouchesNoFinishedBlock() {
		StreamingMarkdown markdown = new StreamingMarkdown();
		markdown.append("a[^1] and b[^2]\n\nc[^2]\n\n");
		int finished = 2;
		for (String piece : Pieces.of("[^2]: two\n\n[^1]: one\n    more\n\nend[^3] and[^1]\n", 1)) {
			assertThat(markdown.append(piece).patches()).allMatch((patch) -> patch.block() >= finished);
		}
		assertThat(markdown.html()).contains(note(2, "<p>two</p>\n"), note(1, "<p>one\nmore</p>\n"),
				"end" + reference(3) + " and" + reference(1));
	}

	@Test
	void numbersStayWhenALateLinkChangesTheirBlock() {
		String text = "[x] a[^b] c[^a]\n\nd[^a]\n\n[x]: /u\n\ne[^c]\n";
		Reader reader = Reader.read(Pieces.of(text, 1));
		assertThat(reader.html()).contains("c" + reference(2), "d" + reference(2), "e" + reference(3));
	}

	@Test
	void aNoteIsNotHeldBackLikeADefinition() {
		StreamingMarkdown markdown = new StreamingMarkdown();
		List.of("a\n\n[^1]", ":", " on", "e").forEach(markdown::append);
		assertThat(markdown.hasPending()).isFalse();
		assertThat(markdown.html()).endsWith(note(1, "<p>one</p>\n"));
	}

	@Test
	void aReferenceIsNotInALink() {
		assertThat(MarkdownRenderer.render("[a[^1]](/u) ![b[^1]](/i)"))
			.contains("[a" + reference(1) + "](/u)", ">b</a>")
			.doesNotContain("href=\"/u\"");
	}

	@Test
	void idsOfSeveralAnswersDifferAndTheirLinksLeadToThem() {
		String text = "a[^x] b[^x] c[^y]\n\n[^x]: one\n\n[^x]: again\n\n[^y]: two\n\n[z](#note-1)";
		Document page = Jsoup
			.parse(MarkdownRenderer.renderForPage(text, "m0") + MarkdownRenderer.renderForPage(text, "m1"));
		List<String> ids = page.select("[id]").eachAttr("id");
		assertThat(ids).doesNotHaveDuplicates().hasSize(8);
		assertThat(page.select("sup a[href]").eachAttr("href")).hasSize(12)
			.allMatch((href) -> ids.contains(href.substring(1)));
		assertThat(page.getElementById("m1-note-2").text()).isEqualTo("2 two");
		assertThat(page.getElementById("m1-note-ref-1").parent().text()).startsWith("a1");
	}

}
