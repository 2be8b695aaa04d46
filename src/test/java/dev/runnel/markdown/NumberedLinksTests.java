package dev.runnel.markdown;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Numbers of sources in a text are links to them.
 */
class NumberedLinksTests {

	private static final List<String> PAGES = List.of("https://a.example/?x=1&y=2", "https://b.example/",
			"javascript:x");

	private static final String FIRST = "<a class=\"citation\" href=\"https://a.example/?x=1&amp;y=2\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">[1]</a>";

	private static final String SECOND = "<a class=\"citation\" href=\"https://b.example/\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">[2]</a>";

	private static String render(String markdown) {
		return MarkdownRenderer.render(markdown, PAGES);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "So it is[1]. | <p>So it is§1.</p>", "Both [1][2] | <p>Both §1§2</p>",
			"**[2]** and [1] | <p><strong>§2</strong> and §1</p>", "- a [1] | <ul>⏎<li>a §1</li>⏎</ul>" })
	void aNumberIsALink(String markdown, String html) {
		assertThat(render(markdown))
			.isEqualTo(html.replace("§1", FIRST).replace("§2", SECOND).replace('⏎', '\n') + "\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "`a[1]`", "```\na[1]\n```", "    a[1]", "[see [1]](https://c.example)", "$x[1]$",
			"$$\nx[1]\n$$", "[4] [0] [01] [1000] [3]", "[1](https://c.example)", "[ 1 ]" })
	void otherNumbersStayAsTheyAre(String markdown) {
		assertThat(render(markdown)).doesNotContain("class=\"citation\"");
	}

	@Test
	void textBehindCodeHasLinksAgain() {
		assertThat(render("`a[1]` [1] $x[1]$ [2]")).contains("</code> " + FIRST, "</span> " + SECOND);
	}

	@Test
	void withoutPagesTheHtmlIsTheSame() {
		assertThat(MarkdownRenderer.render("a [1]", List.of())).isEqualTo(MarkdownRenderer.render("a [1]"));
	}

}
