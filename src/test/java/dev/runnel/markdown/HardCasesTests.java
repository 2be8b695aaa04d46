package dev.runnel.markdown;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Texts in which one more character changes earlier output, streamed by one character, by
 * four, in random pieces, and at once.
 */
class HardCasesTests {

	static final List<String> LISTS = List.of("- a\n\n-", "- a\n\n-x", "- a\n\n- b",
			"- a\n- ```\n  x\n\n  y\n  ```\n- b", "* c\n   - d\n\n   - e\n   f", "- a\n - b\n  - c\n   - d\n    - e",
			"-\n\n  foo", "-\n\n  - n", "-\n\n  - n *w\n    foo\n- b", "-   \n   foo", "1.     code",
			"- 10. z\n    1. k\n\n  1. k\n*", "- [ ] a\n- [x] b\n\n  c", "- a\n\n  > b\n\n- c\n\n\n  d",
			"- a\n  - b\n\n    c\n- d", "- [x] a\n\n[x]: /u", "- ```\n  x\n\n- b", "> - ```\n>   x\n>\n> - b");

	static final List<String> PARAGRAPHS = List.of("a\n=", "a\n===x", "a\n-", "a\n- b", "a\n--\nb", "2", "2.", "2. x",
			"p\n2. x", "p\n1. x", "#", "#x", "p\n#", "p\n#x", "> a\nb", "> a\n\nb", "> - a\nb", "a  \nb", "a\\\nb",
			"a\r\nb\rc", "a\u0000b", "\tcode\n\n\tmore", "    a\n\n\n    b\nc", "-     --- -", "a |\n-|-\n",
			"x\ny | z\n-|-");

	static final List<String> DEFINITIONS = List.of("> [b]: /w\nlazy", "- [a]: /z\n\n- [a]: /y\nb",
			"> > - [a]: /z\r\n> > x", "[x]\n\n[x]: /u", "[x]: /u 'T\nx'", "[x]: /u\n[x]: /v\n\n[x]", "[x]: /u y",
			"[Foo\nBar]\n\n- [foo bar]: /u", "[a][b] [b]\n\n> [a]: /1\n\n[b]: /2", "[x]: /u\n[y]: /v\n'T'\n\n[x] [y]",
			"> [a]: /u\nb\n> ===\n", "- [x]\n\n  [x]: /u\n\n- [x]", "[x] [y]\n\n[y]: /1\n[x]: /2\n[z]: /3 y",
			"[a]: /u\n    [b]: /v\n\n    code", "[a]: /u\n\t[b]: /v\n    [c]: /w\n\nd", "\f[x]: /u 't'\n\n[x]",
			"> \u000b [x]: /u\n", "\f");

	static final List<String> CODE = List.of("```\na", "```\n``", "```\n```x", "```\n```\r",
			"  ```\n   a\n  ```\n- > q", "~~~ `x`\n", "``` a`b", "- ```\n  x\n\ny", "> ```\n> a\nb",
			"1. a\n   ```\n   b\n\n\n   c\n  d\n```\n", "```\n\n\n```\n", "- ```\n\n  a\n  ```\n\n  b");

	static final List<String> TABLES = List.of("| a |\n|-", "| a |\n|--|\n| `x | y` |", "p\n| a | b |\n|--|--|",
			"1. x\n| x | y |\n\t--|--", "|a|\n|-|\nlazy row\n\nx", "> |a|b|\n> |-|:-:|\n> |c|d|\n> e\nf|g\n\nh",
			"|[\n-|\nt\n\n", "|a|\n|-|\n\ta |", "> p\n| a | b |\n> |-|-|\n> |c|d|\n\nq",
			"- p\n|a|\n  |-|\n  |c|\n\n  q", "p\n    |[x]|\n|-|\n> q\n\n[x]: /u\n",
			"p\n2. |[x]|\n|-|\n|[y]|\n|b|\n\n[y]: /u\n[x]: /v\n\n", "|a|\n|-|\n-     a |",
			"|a|b|\n|-|-|\n|c|d|e|\n|\\||`|`|\n");

