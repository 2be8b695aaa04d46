package dev.runnel.markdown;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random documents of lines that change the meaning of the lines around them. There are
 * three kinds: random lines; lines about one subject, which interact more often
 * (definitions and references to them, tables, lists); and long lines with a marker at
 * the start and marks near the end.
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
			"|-".repeat(52) + "|", "end.", "Item: text", "**Bold**: text", "\u4e2d\u6587\u3002",
			"\u5f53$x$\u8d8b\u4e8e", "\u542b**\u91cd\u70b9**\u5185\u5bb9", "\ud83d", "\ude00", "(", "(1)", "1)", "[]",
			"(b \"c\"", "\"c\")", "'t'", "~a~~b~~~c", "$$a$$", "$$ a b", "c $$", "\\[ a b", "c \\]",
			"\ud83d\udc69\u200d\ud83d\udcbb", "\u200b", "<b a=\"c d\">", "\u00a0a", "<?php", "?>", "<![CDATA[", "]]>",
			"![x](", "[x](", "![x][", "[x][", "![x]", "x](", "x][y]", "x]", "[^1]", "[^a]", "[^1]: n", "[^a]: [^b]",
			"[^b]:", "    n", "a[^b]", "<x y='", "`", "``", "http://e.org/a(b)", "a:", "&#x0;", "\\", "**", "__", "~~",
			"*", "_", "\u000b", "\u000c", "\u2028", "\u0085", "<br>", "a<br/>b", "<sub>", "</sub>", "<u>a</u>", "<kbd>",
			"</kbd>", "<details>", "</details>", "<summary>s</summary>", "<summary>", "</summary>", "<details># h",
			"\\begin{align}", "\\end{align}", "so \\[", "so $$", "= c", "x^2 $$", "```math", "```markdown", "```md",
			"````markdown", "~~~md", "$|x|$", "`a|b`", "| `a|b` | $|c|$ |", "$n$th", "> 25", "- > 5", "2~3", "~~~a~~~",
			"**\u300c\u91cd\u300d**\u5185", "\u542b**(a)**", "\u201c\ufe01", "https://e.org/a\uff0cb",
			"\u5f53$x$\u65f6", "\uff0c", "\ufdd1", "`|`");

	/** Consecutive definitions, lines that may continue them, and references to them. */
	private static final List<String> REFERENCES = List.of("[x]: /u", "[y]: /v", "    [y]: /v", "   [x]: /w 'T'",
			"[x]: /u 'T", "x'", "    code", "\t[y]: /z", "'T'", "    'T'", "[y]:", "/w", "![x](", "[x](", "[y](b",
			"(1)", "1)", "[x][", "y]", "![y][", "[x]", "[x] [y]", "![x]", "", "", "===", "---", "a", "| [x] |", "|-|",
			"- b", "    > q", "   a", "[x]: <", "a>", "[x]: /u 'T' z", "2. x", "    | a |", "[x]\\", "*[x](", "**[y](c",
			"[x]`", "[x](<", "c>)", "[x](/c", "\"d\")", "[y](\\", "[y](&", "(", "x](", "[z", "> [y]: /q", "[y]: /u\\",
			"[Y]: /b", "[^x]: n", "[^x]", "[^x](", "[^y]: [x]");

	private static final List<String> STARTS = List.of("```", "````", "```js ", "~~~", "~~~ ", "    ", "# ", "## ", "#",
			"$$", "$$ ", "\\[", "\\[ ", "\\(", "<div>", "<b>", "<b ", "<!-- ", "<pre>", "</b>", "- ", "* ", "1. ",
			"1) ", "10. ", "> ", ">> ", "[x]: ", "[x]: /u '", "[x]", "[x](", "![x](", "[", "| ", "|", "---", "- - ",
			"***", "===", "=", "-", "+ ", "`", "``", "*", "**", "_", "~", "~~", "&", "\\", "<", "!", "\t", " ", "  ",
			"- [ ] ", "- [x] ", "- ```", "> ```", "1. ```", "- > ", "> - ", "> $$", "- | ", "<?", "<!A ", "<![CDATA[",
			"\u4e2d", "2. ", "a\n```", "a\n| ", "a\n$$", "a\n<b ", "a\n- ", "|a|b|\n|-|-|\n", "|a|\n|-|\n```", "\"",
			"(", "http://", "www.", "[x]\n[x](", "", "");

	private static final List<String> LATE = List.of("`", "``", "```", "~~~", "$$", "$", "\\]", "\\)", "|", " |", ">",
			"/>", "-->", "'", "\"", "]", "](", "]:", ")", "*", "**", "_", "~", "~~", ";", "#", " #", " ##", "\\", "<",
			"<b", "<b>", "&amp;", "&am", "[x]", "[x](", "[x][", "?>", "]]>", "  ", "\t", " \t", ":", "@e.org",
			"http://e.org", "www.e.org", "\ud83d", "\u0000", "<br>", "<sub>", "</sub>", "$$", "$|", "|$", "`|", "~~",
			"\uff0c", "\u201d**", "</details>", "<details>", "\\begin{align}", "$th", "!", "![", "[", "(", "\u3002",
			"\ud83d\ude00", "---", "===", "`a`", "\\(", "\\[", "- ", "1. ", "> ");

	private static final List<String> WORDS = List.of("word ", "word ", "and ", "of ", "a ", "docker run --name we ",
			"\u4e2d\u6587 ", "\u4e2d\u6587\u3002", "some more text, ", "it's 5 ", "\ud83d\ude00 ", "x, ", "1 ", "12 ",
			"plain words here ", "end. ", "so: ", "don't ", "\u00e9t\u00e9 ", "(in) ", "- ", "= ", "+ ");

	private static final List<String> ENDS = List.of("\n", "\n", "\n", "\n", "\n\n", "\n\n", "\r\n", "\r", "\n\n\n",
			" ", " and ", "", "\r\n\r\n", " \n", "  \n", "\t\n", "\n \n", "\r\r");

	private static final List<String> AFTER_LONG = List.of("", "\n", "\n---\n", "\n===\n", "\n|-|\n", "\n|-|-|\n",
			"\n\n", "\na", "\n```\n", "\n    b\n", "\n- c\n", "\n$$\n", "\r\nd", "\n[x]: /u\n", "\n\n[x]: /u\n",
			"\n> e\n", "\n1)", "\n)");

	private NastyMarkdown() {
	}

	/**
	 * A document of one of the three kinds.
	 */
	static String document(Random random, int maxLines) {
		return switch (random.nextInt(8)) {
			case 0 -> references(random, maxLines);
			case 1 -> longLines(random);
			default -> lines(random, CONTENTS, 1 + random.nextInt(maxLines));
		};
	}

	/** Half of these documents define the labels at the start, in finished text. */
	private static String references(Random random, int maxLines) {
		String known = random.nextBoolean() ? "[x]: /x\n\n[y]: /y\n\na\n\n" : "";
		return known + lines(random, REFERENCES, 1 + random.nextInt(maxLines));
	}

	private static String lines(Random random, List<String> contents, int lines) {
		StringBuilder text = new StringBuilder();
		int indented = (contents == CONTENTS) ? 1 : 3;
		for (int i = 0; i < lines; i++) {
			if (random.nextInt(indented) == 0) {
				text.append(any(INDENTS, random));
			}
			if (random.nextInt(6) == 0) {
				text.append(any(INDENTS, random));
			}
			text.append(any(contents, random));
			if (random.nextInt(4) == 0) {
				text.append(' ').append(any(contents, random));
			}
			text.append(any(ENDS, random));
		}
		return text.toString();
	}

	/**
	 * One or two lines of 150 to 500 characters, with marks at the start and near the
	 * end.
	 */
	private static String longLines(Random random) {
		StringBuilder text = new StringBuilder();
		for (int lines = 1 + random.nextInt(2); lines > 0; lines--) {
			if (random.nextInt(3) == 0) {
				text.append(any(INDENTS, random));
			}
			text.append(any(STARTS, random));
			int end = text.length() + 150 + random.nextInt(random.nextInt(4) == 0 ? 350 : 60);
			int late = random.nextInt(3) == 0 ? 8 : 40;
			while (text.length() < end) {
				text.append(random.nextInt(late) == 0 ? any(LATE, random) : any(WORDS, random));
			}
			for (int marks = random.nextInt(4); marks > 0; marks--) {
				text.append(any(LATE, random)).append(any(WORDS, random));
			}
			text.append(any(AFTER_LONG, random));
		}
		return text.toString();
	}

	private static String any(List<String> choices, Random random) {
		return choices.get(random.nextInt(choices.size()));
	}

	/**
	 * A document whose lines stand in about as many containers as there may be. Some of
	 * the lines leave the innermost ones.
	 */
	static String deepDocument(Random random, int lines) {
		List<String> markers = List.of("> ", "- ", "1. ", "[^1]: ", "<details>", ">");
		List<String> starts = List.of("> ", "  ", "   ", "    ", "", ">");
		StringBuilder text = new StringBuilder();
		List<String> line = new ArrayList<>();
		int kinds = 1 + random.nextInt(markers.size());
		int offset = random.nextInt(markers.size());
		for (int depth = DeepLine.MAX_DEPTH - 6 + random.nextInt(9); depth > 0; depth--) {
			int kind = (offset + random.nextInt(kinds)) % markers.size();
			text.append(markers.get(kind));
			line.add(starts.get(kind));
			depth -= (kind == 1 || kind == 2) ? 1 : 0;
		}
		for (String content : document(random, lines).split("\n", -1)) {
			text.append(content).append('\n');
			int kept = (random.nextInt(4) > 0) ? line.size() : random.nextInt(line.size() + 1);
			line.subList(0, kept).forEach(text::append);
			text.append((random.nextInt(4) > 0) ? "" : markers.get(random.nextInt(markers.size())));
		}
		return text.toString();
	}

}
