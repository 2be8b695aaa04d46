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
	@CsvSource(delimiter = ';', quoteCharacter = '~', value = { "a $x^2$ b; x^2", "\\(a_1 \\le b\\); a_1 \\le b",
			"($2x$); 2x", "$10\\text{ kg}$; 10\\text{ kg}", "$a*b*c$, $d$; a*b*c" })
	void keepsTheSourceOfMathInALine(String text, String tex) {
		assertThat(MarkdownRenderer.render(text)).contains("<span class=\"math\">" + tex + "</span>");
	}

	@ParameterizedTest
	@ValueSource(strings = { "$$x = 1$$", "\\[x = 1\\]", "$$\nx = 1\n$$", "\\[\nx = 1\n\\]", "  $$ x = 1 $$  ",
			"$$\nx = 1 $$" })
	void keepsTheSourceOfMathOnLinesOfItsOwn(String text) {
		assertThat(MarkdownRenderer.render(text)).isEqualTo("<div class=\"math\">x = 1</div>\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "$5 and $10", "from $5 to $10.", "US$5-$6", "$5 and then 10$", "`$x$`", "$ x $", "\\$x\\$",
			"$a\nb$", "costs $5, `a$`", "$$ is much", "\\[not a link\\](/u)", "a$b$c", "$1,000 plus tax or 900$" })
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
	void endsAtABlankLine() {
		assertThat(MarkdownRenderer.render("$$\na\n\nb")).isEqualTo("<div class=\"math\">a</div>\n<p>b</p>\n");
	}

}
