package dev.runnel.markdown;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
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

	private static final long SEED = 20261128;

	private static final int SAMPLE = 60;

	private static final int SHORT = 8_192;

	/** Rendered in slices, like twice as much. */
	private static final int SLICED = 32_768;

	private static final List<String> TOKENS = List.of("a", "\n", "\n\n", "*", "**", "_", "~", "~~", "~~~", "`", "``",
			"```\n", "[", "]", "[a](", "[a][", "![", "(b)", "[a]: b\n", "<", "<!--", "<a b=\"", "<b>", "&", "\\", "\\(",
			"\\[", "$", "$$", "|", "|-|\n", "- ", "> ", "1. ", "    ", "# ", "===\n", "---\n", "a@b.c", "www.a.b",
			"http://a.b", ":", "\"", "\t");

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
	 * ratios, and those that take longest, as quadratic work does.
	 */
	@Test
	void anyTwoTokensRepeatedRenderInLinearTime() {
		warmUp();
		List<Measured> all = new ArrayList<>();
		for (String first : TOKENS) {
			for (String second : TOKENS) {
				all.add(measure(first + second, SHORT, MarkdownRenderer::render));
			}
		}
		Set<String> suspects = new LinkedHashSet<>();
		all.sort(Comparator.comparingDouble(Measured::ratio).reversed());
		all.subList(0, 20).forEach((worst) -> suspects.add(worst.unit()));
		all.sort(Comparator.comparingLong(Measured::twice).reversed());
		all.subList(0, 80).forEach((slow) -> suspects.add(slow.unit()));
		for (String unit : suspects) {
			assertLinear(measure(unit, SLICED, MarkdownRenderer::render), SLICED, MarkdownRenderer::render);
		}
	}

	/**
	 * All pairs take a quarter of an hour, so a sample is tested unless
	 * {@code -Drunnel.test.all-pairs=true} is set.
	 */
	@Test
	void anyTwoTokensRepeatedStreamInLinearTime() {
		warmUp();
		List<String> pairs = new ArrayList<>();
		TOKENS.forEach((first) -> TOKENS.forEach((second) -> pairs.add(first + second)));
		Collections.shuffle(pairs, new Random(SEED));
		int count = Boolean.getBoolean("runnel.test.all-pairs") ? pairs.size() : SAMPLE;
		List<Measured> all = new ArrayList<>();
		pairs.subList(0, count).forEach((pair) -> all.add(measure(pair, 16_384, RenderingTimeTests::stream)));
		all.sort(Comparator.comparingDouble(Measured::ratio).reversed());
		for (Measured worst : all.subList(0, count / 5)) {
			assertLinear(measure(worst.unit(), 32_768, RenderingTimeTests::stream), 32_768, RenderingTimeTests::stream);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "~a~~b~~~c", "[a\n", "[\n", "\\\n", "[a]: b\n[a][", "[a\nb\n", "*a_b", "<!--", "`a``b",
			"[a](b ", "- a\n\n", "$a" })
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
			for (int i = 0; i < 3 && measured.ratio() >= MOST; i++) {
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
