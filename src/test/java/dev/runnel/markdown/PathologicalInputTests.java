package dev.runnel.markdown;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;

import dev.runnel.CpuTime;
import dev.runnel.markdown.StreamingMarkdown.MarkdownUpdate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Texts made to be expensive: the characters given to the parser stay within a fixed
 * multiple of the text's length, and the HTML is still correct.
 */
@Tag("one-jdk")
class PathologicalInputTests {

	private static final Map<String, IntFunction<String>> KINDS = Map.ofEntries(
			Map.entry("back tick flips", (n) -> repeat("word ``` `` ", n)),
			Map.entry("unequal back ticks", (n) -> "`" + repeat("w ", n / 2) + repeat(" ``", n / 2)),
			Map.entry("open brackets", (n) -> repeat("[a ", n)), Map.entry("bare brackets", (n) -> repeat("[", n)),
			Map.entry("emphasis runs", (n) -> repeat("*a **b _c ", n)), Map.entry("asterisks", (n) -> repeat("*", n)),
			Map.entry("tildes", (n) -> repeat("~a ~~b ", n)), Map.entry("open links", (n) -> repeat("[a](b ", n)),
			Map.entry("comments", (n) -> repeat("x <!--", n)), Map.entry("open tags", (n) -> repeat("<a ", n)),
			Map.entry("HTML block", (n) -> "<!-- " + repeat("a line\n", n)),
			Map.entry("quotes", (n) -> repeat("> ", n)), Map.entry("lists", (n) -> repeat("- ", n)),
			Map.entry("one word", (n) -> repeat("x", n)), Map.entry("one line", (n) -> repeat("words *and* ", n)),
			Map.entry("one address", (n) -> "www." + repeat("a.b", n)),
			Map.entry("addresses", (n) -> repeat("a@b.c", n)), Map.entry("entities", (n) -> repeat("&amp;", n)),
			Map.entry("definitions", (n) -> numbered("[a%d]: /u%d\n", n)),
			Map.entry("references in blocks of their own", (n) -> numbered("[a%d]\n\n", n)),
			Map.entry("definitions in a quote", (n) -> numbered("> [a%d]: /u\n", n)),
			Map.entry("references before definitions",
					(n) -> numbered("[a%d] ", n / 2) + "\n\n" + numbered("[a%d]: /u\n", n / 2)),
			Map.entry("one reference in many blocks",
					(n) -> repeat("[x]\n\n", n / 2) + repeat("[x]: /u\n\nq\n\n", n / 2)),
			Map.entry("table", (n) -> "|a|b|\n|-|-|\n" + repeat("|*a*|`b`|\n", n)),
			Map.entry("wide table",
					(n) -> repeat("|a", n / 4) + "|\n" + repeat("|-", n / 4) + "|\n" + repeat("a\n", n / 2)),
			Map.entry("underlines", (n) -> repeat("a\n-\n", n)),
			Map.entry("long heading", (n) -> repeat("word word\n", n) + "==="),
			Map.entry("list that turns loose", (n) -> repeat("- a\n", n) + "\n- b\n"),
			Map.entry("list that may turn loose", (n) -> repeat("- a\n", n) + repeat("\n-x\n", 200)),
			Map.entry("nested list", PathologicalInputTests::nestedList),
			Map.entry("nested code", (n) -> repeat("- a\n\n  ```\n  x\n  ```\n", n)),
			Map.entry("blank lines in code", (n) -> "- ```\n" + repeat("\n", n)),
			Map.entry("indented code", (n) -> repeat("    code\n", n)), Map.entry("dollars", (n) -> repeat("$a ", n)),
			Map.entry("mailboxes behind CJK letters", (n) -> repeat("\u4e2da@", n)),
			Map.entry("elements", (n) -> repeat("<sub>", n / 2) + repeat("</sub>", n / 2)),
			Map.entry("references to notes", (n) -> repeat("[^1] ", n)),
			Map.entry("notes", (n) -> numbered("[^a%d]: b[^c%d]\n", n)),
			Map.entry("open math", (n) -> repeat("\\(", n) + "\\)"),
			Map.entry("math block", (n) -> "$$\n" + repeat("x + y\n", n)));

	private static String repeat(String text, int length) {
		return text.repeat(Math.max(1, length / text.length()));
	}

	private static String numbered(String line, int length) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; text.length() < length; i++) {
			text.append(line.replace("%d", Integer.toString(i)));
		}
		return text.toString();
	}

	private static String nestedList(int length) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; text.length() < length; i++) {
			text.append("  ".repeat(i % 60)).append("- a\n");
		}
		return text.toString();
	}

	static Stream<Arguments> kinds() {
		return KINDS.entrySet().stream().map((kind) -> Arguments.of(kind.getKey(), kind.getValue()));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("kinds")
	void parsesAFixedMultipleOfTheText(String kind, IntFunction<String> generator) {
		String text = generator.apply(16_384);
		assertLinear(text, stream(text));
	}

	/**
	 * A piece of the largest size has thousands of blocks and labels, and must not cost
	 * their product.
	 */
	@ParameterizedTest(name = "{0}")
	@MethodSource("kinds")
	void largePiecesCostNoMoreTimeThanSmallOnes(String kind, IntFunction<String> generator) {
		String text = generator.apply(32_768);
		Duration small = CpuTime.of(() -> stream(text, 4));
		Duration large = CpuTime.of(() -> stream(text, 16_384));
		assertThat(large).isLessThan(small.multipliedBy(2).plusMillis(500));
	}

	@Test
	void parsesAMegabyteOnOneLine() {
		String text = repeat("words and `code` and **bold** ", 1 << 20);
		assertLinear(text, stream(text));
	}

	@Test
	void parsesATableOfAHundredThousandCells() {
		String text = "|a|b|c|d|\n|-|-|-|-|\n" + "|1|2|3|4|\n".repeat(25_000);
		StreamingMarkdown markdown = stream(text);
		assertLinear(text, markdown);
		assertThat(markdown.html().split("<td>")).hasSize(100_001);
	}

	@Test
	void showsHeldTextOnFlush() {
		StreamingMarkdown markdown = new StreamingMarkdown();
		List<String> pieces = Pieces.of("*a **b _c ".repeat(2_000), 4);
		MarkdownUpdate update = MarkdownUpdate.NONE;
		for (int i = 0; i < pieces.size() && (i == 0 || !update.isEmpty()); i++) {
			update = markdown.append(pieces.get(i));
		}
		assertThat(update.isEmpty() && markdown.hasPending()).isTrue();
		assertThat(markdown.flush().content()).isNotEmpty();
		assertThat(markdown.hasPending()).isFalse();
	}

	private static StreamingMarkdown stream(String text) {
		return stream(text, 4);
	}

	private static StreamingMarkdown stream(String text, int piece) {
		StreamingMarkdown markdown = new StreamingMarkdown();
		Pieces.of(text, piece).forEach(markdown::append);
		markdown.finish();
		return markdown;
	}

	/**
	 * Asserts the bound. The last update may cost as much as any update, a few times the
	 * text.
	 */
	private static void assertLinear(String text, StreamingMarkdown markdown) {
		long bound = (WorkBudget.WORK_PER_CHARACTER + 4L) * text.length() + WorkBudget.WORK_IN_ADVANCE;
		assertThat(markdown.parsedCharacters()).isLessThan(bound);
		assertThat(markdown.html()).isEqualTo(MarkdownRenderer.renderAtOnce(text));
	}

}
