package dev.runnel.signin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The checklist names tests that exist.
 */
class SecurityChecklistTests {

	private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Tests|Contract))\\.(\\w+)`");

	@Test
	void eachTestOfTheChecklistExists() throws IOException {
		List<MatchResult> named = NAMED.matcher(Files.readString(Path.of("docs", "security-checklist.md")))
			.results()
			.toList();
		assertThat(named).hasSizeGreaterThan(20)
			.allSatisfy((test) -> assertThat(source(test.group(1))).as(test.group())
				.contains("void " + test.group(2) + "("));
	}

	private static String source(String name) throws IOException {
		try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
			return Files.readString(files.filter((file) -> file.endsWith(name + ".java"))
				.findFirst()
				.orElseThrow(() -> new IOException(name)));
		}
	}

}