	static final List<String> HTML = List.of("<div>\n\n*x*\n</div>", "<!-- a\n\n b", "<pre>\n\nx", "<b", "<b>\nx",
			"p\n<b>", "<script>\n*a*", "p\n<address", "<addressx",
			"<details>\n<summary>a *b*\nc</summary>\n\nd\n\n- e\n\n  f\n</details>\ng",
			"> <details><summary>a</summary>\n> b\n>\n> ```\n> c\n> ```\n> </details>\n> d",
			"- <details>\n  a\n\n  b\n  </details>\n- c", "<details>\n- <details>\n  a\n</details>\nb\n</details>\nc",
			"<details>|a|\n|-|\n|b|\n</details>\n\n[x]: /u", "<details>[x]\n\n[x]: /u\n</details> a\n</details>\nb",
			"- > 25\n- > 1. a", "<details>\n```html\n<details>\n</details>\n```\nb\n</details>\nc",
			"<details>s\n<summary>\n[",
			"<details>\n<summary>A</summary>\ntext\n<summary>B</summary>\n**b**\n</details>",
			"<details>\n- x\n<summary>B</summary>\n**b**\n\nc", "> <details>\n> a\n<summary>b\n> c",
			"<details>\n- ```\n  </details>\n  ```\n</details>\na", "<details>\n- ```\n  a\n</details>\nb",
			"<br>\n**a**\n<br>", "> a\n<br>\nb", "[a]: /u\n<br>\n[a]", "- <br>\n  a\n<br>");

	static final List<String> INLINES = List.of("*a **b*", "**a* b**", "a_b_", "`a ``", "`a `` ` ``", "[a](b \"c",
			"![a][b]", "www.e.org", "http://e.org/a_b_", "&am", "&amp;", "\ud83d\ude00 a\ud83d\ude00", "a\ud83d",
			"*a&#32;*b", " *&nbsp;x *y", "a <b\nc> d", "a<br>b<br/>", "<br>\na", "<sub>a</sub> <sup>b <u>c</sup> d</u>",
			"*a <kbd>b* c</kbd>", "\u542b**\u300c\u91cd\u300d**\u5185", "\u201c\ufe01**a** **\u201c\ufe01b**c",
			"~~a~~ ~b~ ~~~c~~~ 2~3", "\u770bhttps://e.org/a\uff0c\u8be6**\u89c1**\u3002b@e.org\u3002",
			"*a **b *c ~~d** e* f~~ _g_*", "a `b\nc` d", "**a\nb** c", "[a\nb](c)", "u@e.org.", "\\(a\n\\)", "# a #",
			"# a # b",
			"A line that is long enough to be cut where its markup is settled, that is behind a hundred and sixty characters of plain text, and only then the link [a](b \"c\") ends",
			"[a](b\n\"c\")", "[a]: /z\n\np\n\n![a](\n1)", "[a]: /z\n\np\n\n[a](/b\n'c')",
			"[a]: /z\n\np\n\n*[a](<b\nc>)*", "[a]: /z\n\np\n\n[a][\nb]");

	private static final String WORDS = "docker run --detach --name web ".repeat(6);

	/**
	 * Lines that are long enough to be cut inside, and that end as another kind of block
	 * than they began.
	 */
	static final List<String> LONG_LINES = List.of("```" + WORDS + "` and more text here\n" + WORDS,
			"> ```js " + WORDS + "`x` and more\n", "a\n```" + WORDS + "` b\n", "~~~ " + WORDS + "~~~ b\n",
			"|a|\n|-|\n> " + WORDS + "a | b\n", "|a|\n|-|\n- " + WORDS + "a | b\nc", "$$ " + WORDS + "$$\n",
			"\\[ " + WORDS + "\\]\n", WORDS + "a | b\n-|-\n", "<b a='" + WORDS + "'>\n", "- [ ] " + WORDS + "\n  ===\n",
			"[a]: /u '" + WORDS + "'\n[a]", WORDS + "\n" + WORDS + "\n---\n");

