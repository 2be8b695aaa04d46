package dev.runnel.conversation;

import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is shown of a text in which something was found.
 */
class WordsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			value = { "plain rivers run | plain [rivers] run",
					"\"# Rivers\n\n> of **great** `length`\" | [Rivers] of great length",
					"rivers > lakes | [rivers] > lakes", "\"1 \\* rivers\\, all\" | 1 * [rivers], all",
					"2*3 snake_rivers | 2*3 snake_[rivers]", "\"lakes\n## Rivers\" | lakes [Rivers]" })
	void showsNoMarksOfMarkdown(String text, String shown) {
		assertThat(Words.snippet(text, List.of("river"))
			.stream()
			.map((piece) -> piece.hit() ? "[" + piece.text() + "]" : piece.text())
			.collect(Collectors.joining())).isEqualTo(shown);
	}

}
