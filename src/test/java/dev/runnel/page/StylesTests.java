package dev.runnel.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The style sheets take colours, sizes of type and distances from {@code tokens.css}.
 */
class StylesTests {

	private static final Path STYLES = Path.of("src/main/resources/static/css");

	private static final Path TOKENS = STYLES.resolve("tokens.css");

	/** A colour that a style sheet writes itself. */
	private static final Pattern COLOUR = Pattern.compile("#[0-9a-f]{3,8}\\b|\\b(?:rgb|hsl|oklch)a?\\(",
			Pattern.CASE_INSENSITIVE);

	/**
	 * A size of type that a style sheet writes itself. Sizes relative to the text around
	 * are allowed.
	 */
	private static final Pattern SIZE = Pattern.compile("font-size: [\\d.]+(?:rem|px|pt)");

	/**
	 * A distance that a style sheet writes itself. Distances relative to the text around,
	 * and hairlines, are allowed.
	 */
	private static final Pattern DISTANCE = Pattern.compile("(?:margin|padding|gap)[\\w-]*:[^;}]*\\drem");

	@Test
	void coloursAreDefinedOnce() throws IOException {
		assertThat(Files.readString(TOKENS)).containsPattern(COLOUR);
		noOtherSheetHas(COLOUR);
	}

	@Test
	void sizesOfTypeAreDefinedOnce() throws IOException {
		noOtherSheetHas(SIZE);
	}

	@Test
	void distancesAreDefinedOnce() throws IOException {
		assertThat(Files.readString(TOKENS)).containsPattern("--space-1: [\\d.]+rem");
		noOtherSheetHas(DISTANCE);
	}

	private static void noOtherSheetHas(Pattern value) throws IOException {
		try (Stream<Path> sheets = Files.list(STYLES)) {
			assertThat(sheets.filter((sheet) -> !sheet.equals(TOKENS))).hasSizeGreaterThan(5)
				.allSatisfy((sheet) -> assertThat(Files.readString(sheet)).doesNotContainPattern(value));
		}
	}

}
