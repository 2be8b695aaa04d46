package dev.runnel.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The style sheets take colours from {@code tokens.css}.
 */
class StylesTests {

	private static final Path STYLES = Path.of("src/main/resources/static/css");

	private static final Path TOKENS = STYLES.resolve("tokens.css");

	/** A colour that a style sheet writes itself. */
	private static final Pattern COLOUR = Pattern.compile("#[0-9a-f]{3,8}\\b|\\b(?:rgb|hsl|oklch)a?\\(",
			Pattern.CASE_INSENSITIVE);

	@Test
	void coloursAreDefinedOnce() throws IOException {
		assertThat(Files.readString(TOKENS)).containsPattern(COLOUR);
		try (Stream<Path> sheets = Files.list(STYLES)) {
			assertThat(sheets.filter((sheet) -> !sheet.equals(TOKENS))).hasSizeGreaterThan(5)
				.allSatisfy((sheet) -> assertThat(Files.readString(sheet)).doesNotContainPattern(COLOUR));
		}
	}

}
