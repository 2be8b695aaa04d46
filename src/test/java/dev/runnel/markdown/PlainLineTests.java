package dev.runnel.markdown;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PlainLine}.
 */
class PlainLineTests {

	@Property
	void isReadLikeTheParserReadsIt(@ForAll @Chars({ 'a', 'w', 'W', 'b', '1', ' ', ',', '.', '?', '!', ';', '\'', '(',
			')', '-' }) @StringLength(min = 1, max = 40) String rest) {
		String text = "w" + rest;
		if (PlainLine.is(text)) {
			assertThat(MarkdownRenderer.renderAtOnce(text)).isEqualTo("<p>" + text + "</p>\n");
			assertThat(PlainText.parsed(text)).isEqualTo(text + "\n");
		}
		assertThat(MarkdownRenderer.render(text)).isEqualTo(MarkdownRenderer.renderAtOnce(text));
		assertThat(PlainText.of(text)).isEqualTo(PlainText.parsed(text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "How is tea made?", "a", "It isn't so (not at all), is it - or 1.5 times", "ww a.b" })
	void isALineWithoutMarks(String text) {
		assertThat(PlainLine.is(text)).isTrue();
		assertThat(MarkdownRenderer.render(text)).isEqualTo("<p>" + text + "</p>\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " a", "a ", "1. a", "- a", "a\nb", "a\n", "*a*", "a_b", "`a`", "a & b", "a < b",
			"http://a.example", "see www.a.example", "WWW.a.example", "a@b.example", "a | b", "a\tb", "\\(a", "a$b$",
			"[a]", "Tür", "a\u0000", "\uE000" })
	void leavesEverythingElseToTheParser(String text) {
		assertThat(PlainLine.is(text)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1000, 1001 })
	void endsAtALengthThatIsParsedTheSame(int length) {
		String text = "a".repeat(length);
		assertThat(PlainLine.is(text)).isEqualTo(length == 1000);
		assertThat(MarkdownRenderer.render(text)).isEqualTo(MarkdownRenderer.renderAtOnce(text));
	}

}