	static final List<String> MATH = List.of("$a$", "$5 and $10", "$5 and 10$", "a$b$", "$$\na\n\nb", "$$ a $$\nb",
			"p\n\\[\na\n\\]\nq", "$a$b", "`$a$` $`a`$", "$a\nb$", "- $$\n  a\n  $$\n- b", "\\\\(a\\)", "\\$a$",
			"$n$th $n$the", "$$\na\n\n- b = c\n\nd = e", "$$x = 1\n\n+ 2\n\nand text", "so $$\na\n$$ b\n$$\nc",
			"so \\[\n\\begin{align}\na\n\\end{align}\n\\] b", "a $$\nb $$\n\\begin{align}\nc\n\nd",
			"\\begin{align}\na\n\nb = c\n\\end{align} d\ne", "```math\na\n\nb\n```\nc", "- ```math\n  a\n  ```\n  b",
			"| $|x|$ | `a|b` |\n|-|-|\n| \\(|a|\\) | `c |\n| $|x |", "`a\nb` c `d|e` f\n|-|-|",
			"$$ \\text{a b} =\nc $$", "so \\[\n" + "a\n".repeat(60) + "\\begin{align}\nb\n\\end{align}\nc");

	static final List<String> NOTES = List.of("a[^1]\n\n[^1]: b", "[^1]: a\nb\n\n    c\n\nd", "[^1]:\n\n    a\nb",
			"[^b] [^a]\n\n[^a]: x\n[^b]: y[^c]\n\n[^c] [^a]", "- a[^1]\n\n  [^1]: b\n\n      c\n- d[^2]",
			"> [^1]: a\nb\n> c", "[^1]: - a\n    - b\n\n      c\n    - d", "[^1]: ```\n    a\n\n    b\n    ```\nc",
			"[^1]: |a|\n    |-|\n    |b|\n\nc", "[x] [^b]\n\n[^a]\n\n[x]: /u\n", "[^1](\n/u)", "[^1][x]\n\n[x]: /u",
			"![^1] *[^a_b]* [^a*b*]", "p\n[^1]: a\n===\nb", "[^1]: [x]\n\n    [x]: /u\n\n[x]",
			"| [^a] | [^b] |\n|-|-|\n| [^b] | [^c] |\n\n[^a] [^c]", "[^1]:     a\n\n        b", "[^b]: <script> a",
			"- a\n  [^b]: 1)  <script>", "[^b]: > <!-- a -->", "[^b]: $$ a = b $$ c");

	static final List<String> DEEP = List.of("> ".repeat(45) + "a\nb\n\nc", ">".repeat(39) + "- a\n- b",
			"- ".repeat(25) + "a\n- b", "<details>\n".repeat(45) + "- a\n\n- b\n" + "</details>\n".repeat(44) + "c",
			"</details>\n\n<details>\n\n- ".repeat(45), "> <details>\n".repeat(45) + "> </details>\n> a\n\nb",
			"- ".repeat(19) + "<details>\n" + "  ".repeat(19) + "> a\n" + "  ".repeat(19) + "[^1]: b\n",
			"> ".repeat(38) + "* * *\n" + "> ".repeat(38) + "1. a\n" + "> ".repeat(38) + "a\n" + "> ".repeat(38) + "-",
			"> ".repeat(39) + "|a|\n" + "> ".repeat(39) + "- | -\n" + "> ".repeat(39) + "> b\nc",
			"[^1]: ".repeat(45) + "a\n" + "    ".repeat(39) + "b\n\nc");

	@ParameterizedTest
	@FieldSource({ "LISTS", "PARAGRAPHS", "DEFINITIONS", "CODE", "TABLES", "HTML", "INLINES", "MATH", "LONG_LINES",
			"NOTES", "DEEP" })
	void equalsTheBatchRenderingAfterEveryPiece(String text) {
		for (String whole : List.of(text, text + "\n", "- [ ] t\n\n" + text + " word and word\n\nend")) {
			Reader.read(Pieces.of(whole, 1));
			Reader.read(Pieces.of(whole, 4));
			Reader.read(Pieces.of(whole, 16));
			Reader.read(Pieces.random(whole, whole.hashCode()));
			Reader.read(List.of(whole));
		}
	}

}
