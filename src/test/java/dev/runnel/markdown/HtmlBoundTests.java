package dev.runnel.markdown;

import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A text cannot become any amount of HTML.
 */
class HtmlBoundTests {

	private static final String LATE = "<span class=\"markup-late\"></span>";

	/** The length of one link, which may be the last one before the bound is noticed. */
	private static final int LINK = 3_000;

	private static final int LENGTH = 300_000;

	/** Rendered at once, and in slices. */
	private static final List<Integer> LENGTHS = List.of(1_000, 5_000, 16_000, LENGTH);

	private static final Map<String, IntFunction<String>> KINDS = Map.of("short rows of a wide table",
			(n) -> "|a".repeat(50) + "|\n" + "|:-:".repeat(50) + "|\n" + "|a\n".repeat(n / 3),
			"references in many blocks", (n) -> definition(1_900) + "[a]\n\n".repeat(n / 5),
			"references in large blocks", (n) -> definition(1_900) + ("[a]".repeat(500) + "\n\n").repeat(n / 1_502),
			"references before their definition", (n) -> "[a]\n\n".repeat(n / 5) + definition(1_900) + "more",
			"references with a title", (n) -> "[a]: /u \"" + "t".repeat(1_900) + "\"\n\n" + "![a]\n\n".repeat(n / 6),
			"labels with one definition each", HtmlBoundTests::labels);

	private static String definition(int length) {
		return "[a]: http://" + "u".repeat(length) + "\n\n";
	}

	/** The late definitions change all blocks, a few at a time. */
	private static String labels(int length) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; text.length() < length / 2; i++) {
			text.append("[a").append(i % 100).append("]\n\n");
		}
		for (int i = 0; text.length() < length; i++) {
			text.append(definition(1_900).replace("[a]", "[a" + i + "]"));
		}
		return text.toString();
	}

	static Stream<Arguments> kinds() {
		return KINDS.entrySet()
			.stream()
			.flatMap((kind) -> LENGTHS.stream().map((length) -> Arguments.of(kind.getKey(), kind.getValue(), length)));
	}

	@ParameterizedTest(name = "{0}, {2} characters")
	@MethodSource("kinds")
	void noTextBecomesAnyAmountOfHtml(String kind, IntFunction<String> generator, int length) {
		String text = generator.apply(length);
		assertBounded(text, MarkdownRenderer.render(text));
		assertBounded(text, streamed(text, 16_384));
		assertBounded(text, streamed(text, 100));
	}

	private static String streamed(String text, int piece) {
		StreamingMarkdown markdown = new StreamingMarkdown();
		StringBuilder content = new StringBuilder();
		Pieces.of(text, piece).forEach((each) -> content.append(markdown.append(each).content()));
		content.append(markdown.finish().content());
		assertThat(content).hasToString(text);
		return markdown.html();
	}

	private static void assertBounded(String text, String html) {
		assertThat(HtmlBound.isExceeded(html.length() - LINK, text.length())).as("%d characters", html.length())
			.isFalse();
	}

	@Test
	void theRestOfATextWithAbsurdlyLongHtmlIsPlain() {
		String text = "|a".repeat(50) + "|\n" + "|-".repeat(50) + "|\n" + "|a\n".repeat(100_000) + "\n*end*";
		String html = MarkdownRenderer.render(text);
		assertThat(html.indexOf(LATE)).isBetween(HtmlBound.PER_CHARACTER * 500, html.length() - 100_000);
		assertThat(html.endsWith("|a\n|a\n\n*end*</p>\n")).isTrue();
	}

	@Test
	void aUsualTextIsMarkdownToItsEnd() {
		String text = SampleAnswers.realistic(LENGTH);
		assertThat(MarkdownRenderer.render(text)).isEqualTo(MarkdownRenderer.renderAtOnce(text));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1_900, 1_993 })
	void aDefinitionOfTwoThousandCharactersIsRead(int length) {
		assertThat(MarkdownRenderer.render(definition(length) + "[a]").startsWith("<p><a href=")).isTrue();
		assertThat(streamed("[a]\n\n" + definition(length), 7).startsWith("<p><a href=")).isTrue();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1_994, 100_000 })
	void aReferenceToALongerDefinitionIsText(int length) {
		assertThat(MarkdownRenderer.render(definition(length) + "[a] ![a] [b][a]"))
			.isEqualTo("<p>[a] ![a] [b][a]</p>\n");
		assertThat(streamed("[a]\n\n" + definition(length) + "[a]: /later\n\n[a]", 7))
			.isEqualTo("<p>[a]</p>\n<p>[a]</p>\n");
	}

}
