package dev.runnel.markdown;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
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
	private static final Map<String, String> COMMONMARK_DIFFERENCES = Map.of( //
			"raw HTML is shown as text",
			"21 31 148-191 201 308 309 344 475-477 491 494 524 536 613-617 623 625-631 642 643",
			"the language of code has a list of characters", "34 144", //
			"links have a list of schemes", "596 598 599 601", //
			"images are links", "517 520 531 572-589 591", //
			"GFM makes links of bare addresses", "602 606 608 611 612");

	private static final Map<String, String> GFM_DIFFERENCES = Map
		.of("the library ends addresses differently, and FTP is not an allowed scheme", "625 626 628 631 652");

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
		assertThat(differing(TestResources.getSpec(), false)).isEqualTo(known(COMMONMARK_DIFFERENCES));
	}

	@Test
	void rendersTheGfmExamplesAsSpecifiedButForKnownDifferences() {
		assertThat(differing(TestResources.getGfmSpec(), true)).isEqualTo(known(GFM_DIFFERENCES));
	}

	@Test
	void theDocumentNamesEachDifferenceWithItsReason() throws IOException {
		String document = Files.readString(Path.of("docs", "markdown.md"));
		COMMONMARK_DIFFERENCES
			.forEach((reason, numbers) -> assertThat(document).contains("| CommonMark | " + numbers + " | " + reason));
		GFM_DIFFERENCES
			.forEach((reason, numbers) -> assertThat(document).contains("| GFM | " + numbers + " | " + reason));
	}

	private static Set<Integer> known(Map<String, String> differences) {
		Set<Integer> known = new TreeSet<>();
		differences.values().forEach((ranges) -> known.addAll(numbers(ranges)));
		return known;
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
