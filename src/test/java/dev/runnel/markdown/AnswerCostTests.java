package dev.runnel.markdown;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The cost of a typical answer, in characters parsed and sent. It is a count, so it does
 * not depend on the machine.
 */
class AnswerCostTests {

	@ParameterizedTest
	@ValueSource(ints = { 2_048, 8_192, 32_768, 131_072 })
	void parsesAndSendsFewCharactersForEachOneReceived(int length) {
		String text = SampleAnswers.realistic(length);
		StreamingMarkdown markdown = new StreamingMarkdown();
		long sent = 0;
		for (String piece : Pieces.of(text, 4)) {
			for (BlockPatch patch : markdown.append(piece).patches()) {
				assertThat(patch.html().length()).isLessThan(4_096);
				sent += patch.html().length();
			}
		}
		markdown.finish();
		assertThat(markdown.parsedCharacters()).isLessThan(4L * length);
		assertThat(sent).isLessThan(4L * markdown.html().length());
	}

}
