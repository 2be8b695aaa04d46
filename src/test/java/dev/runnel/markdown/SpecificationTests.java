package dev.runnel.markdown;

import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.commonmark.testutil.TestResources;
import org.commonmark.testutil.example.Example;
import org.commonmark.testutil.example.ExampleReader;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of the CommonMark and GFM specifications, streamed in several ways, and
 * compared with the HTML in the specifications.
 */
class SpecificationTests {

	/** The examples with other HTML than the specification, by reason and number. */
	private static final Map<String, Set<Integer>> COMMONMARK_DIFFERENCES = Map.of( //
			"raw HTML is shown as text",
			numbers("21 31 148-191 201 308 309 344 475-477 491 494 524 536 613-617 623 625-631 642 643"),
			"the language of code has a list of characters", Set.of(34, 144), //
			"links have a list of schemes", Set.of(596, 598, 599, 601), //
			"images are links", numbers("517 520 531 572-589 591"), //
			"GFM makes links of bare addresses", Set.of(602, 606, 608, 611, 612));

	/**
	 * The autolink library ends addresses differently, and FTP is not an allowed scheme.
	 */
	private static final Set<Integer> GFM_DIFFERENCES = Set.of(625, 626, 628, 631, 652);

	private static Set<Integer> numbers(String ranges) {
		return List.of(ranges.split(" "))
			.stream()
			.map((range) -> range.split("-"))
			.flatMapToInt((range) -> IntStream.rangeClosed(Integer.parseInt(range[0]),
					Integer.parseInt(range[range.length - 1])))
			.boxed()
			.collect(Collectors.toSet());
	}

	@Test
	void rendersTheCommonMarkExamplesAsSpecifiedButForKnownDifferences() {
		Set<Integer> known = new TreeSet<>();
		COMMONMARK_DIFFERENCES.values().forEach(known::addAll);
		assertThat(differing(TestResources.getSpec(), false)).isEqualTo(known);
	}

	@Test
	void rendersTheGfmExamplesAsSpecifiedButForKnownDifferences() {
		assertThat(differing(TestResources.getGfmSpec(), true)).isEqualTo(new TreeSet<>(GFM_DIFFERENCES));
	}

	/**
	 * The examples with other HTML. For the GFM specification, only the examples of
	 * extensions are tested, because the others are the same as in CommonMark.
	 */
	private static Set<Integer> differing(URL specification, boolean extensionsOnly) {
		List<Example> examples = ExampleReader.readExamples(specification);
		assertThat(examples).hasSizeGreaterThanOrEqualTo(652);
		Set<Integer> differing = new TreeSet<>();
		for (int i = 0; i < examples.size(); i++) {
			Example example = examples.get(i);
			boolean tested = !extensionsOnly || !example.getInfo().isEmpty();
			if (tested && !plain(MarkdownRenderer.render(example.getSource())).equals(expected(example))) {
				differing.add(i + 1);
			}
		}
		return differing;
	}

	private static String expected(Example example) {
		return example.getHtml()
			.replace('\u2192', '\t')
			.replace("<input checked=\"\" disabled=\"\" type=\"checkbox\">",
					"<input type=\"checkbox\" disabled=\"\" checked=\"\">")
			.replace("<input disabled=\"\" type=\"checkbox\">", "<input type=\"checkbox\" disabled=\"\">");
	}

	/** The HTML without the attributes that Runnel adds to every link and checkbox. */
	private static String plain(String html) {
		return html.replace(" target=\"_blank\" rel=\"noopener noreferrer nofollow\"", "")
			.replaceAll(" aria-label=\"[^\"]*\"", "");
	}

	@Test
	void streamsTheCommonMarkExamples() {
		assertThat(stream(TestResources.getSpec())).isGreaterThan(20_000);
	}

	@Test
	void streamsTheGfmExamples() {
		assertThat(stream(TestResources.getGfmSpec())).isGreaterThan(20_000);
	}

	private static int stream(URL specification) {
		int prefixes = 0;
		for (Example example : ExampleReader.readExamples(specification)) {
			String text = example.getSource();
			prefixes += Reader.read(Pieces.of(text, 1)).prefixes();
			prefixes += Reader.read(Pieces.of(text, 4)).prefixes();
			prefixes += Reader.read(Pieces.random(text, text.length())).prefixes();
			prefixes += Reader.read(List.of(text)).prefixes();
		}
		return prefixes;
	}

}
