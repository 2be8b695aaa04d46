package dev.runnel.conversation.store;

import java.util.stream.Collectors;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of search snippets.
 */
class SnippetsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			value = { "plain rivers run | plain [rivers] run",
					"\"# Rivers\n\n> of **great** `length`\" | [Rivers] of great length",
					"rivers > lakes | [rivers] > lakes", "\"1 \\* rivers\\, all\" | 1 * [rivers], all",
					"2*3 snake_rivers | 2*3 snake_[rivers]", "\"lakes\n## Rivers\" | lakes [Rivers]" })
	void showsNoMarksOfMarkdown(String text, String shown) {
		assertThat(Snippets.of(text, SearchQuery.of("river"))
			.stream()
			.map((piece) -> piece.hit() ? "[" + piece.text() + "]" : piece.text())
			.collect(Collectors.joining())).isEqualTo(shown);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "请修改youer服务端的计划 | 服务端 | 请修改youer[服务端]的计划", "请修改youer服务端的计划 | youer | 请修改[youer]服务端的计划",
					"服务很好，业务端也好。服务端 | 服务端 | 服务很好，业务端也好。[服务端]", "服务很好，业务端也好 | 服务端 | [服务]很好，业[务端]也好",
					"the cafe\u0301 of Café | cafe | the [cafe\u0301] of [Café]",
					"die Straße hier | STRASSE | die [Straße] hier", "ﾊﾞﾅﾅを食べる | バナナ | [ﾊﾞﾅﾅ]を食べる",
					"สวัสดีครับ | สวัส | [สวัส]ดีครับ", "한국어 학교에서 | 학교 | 한국어 [학교]에서",
					"كِتَابٌ جميل | كتاب | [كِتَابٌ] جميل", "ＡＢＣ 123 | abc | [ＡＢＣ] 123" })
	void marksWhatWasTypedWhereItStands(String text, String query, String shown) {
		assertThat(Snippets.of(decoded(text), SearchQuery.of(query))
			.stream()
			.map((piece) -> piece.hit() ? "[" + piece.text() + "]" : piece.text())
			.collect(Collectors.joining())).isEqualTo(decoded(shown));
	}

	/** Decodes escapes: combining marks are easier to read by their code points. */
	private static String decoded(String text) {
		return text.replace("\\u0301", "\u0301");
	}

}
