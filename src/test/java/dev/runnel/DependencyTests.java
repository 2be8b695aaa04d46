package dev.runnel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.jsoup.Jsoup;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/dependencies.md} gives a reason for every dependency.
 */
class DependencyTests {

	private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| [^|]{5,} \\| [^|]{4,} \\|$");

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

}
