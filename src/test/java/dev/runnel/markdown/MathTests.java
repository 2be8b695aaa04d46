package dev.runnel.markdown;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which text becomes math, and which does not.
 */
class MathTests {

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '~',
			value = { "a $x^2$ b; x^2", "\\(a_1 \\le b\\); a_1 \\le b", "($2x$); 2x", "$10\\text{ kg}$; 10\\text{ kg}",
					"$a*b*c$, $d$; a*b*c", "\u5f53$x$\u8d8b\u4e8e; x", "\u8d8b\u4e8e$0$\u65f6; 0", "the $n$th term; n",
					"two $x$s; x" })
	void keepsTheSourceOfMathInALine(String text, String tex) {
		assertThat(MarkdownRenderer.render(text)).contains("<span class=\"math\">" + tex + "</span>");
	}

	@ParameterizedTest
	@ValueSource(strings = { "$$x = 1$$", "\\[x = 1\\]", "$$\nx = 1\n$$", "\\[\nx = 1\n\\]", "  $$ x = 1 $$  ",
			"$$\nx = 1 $$", "$$x = 1\n$$", "\\[ x = 1\n\\]", "$$\n\nx = 1\n\n$$", "$$x = 1\n\n$$" })
	void keepsTheSourceOfMathOnLinesOfItsOwn(String text) {
		assertThat(MarkdownRenderer.render(text)).isEqualTo("<div class=\"math\">x = 1</div>\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "$5 and $10", "from $5 to $10.", "US$5-$6", "$5 and then 10$", "`$x$`", "$ x $", "\\$x\\$",
			"$a\nb$", "costs $5, `a$`", "$$ is much", "\\[not a link\\](/u)", "a$b$c", "$1,000 plus tax or 900$",
			"$n$the", "$n$9", "$$ and so\non $$", "$HOME/$PATH" })
	void leavesPricesAndCodeAlone(String text) {
		assertThat(MarkdownRenderer.render(text)).doesNotContain("class=\"math");
	}

	@Test
	void escapesTheSource() {
		assertThat(MarkdownRenderer.render("$a<b$")).contains("<span class=\"math\">a&lt;b</span>");
	}

	@Test
	void marksDisplayMathWithinALine() {
		assertThat(MarkdownRenderer.render("so $$x$$ is")).contains("so <span class=\"math display\">x</span> is");
	}

	@Test
	void endsWithTheTextAfterABlankLine() {
		assertThat(MarkdownRenderer.render("$$\na\n\nb")).isEqualTo("<div class=\"math\">a</div>\n<p>b</p>\n");
		assertThat(MarkdownRenderer.render("$$\na = b\n\nSo x = 2 it is.")).contains("<p>So x = 2 it is.</p>");
	}

	@Test
	void readsAnEnvironmentOverLines() {
		String tex = "\\begin{aligned}\na &= b \\\\\n\n&= c\n\\end{aligned}";
		String source = tex.replace("\n\n", "\n").replace("&", "&amp;");
		assertThat(MarkdownRenderer.render("$$" + tex + "$$")).isEqualTo("<div class=\"math\">" + source + "</div>\n");
		assertThat(MarkdownRenderer.render(tex + "\nb"))
			.isEqualTo("<div class=\"math\">" + source + "</div>\n<p>b</p>\n");
		assertThat(MarkdownRenderer.render("- \\[\n  " + tex.replace("\n", "\n  ") + "\n  \\]\n- b"))
			.contains("<li>\n<div class=\"math\">" + source + "</div>\n</li>\n<li>b</li>");
	}

	@ParameterizedTest
	@ValueSource(strings = { "so: $$\nx = 1\n$$ and", "so: \\[\nx = 1\n\\] and", "so: \\[ x =\n1 \\] and",
			"so: $$x =\n1$$", "- so: $$\n  x = 1\n  $$ and", "so \\[\n\\begin{aligned}\nx = 1\n\\end{aligned}\n\\]" })
	void readsMathOverLinesBehindText(String text) {
		assertThat(MarkdownRenderer.render(text)).contains(" <span class=\"math display\">").doesNotContain("$$", "[");
	}

	@Test
	void readsAFenceOfMath() {
		assertThat(MarkdownRenderer.render("```math\nx < 1\n```\nb"))
			.isEqualTo("<div class=\"math\">x &lt; 1\n</div>\n<p>b</p>\n");
	}

	@Test
	void keepsAPipeOfMathInItsCell() {
		assertThat(MarkdownRenderer.render("| $|x|$ | b |\n|-|-|\n| \\(|y|\\) | c |"))
			.contains("<th><span class=\"math\">|x|</span></th>", "<td><span class=\"math\">|y|</span></td>");
	}

	@Test
	void keepsAPipeOfCodeInItsCell() {
		assertThat(MarkdownRenderer.render("| `a|b` | `c\\|d` |\n|-|-|\n| ``e|`f`` | `g |")).contains(
				"<th><code>a|b</code></th>", "<th><code>c|d</code></th>", "<td><code>e|`f</code></td>", "<td>`g</td>");
	}

}
