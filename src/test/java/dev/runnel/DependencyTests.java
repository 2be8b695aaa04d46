package dev.runnel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.jsoup.Jsoup;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/dependencies.md} has a reason for every dependency and library.
 */
class DependencyTests {

	private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| [^|]{5,} \\| [^|]{4,} \\|$");

	/** A row of the list by size. */
	private static final Pattern SIZED = Pattern.compile("(?m)^\\| (\\d+) \\| `([^`]+)` \\| [^|]{4,} \\|$");

	@Test
	void theListOfReasonsHasWhatThePomAsksFor() throws Exception {
		List<String> asked = Jsoup.parse(Files.readString(Path.of("pom.xml")), "", Parser.xmlParser())
			.select("project > dependencies > dependency > artifactId")
			.eachText();
		List<String> reasons = ROW.matcher(Files.readString(Path.of("docs", "dependencies.md")))
			.results()
			.map((MatchResult row) -> row.group(1))
			.toList();
		assertThat(asked).hasSizeGreaterThan(20);
		assertThat(reasons).containsExactlyElementsOf(asked);
	}

	@Test
	void theListBySizeHasEveryLibraryOfTheJar() throws Exception {
		String text = Files.readString(Path.of("docs", "dependencies.md"));
		List<MatchResult> rows = SIZED.matcher(text).results().toList();
		List<String> libraries = Files.readAllLines(Path.of("docs", "libraries.txt"))
			.stream()
			.filter((line) -> !line.startsWith("#"))
			.toList();
		assertThat(libraries).hasSizeGreaterThan(50);
		assertThat(rows.stream().map((row) -> row.group(2))).containsExactlyInAnyOrderElementsOf(libraries);
		assertThat(rows.stream().map((row) -> Integer.valueOf(row.group(1))).toList())
			.isSortedAccordingTo(Comparator.reverseOrder());
	}

}
