package dev.runnel.markdown;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rendering time is linear in the length: twice the text takes less than three times
 * the processor time of the thread, whatever text is repeated.
 */
@Tag("one-jdk")
class RenderingTimeTests {

	private static final double MOST = 3;

	/** Below this time, the clock and the compiler decide the result. */
	private static final long NOTICEABLE_NANOS = 4_000_000;

	private static final boolean ALL_PAIRS = Boolean.getBoolean("runnel.test.all-pairs");

	/** Enough to find the pairs to look at. */
	private static final int SHORT = 4_096;

	/** Rendered in slices, like twice as much. */
	private static final int SLICED = 32_768;

	private static final List<String> TOKENS = List.of("a", "\n", "\n\n", "*", "**", "_", "~", "~~", "~~~", "`", "``",
			"```\n", "[", "]", "[a](", "[a][", "![", "(b)", "[a]: b\n", "<", "<!--", "<a b=\"", "<b>", "&", "\\", "\\(",
			"\\[", "$", "$$", "|", "|-|\n", "- ", "> ", "1. ", "    ", "# ", "===\n", "---\n", "a@b.c", "www.a.b",
			"http://a.b", ":", "\"", "\t", "[^1]", "[^1]: ", "<sub>", "</sub>", "<br>", "<details>\n", "</details>\n",
			"<summary>", "\\begin{align}\n", "\\end{align}\n", "```md\n", "\u4e2d");

	/** Places between the two tokens of a streamed pair. Near tokens are alike. */
	private static final Set<Integer> DISTANCES = Set.of(13, 29);

	private record Measured(String unit, long single, long twice) {

		double ratio() {
			return (this.twice < NOTICEABLE_NANOS) ? 0 : (double) this.twice / Math.max(1, this.single);
		}

		Measured least(Measured other) {
			return new Measured(this.unit, Math.min(this.single, other.single), Math.min(this.twice, other.twice));
		}

	}

	/**
	 * A short text of each pair finds the pairs to look at: those with the largest
	 * ratios, and those that take longest, as quadratic work does. Each token is in three
	 * of five of its pairs, unless {@code -Drunnel.test.all-pairs=true} is set.
	 */
	@Test
	void anyTwoTokensRepeatedRenderInLinearTime() {
		warmUp();
		List<Measured> all = new ArrayList<>();
		for (String pair : pairs((first, second) -> (first + 2 * second) % 5 < 3)) {
			all.add(measure(pair, SHORT, MarkdownRenderer::render));
		}
		for (String unit : suspects(all, 20, 80)) {
			assertLinear(measure(unit, SLICED, MarkdownRenderer::render), SLICED, MarkdownRenderer::render);
		}
	}

	/**
	 * All pairs take a quarter of an hour, so each token is in four of them, unless
	 * {@code -Drunnel.test.all-pairs=true} is set.
	 */
	@Test
	void anyTwoTokensRepeatedStreamInLinearTime() {
		warmUp();
		List<Measured> all = new ArrayList<>();
		for (String pair : pairs((first, second) -> DISTANCES.contains(Math.floorMod(second - first, TOKENS.size())))) {
			all.add(measure(pair, SHORT, RenderingTimeTests::stream));
		}
		for (String unit : suspects(all, all.size() / 10, all.size() / 20)) {
			assertLinear(measure(unit, SLICED, RenderingTimeTests::stream), SLICED, RenderingTimeTests::stream);
		}
	}

	/**
	 * The pairs of two tokens that are chosen by their places in the alphabet.
	 */
	private static List<String> pairs(BiPredicate<Integer, Integer> chosen) {
		List<String> pairs = new ArrayList<>();
		for (int first = 0; first < TOKENS.size(); first++) {
			for (int second = 0; second < TOKENS.size(); second++) {
				if (ALL_PAIRS || chosen.test(first, second)) {
					pairs.add(TOKENS.get(first) + TOKENS.get(second));
				}
			}
		}
		return pairs;
	}

	private static Set<String> suspects(List<Measured> all, int byRatio, int byTime) {
		Set<String> suspects = new LinkedHashSet<>();
		all.sort(Comparator.comparingDouble(Measured::ratio).reversed());
		all.subList(0, byRatio).forEach((worst) -> suspects.add(worst.unit()));
		all.sort(Comparator.comparingLong(Measured::twice).reversed());
		all.subList(0, byTime).forEach((slow) -> suspects.add(slow.unit()));
		return suspects;
	}

	@ParameterizedTest
	@ValueSource(strings = { "~a~~b~~~c", "[a\n", "[\n", "\\\n", "[a]: b\n[a][", "[a\nb\n", "*a_b", "<!--", "`a``b",
			"[a](b ", "- a\n\n", "$a", "</details>\n\n<details>\n\n- ", "> <details>\n",
			"<details>\n<summary>a</summary>\n\n", "<details>\n- a\n</details>\n", "- > a\n  >\n", "-\n" })
	void aHostileAnswerStreamsInLinearTime(String unit) {
		warmUp();
		assertLinear(measure(unit, 32_768, RenderingTimeTests::stream), 32_768, RenderingTimeTests::stream);
	}

	/**
	 * Garbage collection and compilation disturb short times. A ratio that is too high is
	 * measured again with longer texts: the ratio of quadratic work stays at four there,
	 * that of linear work falls to two.
	 */
	private static void assertLinear(Measured first, int length, Consumer<String> work) {
		Measured measured = first;
		for (int longer = length; longer <= 8 * length && measured.ratio() >= MOST; longer *= 2) {
			measured = measure(first.unit(), longer, work);
			for (int i = 0; i < 6 && measured.ratio() >= MOST; i++) {
				measured = measured.least(measure(first.unit(), longer, work));
			}
		}
		assertThat(measured.ratio()).as("<%s>: %s", first.unit(), measured).isLessThan(MOST);
	}

	private static Measured measure(String unit, int length, Consumer<String> work) {
		String text = unit.repeat(2 * length / unit.length());
		return new Measured(unit, time(text.substring(0, text.length() / 2), work), time(text, work));
	}

	private static long time(String text, Consumer<String> work) {
		long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
		work.accept(text);
		return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
	}

	private static void stream(String text) {
		StreamingMarkdown markdown = new StreamingMarkdown();
		Pieces.of(text, 8).forEach(markdown::append);
		markdown.finish();
	}

	private static void warmUp() {
		for (int i = 0; i < 10; i++) {
			String answer = SampleAnswers.realistic(16_384);
			stream(answer);
			MarkdownRenderer.render(answer);
		}
	}

}
