package dev.runnel.page;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.runnel.markdown.MarkdownRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Long answers in pieces: each piece is well-formed, and together they have the text of
 * the answer.
 */
class PiecesTests {

	private static final int LENGTH = 150_000;

	private static final int LONGEST_PIECE = 130_000;

	private static final int MOST_ELEMENTS = 600;

	/** A cut in a table is visible, so its pieces are longer. */
	private static final int MOST_IN_TABLE = 1100;

	private static final Pattern TAG = Pattern.compile("<(/?)([a-z][a-z0-9]*)\\b[^>]*>");

	@ParameterizedTest
	@EnumSource
	void eachPieceIsWholeAndShort(Hostile hostile) {
		String html = MarkdownRenderer.render(hostile.text(LENGTH));
		List<String> pieces = Pieces.of(html).stream().map(Pieces.Piece::html).toList();
		int most = (hostile == Hostile.TABLE) ? MOST_IN_TABLE : MOST_ELEMENTS;
		assertThat(pieces).hasSizeGreaterThan(1)
			.allSatisfy((piece) -> assertThat(piece).hasSizeLessThan(LONGEST_PIECE))
			.allSatisfy((piece) -> assertThat(elements(piece)).isLessThan(most))
			.allSatisfy(PiecesTests::assertWhole);
		assertThat(words(String.join("", pieces))).isEqualTo(words(html));
	}

	@Test
	void aFormulaWeighsAsMuchAsTheElementsThatWillShowIt() {
		String formula = "<span class=\"math\">x^2</span>";
		assertThat(Pieces.of("<p>" + (formula + " and ").repeat(3000) + "</p>\n"))
			.allSatisfy((piece) -> assertThat(piece.html().split(formula.substring(0, 7), -1)).hasSizeLessThan(150));
		String item = "<li>that <span class=\"math\">a^2 + b^2 = c^2</span></li>\n";
		assertThat(Pieces.of("<ul>\n" + item.repeat(200) + "</ul>\n")).hasSizeGreaterThan(4)
			.allSatisfy((piece) -> assertThat(piece.html()).doesNotContain("class=\"rest\""));
	}

	@Test
	void noCutIsInsideATag() {
		for (int indent = 0; indent < 30; indent++) {
			String html = "<p>" + "x".repeat(indent) + "<a href=\"https://e.x/\">a</a>".repeat(3000) + "</p>\n";
			assertThat(Pieces.of(html)).hasSizeGreaterThan(1)
				.allSatisfy((piece) -> assertWhole(piece.html()))
				.allSatisfy((piece) -> assertThat(TAG.matcher(piece.html()).replaceAll("")).matches("x*a*\n?"));
		}
	}

	@Test
	void foldedBlocksStayTogether() {
		String text = "<details>\n<summary>s</summary>\n\n" + "- item\n".repeat(3000) + "\n" + "word ".repeat(9000)
				+ "\n</details>\n\n" + "- item\n".repeat(3000);
		assertThat(Pieces.of(MarkdownRenderer.render(text))).hasSizeGreaterThan(2)
			.allSatisfy((piece) -> assertWhole(piece.html()))
			.filteredOn((piece) -> piece.html().contains("<details>"))
			.hasSize(1);
	}

	@Test
	void anIdIsInOnePieceOnly() {
		String text = "[^a]\n\n[^a]: " + "word ".repeat(9000) + "\n\n| [^b] |\n|-|\n" + "| row |\n".repeat(3000)
				+ "\n[^b]: b";
		List<Pieces.Piece> pieces = Pieces.of(MarkdownRenderer.renderForPage(text, "m"));
		assertThat(pieces).hasSizeGreaterThan(3).allSatisfy((piece) -> assertWhole(piece.html()));
		assertThat(Pattern.compile(" id=\"([^\"]*)\"")
			.matcher(pieces.stream().map(Pieces.Piece::html).collect(Collectors.joining()))
			.results()
			.map((id) -> id.group(1)))
			.containsExactlyInAnyOrder("m-note-ref-1", "m-note-ref-2", "m-note-1", "m-note-2");
	}

	private static long elements(String piece) {
		return TAG.matcher(piece).results().filter((tag) -> tag.group(1).isEmpty()).count();
	}

	private static void assertWhole(String piece) {
		List<String> open = new ArrayList<>();
		Matcher tag = TAG.matcher(piece);
		while (tag.find()) {
			if (!tag.group(1).isEmpty()) {
				assertThat(open.remove(open.size() - 1)).isEqualTo(tag.group(2));
			}
			else if (!OpenElement.isVoid(tag.group(2))) {
				open.add(tag.group(2));
			}
		}
		assertThat(open).isEmpty();
	}

	/** The text without table heads, which each piece of a table repeats. */
	private static String words(String html) {
		return html.replaceAll("(?s)<thead>.*?</thead>", "").replaceAll("<[^>]*>|\\n", "");
	}

}
