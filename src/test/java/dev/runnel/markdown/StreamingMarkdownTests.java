package dev.runnel.markdown;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The promises of {@link StreamingMarkdown} to its caller.
 */
class StreamingMarkdownTests {

	@Test
	void rendersEachPieceAsItComes() {
		StreamingMarkdown markdown = new StreamingMarkdown();
		assertThat(markdown.append("Hello").patches()).containsExactly(new BlockPatch(0, 0, "<p>Hello</p>\n"));
		assertThat(markdown.append(" world").patches()).containsExactly(new BlockPatch(0, 8, " world</p>\n"));
		assertThat(markdown.finish().isEmpty()).isTrue();
		assertThat(markdown.html()).isEqualTo("<p>Hello world</p>\n");
	}

	@Test
	void holdsHalfASurrogatePairBack() {
		StreamingMarkdown markdown = new StreamingMarkdown();
		assertThat(markdown.append("a\ud83d").content()).isEqualTo("a");
		assertThat(markdown.hasPending()).isTrue();
		assertThat(markdown.flush().isEmpty()).isTrue();
		assertThat(markdown.append("\ude00").content()).isEqualTo("\ud83d\ude00");
	}

	@Test
	void emptiesABlockThatTurnsOutToHoldNothing() {
		StreamingMarkdown markdown = new StreamingMarkdown();
		markdown.append("[a]:");
		markdown.flush();
		assertThat(markdown.append(" /url\n").patches()).containsExactly(new BlockPatch(0, 0, ""));
	}

	@Test
	void equalsTheBatchRenderingAfterEveryCharacter() {
		String text = "# Title\n\n- one\n- **two**\r\n\r\n```java\nint i = 1 < 2;\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";
		Reader reader = Reader.read(Pieces.of(text, 1));
		assertThat(reader.content()).isEqualTo(text);
		assertThat(reader.html()).contains("<td>2</td>", "class=\"language-java\"");
	}

	@Test
	void showsWhatComesAfterTheEndOfTheMarkdownAsWritten() {
		StreamingMarkdown markdown = new StreamingMarkdown();
		markdown.append("- *a*\n- b\n\n");
		markdown.append("[a]:");
		markdown.endMarkdown();
		assertThat(markdown.append(" <c>\r").patches()).containsExactly(
				new BlockPatch(1, 0, "<p class=\"plain\"><span class=\"markup-late\"></span>[a]: &lt;c&gt;\n</p>\n"));
		assertThat(markdown.append("\n").patches()).isEmpty();
		assertThat(markdown.append("*d*\ud83d").content()).isEqualTo("*d*");
		assertThat(markdown.finish().content()).isEqualTo("\ud83d");
		assertThat(markdown.html()).endsWith("&lt;c&gt;\n*d*\ufffd</p>\n");
	}

	@Test
	void letsListsQuotesAndTablesFollowTheirOwnText() {
		String html = MarkdownRenderer.renderForPage("- a\n\n> \u0628\n\n| c |\n|-|\n\n`<li>`", "m");
		assertThat(html).contains("<li dir=\"auto\">a", "<blockquote dir=\"auto\">", "<table dir=\"auto\">",
				"&lt;li&gt;");
	}

	@Test
	void writesNoHtmlOfItsText() {
		String html = MarkdownRenderer.render("<script>x</script>\n\n[a](javascript:x) ![i](https://e.org/i.png)");
		assertThat(html).doesNotContain("<script", "<img", "javascript").contains("&lt;script&gt;");
		assertThat(List.of(html.split("<a"))).hasSize(3);
	}

}
