package dev.runnel.markdown;

import java.util.List;
import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How much of a block is read as inline Markdown, and how the rest is shown.
 */
class InlineLimitsTests {

	private static final String END = "<span class=\"markup-end\"></span>";

	@Test
	void showsAsWrittenWhatIsBeyondTheMarks() {
		assertThat(render("*a* *b*", 100, 2)).isEqualTo("<p><em>a</em> " + END + "*b*</p>\n");
	}

	@Test
	void showsAsWrittenWhatIsBeyondTheCharacters() {
		assertThat(render("*a* word `c`", 6, 100)).isEqualTo("<p><em>a</em> word " + END + "`c`</p>\n");
	}

	@Test
	void saysNothingWhereNoMarkIsBeyond() {
		assertThat(render("word  \nword  word\nword ", 6, 0)).isEqualTo(render("word  \nword  word\nword ", 100, 100));
	}

	@Test
	void appliesToEachBlockAlone() {
		assertThat(render("*a*\n\n- *b*\n- *c*\n\n# *d*", 100, 2)).doesNotContain(END);
		assertThat(render("|*a*|*b*|\n|-|-|\n|*c*|*d*|", 100, 2)).doesNotContain(END);
	}

	@Test
	void saysItOnceInABlock() {
		assertThat(render("*a* *b*\n*c* \\*d*", 100, 2).split(END)).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "**bold** text, ", "[link](/u) and `code` ", "~a~~b~~~c", "[a\n", "\\\n" })
	void holdsForStreamedTextOfAnyLength(String unit) {
		String text = unit.repeat(30_000 / unit.length());
		StreamingMarkdown markdown = new StreamingMarkdown();
		Pieces.of(text, 8).forEach(markdown::append);
		markdown.finish();
		assertThat(markdown.html()).isEqualTo(MarkdownRenderer.renderAtOnce(text)).contains(END);
	}

	@Property
	void streamsAsItRendersWhole(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int characters,
			@ForAll @IntRange(max = 10) int marks) {
		assertStreamsAsItRendersWhole(NastyMarkdown.document(new Random(seed), 6), seed,
				new InlineLimits(characters, marks));
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://e.org中文。don't it's", "a a@b.org。c'd e", "- www.e.org“x't y" })
	void anAddressBeyondTheLimitsEndsWhereItWouldBeforeThem(String text) {
		assertThat(render(text, 0, 0)).isEqualTo(MarkdownRenderer.render(text));
		assertStreamsAsItRendersWhole(text, 1, new InlineLimits(0, 0));
		assertStreamsAsItRendersWhole(text, 1, new InlineLimits(1, 0));
	}

	private static void assertStreamsAsItRendersWhole(String text, long seed, InlineLimits limits) {
		Parser parser = MarkdownRenderer.parser(limits).build();
		for (List<String> pieces : List.of(Pieces.of(text, 1), Pieces.random(text, seed))) {
			PageBlocks page = new PageBlocks();
			StreamingMarkdown markdown = new StreamingMarkdown(limits);
			for (String piece : pieces) {
				page.take(markdown.append(piece));
				page.take(markdown.flush());
				assertThat(page.html()).isEqualTo(MarkdownRenderer.render(page.content(), parser));
			}
			page.take(markdown.finish());
			assertThat(page.html()).isEqualTo(MarkdownRenderer.render(text, parser));
		}
	}

	private static String render(String markdown, int characters, int marks) {
		return MarkdownRenderer.render(markdown, MarkdownRenderer.parser(new InlineLimits(characters, marks)).build());
	}

}
