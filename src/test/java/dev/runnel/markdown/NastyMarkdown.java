package dev.runnel.markdown;

import java.util.List;
import java.util.Random;

/**
 * Random documents of lines that change the meaning of what stands around them.
 */
final class NastyMarkdown {

	private static final List<String> INDENTS = List.of("", "", "", "", " ", "  ", "   ", "    ", "\t", "     ", "> ",
			">", "> > ", "- ", "  - ", "    - ", "1. ", "   1. ", "* ", "+ ", "> - ", "- > ", ">\t", "-\t", "10) ",
			"      ", " > ", "-   ", "- 1. ", ">   ", "1)  ");

	private static final List<String> CONTENTS = List.of("", "", "", "a", "b c", "foo bar baz", "# h", "#", "## t #",
			"---", "--", "-", "===", "=", "***", "* * *", "```", "```js", "````", "~~~", "`` ` ``", "`a", "a`b `c`",
			"*a", "**b** c", "*a **b* c**", "_x_ y_z", "~~s~~", "~t", "[x]", "[y]", "[x]: /u", "[x]: /v 'T", "x'",
			"[y]: <a b> \"t\"", "[x]: /u y", "[y]:", "/w", "[a](b \"c\")", "[a](b", "![i](/p)", "![i][x]", "[x][y]",
			"[", "]", "| a | b |", "|---|---|", "|--", "| a |", "|:-|-:|", "a | b", "|", "c \\| d |", "<div>", "</div>",
			"<b>", "<b", "<!-- c", "-->", "<pre>", "</pre>", "<script>", "<http://e.org>", "www.e.org",
			"http://e.org/a_b_", "u@e.org", "&amp;", "&am", "&#42;", "&copy", "\\*", "a\\", "a  ", "b \t", "[ ] t",
			"[x] t", "[ ]", "2. x", "1.", "- x", "-", "+", "1)", "\u00e9\ud83d\ude00", "a\u0000b", "$x$", "$5 and $10",
			"$$", "\\(a\\)", "\\[", "\\]", "\\[b\\]", "$a", "b$ c", "word word word",
			"long line of plain words that goes on and on", "snake_case_word", "5 < 6", "a * b", "R&D", "[1] cited",
			"|-".repeat(52) + "|", "end.", "Item: text", "**Bold**: text");

	private static final List<String> ENDS = List.of("\n", "\n", "\n", "\n", "\n\n", "\n\n", "\r\n", "\r", "\n\n\n",
			" ", " and ", "");

	private NastyMarkdown() {
	}

	static String document(Random random, int maxLines) {
		StringBuilder text = new StringBuilder();
		int lines = 1 + random.nextInt(maxLines);
		for (int i = 0; i < lines; i++) {
			text.append(any(INDENTS, random));
			if (random.nextInt(6) == 0) {
				text.append(any(INDENTS, random));
			}
			text.append(any(CONTENTS, random));
			if (random.nextInt(4) == 0) {
				text.append(' ').append(any(CONTENTS, random));
			}
			text.append(any(ENDS, random));
		}
		return text.toString();
	}

	private static String any(List<String> choices, Random random) {
		return choices.get(random.nextInt(choices.size()));
	}

}
