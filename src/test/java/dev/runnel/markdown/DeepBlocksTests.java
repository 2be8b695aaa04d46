package dev.runnel.markdown;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Containers in containers, and blocks that cannot be cut: their depth and their trees
 * have bounds.
 */
@Tag("one-jdk")
class DeepBlocksTests {

	private static final String LATE = "<span class=\"markup-late\"></span>";

	private static final int ANSWERS = 4;

	/** The text and its HTML, with room for the pieces that a builder has in reserve. */
	private static final long MOST_BYTES_OF_A_CHARACTER = 24;

	@Test
	void fortyContainersAreReadAndTheNextIsText() {
		assertThat(MarkdownRenderer.render("> ".repeat(39) + "a").split("<blockquote>")).hasSize(40);
		String quotes = MarkdownRenderer.render("> ".repeat(45) + "*a*");
		assertThat(quotes.split("<blockquote>")).hasSize(40);
		assertThat(quotes).contains("<p>&gt; &gt; &gt; &gt; &gt; &gt; *a*</p>");
		assertThat(MarkdownRenderer.render("- ".repeat(25) + "a").split("<ul>")).hasSize(21);
		assertThat(MarkdownRenderer.render("<details>\n".repeat(60)).split("<details>")).hasSize(40);
	}

	/** A block behind deep ones is read as always. */
	@Test
	void theDepthEndsWithItsContainers() {
		assertThat(MarkdownRenderer.render("> ".repeat(60) + "a\n\n# b\n\n> c"))
			.endsWith("<h1>b</h1>\n<blockquote>\n<p>c</p>\n</blockquote>\n");
	}

	static Stream<Arguments> texts() {
		return Stream.of(Arguments.of("", "</details>\n\n<details>\n\n- "), Arguments.of("", "> <details>\n"),
				Arguments.of("", "<details>\n<summary>a</summary>\n\n"),
				Arguments.of("<details>\n".repeat(45) + "[a\n", "b\n"), Arguments.of("> ".repeat(38) + "[a\n", "b\n"),
				Arguments.of("- ".repeat(20) + "a\n", " \n"), Arguments.of("- > a\n", "  >\n  > b\n"),
				Arguments.of("- ".repeat(12) + "> a\n", " ".repeat(24) + ">\n" + " ".repeat(24) + "> b\n"),
				Arguments.of("- > -\n", "  > -\n  >\n"), Arguments.of("", "-\n"), Arguments.of("", "[a\n"),
				Arguments.of("- > a\n", "  >\n  > " + "*b* ".repeat(20) + "\n"), Arguments.of("", "> [a]: b\n"));
	}

	/** An answer that waits for its next piece holds its text and its HTML, no tree. */
	@ParameterizedTest
	@MethodSource("texts")
	void holdsNoTreeBetweenPieces(String start, String unit) {
		String text = start + unit.repeat(20_000 / unit.length());
		List<StreamingMarkdown> answers = new ArrayList<>();
		long before = usedBytes();
		for (int i = 0; i < ANSWERS; i++) {
			StreamingMarkdown markdown = new StreamingMarkdown();
			Pieces.of(text, 400).forEach(markdown::append);
			answers.add(markdown);
		}
		assertThat((usedBytes() - before) / ANSWERS).isLessThan(MOST_BYTES_OF_A_CHARACTER * text.length());
		assertThat(answers).hasSize(ANSWERS);
	}

	private static long usedBytes() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	/** Such a list cannot be cut, because a blank line would close its last item. */
	@Test
	void aBlockThatIsTooLargeToBeParsedAtOnceEndsTheMarkdown() {
		String text = "-\n".repeat(100_000) + "end";
		StreamingMarkdown markdown = new StreamingMarkdown();
		Pieces.of(text, 4_000).forEach(markdown::append);
		markdown.finish();
		assertThat(markdown.html().split(LATE, -1)).hasSize(2);
		assertThat(markdown.html()).endsWith("end</p>\n");
		assertThat(MarkdownRenderer.render(text).split(LATE, -1)).hasSize(2);
	}

	@Test
	void suchABlockIsShownUpToTheLineThatIsTooMuch() {
		int lines = TreeBound.MAX / ("-\n".length() + 4);
		String html = MarkdownRenderer.render("-\n".repeat(2 * lines));
		assertThat(html.split("<li>").length).isBetween(lines - 100, lines + 1);
	}

	@Test
	void aListOfAHundredThousandCharactersMayTurnLoose() {
		String text = "- a *word* and another one\n".repeat(3_700) + "\n- b\n";
		assertThat(MarkdownRenderer.render(text)).isEqualTo(MarkdownRenderer.renderAtOnce(text)).doesNotContain(LATE);
	}

	@Test
	void aRefusedRowOfATableStaysInPlainText() {
		String row = "|-".repeat(RefusedRow.MAX_COLUMNS + 1) + "|";
		assertThat(PlainText.of("a\n" + row + "\nb")).isEqualTo("a\n" + row + "\nb\n");
	}

	@Test
	void aLongLineOfCodeIsNoTree() {
		String text = "```\n" + "x".repeat(500_000) + "\n```\n";
		assertThat(MarkdownRenderer.render(text)).doesNotContain(LATE);
	}

}
