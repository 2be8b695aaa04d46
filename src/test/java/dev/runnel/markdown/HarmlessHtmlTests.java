package dev.runnel.markdown;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The few HTML elements that are read: line breaks, inline elements without attributes,
 * and blocks to fold.
 */
class HarmlessHtmlTests {

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "a<br>b;a<br />b", "a<br/>b<BR />c;a<br />b<br />c",
					"H<sub>2</sub>O and x<sup>2</sup>;H<sub>2</sub>O and x<sup>2</sup>",
					"<kbd>Ctrl</kbd>+<kbd>C</kbd>;<kbd>Ctrl</kbd>+<kbd>C</kbd>",
					"<u>a **b** <mark>c</mark></u>;<u>a <strong>b</strong> <mark>c</mark></u>", "<S>a</s>;<s>a</s>",
					"**a<sub>1</sub>**;<strong>a<sub>1</sub></strong>" })
	void readsElementsWithoutAttributes(String markdown, String html) {
		assertThat(MarkdownRenderer.render("p " + markdown))
			.isEqualTo("<p>p " + html.replace("<br />", "<br />\n") + "</p>\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a<br>\nb", "a<br>b", "a  \nb", "a\\\nb" })
	void aLineEndsOnceHoweverItIsWritten(String markdown) {
		assertThat(MarkdownRenderer.render(markdown)).isEqualTo("<p>a<br />\nb</p>\n");
		Reader.read(Pieces.of(markdown + " c *d*\n\ne", 1));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a <sub>b", "a</sub> b", "a <sub class='x'>b</sub>", "a <b>b</b>", "*a <sub>b* c</sub>",
			"a <sub/> b", "a <sub >b</sub>", "`<br>`", "</br>", "a <br class=x>", "<details open onclick=x>",
			"<summary>a</summary>" })
	void showsEveryOtherTagAsText(String markdown) {
		assertThat(MarkdownRenderer.render("p " + markdown).replaceAll("</?(p|em|code|br /)>", "")).doesNotContain("<");
		assertThat(MarkdownRenderer.render(markdown).replaceAll("</?(p|em|code)>", "")).doesNotContain("<");
	}

	@Test
	void breaksALineInACell() {
		assertThat(MarkdownRenderer.render("| Mon | Museum<br>Lunch |\n|-|-|\n| a<br/>b | c |"))
			.contains("<th>Museum<br />\nLunch</th>", "<td>a<br />\nb</td>");
	}

	@Test
	void breaksALineOfItsOwn() {
		assertThat(MarkdownRenderer.render("a\n\n<br>\n\nb")).isEqualTo("<p>a</p>\n<p><br />\n</p>\n<p>b</p>\n");
	}

	@Test
	void readsMarkdownRightBehindALineBreak() {
		assertThat(MarkdownRenderer.render("<br>\n**a**\n<br>\n"))
			.isEqualTo("<p><br />\n</p>\n<p><strong>a</strong>\n<br />\n</p>\n");
	}

	@Test
	void keepsTagsInCodeWithinFoldedBlocks() {
		assertThat(MarkdownRenderer.render("<details>\n```html\n<details>\n</details>\n```\nb\n</details>\nc"))
			.isEqualTo(
					"<details>\n<pre><code class=\"language-html\">&lt;details&gt;\n&lt;/details&gt;\n</code></pre>\n"
							+ "<p>b</p>\n</details>\n<p>c</p>\n");
	}

	@Test
	void foldsBlocks() {
		String text = "<details>\n<summary>The **proof**</summary>\n\nText with *marks*\n\n- a\n- b\n</details>\n\nend";
		assertThat(MarkdownRenderer.render(text)).isEqualTo("<details>\n<summary>The <strong>proof</strong></summary>\n"
				+ "<p>Text with <em>marks</em></p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n</details>\n<p>end</p>\n");
	}

	@Test
	void foldsBlocksWithinFoldedOnes() {
		String text = "<details><summary>a</summary>\n<details>\n<summary>\nb\n</summary>\nc\n</details>\n</details>\nd";
		assertThat(MarkdownRenderer.render(text)).isEqualTo("<details>\n<summary>a</summary>\n<details>\n"
				+ "<summary>b</summary>\n<p>c</p>\n</details>\n</details>\n<p>d</p>\n");
	}

	@Test
	void streamsALongFoldedBlockInLinearTime() {
		StringBuilder text = new StringBuilder("<details>\n<summary>s</summary>\n\n");
		for (int i = 0; i < 400; i++) {
			text.append("A paragraph of *plain* words, number ").append(i).append(".\n\n");
		}
		text.append("</details>\n\nend");
		StreamingMarkdown markdown = new StreamingMarkdown();
		Pieces.of(text.toString(), 4).forEach(markdown::append);
		markdown.finish();
		assertThat(markdown.html()).isEqualTo(MarkdownRenderer.renderAtOnce(text.toString()));
		assertThat(markdown.parsedCharacters()).isLessThan(8L * text.length());
	}

}
