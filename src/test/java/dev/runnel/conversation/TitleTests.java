package dev.runnel.conversation;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

/**
 * Tests of conversation titles.
 */
class TitleTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, quoteCharacter = '"', value = {
			"How is tea made?|How is tea made?", "# How *is* **tea** made?|How is tea made?",
			"> - [ ] `git rebase` [here](https://example.org/x)|git rebase here",
			"\"\n\n  second line\nthird\"|second line", "\"```java\nint x = 1;\n```\"|int x = 1;",
			"\"---\n~~old~~ __new__\"|old new", "1. one|one", "snake_case_name and 2*3*4|snake_case_name and 2*3*4",
			"#hash|#hash", "![a picture](x.png)|a picture", "2\\*3|2*3",
			"Why does <b>this</b> fail?|Why does <b>this</b> fail?", "Solve $x^2=4$|Solve x^2=4", "a\tb\u202Ec|a b c",
			"a\uFDD0b\uFDD1c|a\uFFFDb\uFFFDc", "###|New conversation", "\" \"|New conversation" })
	void isTheFirstLineOfTheQuestionWithoutMarks(String question, String title) {
		assertThat(Title.ofQuestion(question)).isEqualTo(title);
	}

	@Test
	void isCutBetweenTwoWords() {
		assertThat(Title.ofQuestion("Please explain to me in some detail how a hash map works inside"))
			.isEqualTo("Please explain to me in some detail how a hash map works…");
	}

	@Test
	void isCutInsideAWordThatIsTooLongItself() {
		assertThat(Title.ofQuestion("x".repeat(500))).isEqualTo("x".repeat(59) + "…");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\uD83D\uDE00", "e\u0301", "\uD83D\uDC69\u200D\uD83D\uDC69" })
	void isNeverCutInsideACharacter(String character) {
		for (int before = 50; before <= 59; before++) {
			String title = Title.ofQuestion("x".repeat(before) + character + "y".repeat(20));
			String kept = title.substring(before, title.length() - 1);
			assertThat(kept.isEmpty() || kept.startsWith(character)).as(title).isTrue();
		}
	}

	@Test
	void isOneWellFormedLine() {
		assertThat(Title.line(" a\r\n\u0000b\u2028\u2066c\uD83D ")).isEqualTo("a b c\uFFFD");
	}

	@ParameterizedTest
	@ValueSource(strings = { "[", "*", "`", "_a", "> ", "1. ", "[a](", "![", "~~a" })
	void costsLittleWhateverTheQuestion(String part) {
		assertTimeout(Duration.ofSeconds(10), () -> Title.ofQuestion(part.repeat(160_000)));
	}

}
