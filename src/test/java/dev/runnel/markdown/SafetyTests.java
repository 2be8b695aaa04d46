package dev.runnel.markdown;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Hostile Markdown, read by an HTML parser after every update: only allowed elements and
 * attributes, only allowed links, and nothing that loads without a click.
 */
class SafetyTests {

	private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
			Map.entry("a", Set.of("href", "title", "target", "rel")), Map.entry("img", Set.of("src", "alt", "title")),
			Map.entry("code", Set.of("class")), Map.entry("ol", Set.of("start")), Map.entry("th", Set.of("align")),
			Map.entry("td", Set.of("align")), Map.entry("span", Set.of("class")), Map.entry("div", Set.of("class")),
			Map.entry("sup", Set.of("class")), Map.entry("input", Set.of("type", "disabled", "checked", "aria-label")));

	private static final Set<String> PLAIN = Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "li", "blockquote",
			"pre", "em", "strong", "del", "br", "hr", "table", "thead", "tbody", "tr", "sub", "sup", "kbd", "mark", "u",
			"s", "details", "summary");

	static final List<String> HOSTILE = List.of("<script>alert(1)</script>", "<img src=x onerror=alert(1)>",
			"a <svg/onload=alert(1)> b", "<div style=\"x\" id=y onclick=z>\n\n</div>", "<!-- --><iframe src=//e.org>",
			"[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))", "[a](<java\tscript:alert(1)>)",
			"[a](java&#10;script:alert(1))", "[a](&#106;avascript&colon;alert(1))", "[a](\u0001javascript:alert(1))",
			"[a]( javascript:x)", "[a](vbscript:x)", "[a](data:text/html,<script>)", "[a](file:///etc/passwd)",
			"[a](\\javascript:x)", "[a](java\u200bscript:x)", "[a](<\u00a0javascript:x>)", "[a]\n\n[a]: javascript:x",
			"<javascript:alert(1)>", "<data:text/html,x>", "![a](javascript:x)", "![a](http://e.org/p.png)",
			"![a](//e.org/p.png)", "![a](/\\e.org/p.png)", "![a](\\\\/e.org)", "![a](<//\te.org/x>)",
			"![a](<\t//e.org/x>)", "![a][r]\n\n[r]: https://e.org/x", "![a](data:image/svg+xml,x)",
			"[![a](http://e.org/x)](javascript:y)", "[a](x \"onmouseover=alert(1)\")", "[a](x '\"><script>')",
			"[a](http://e.org/\"onclick=\"x)", "``` \"onclick=x\nb", "```\"><script>\nx", "~~~ a b<c>\n",
			"```x&quot;y\nz", "`<script>`", "    <script>", "&lt;script&gt;", "&#60;script&#62;", "$<script>$",
			"$$\n</div><script>\n$$", "\\(\"><img src=x>\\)", "| <b onclick=x> |\n|-|\n| </table><script> |",
			"[<img src=x>](y)", "![<img onerror=x>](/y)", "- [ ] <input onfocus=x>", "# <h1 id=x>",
			"http://e.org/\"><script>", "www.e.org/'onclick=x", "[a]: <javascript:x>\n[a]", "<br onclick=x>",
			"<sub onclick=x>a</sub>", "<details ontoggle=x open>",
			"<details>\n<summary onclick=x>a</summary>\n<script>x</script>\n</details>", "<u><script>x</script></u>",
			"$|<script>|$", "`|<b>|`", "<details>\n<summary><img src=x onerror=y></summary>",
			"```math\n</div><script>\n```", "[a](<`|`javascript:x>)", "\\begin{align}\n</div><script>\n\\end{align}",
			"- > 5 <script>", "[^<b>]: <script>", "[^1]: <script>x</script>\n\na[^1][^\"onclick=x]");

	@ParameterizedTest
	@FieldSource("HOSTILE")
	void isSafeAfterEveryUpdate(String text) {
		StreamingMarkdown markdown = new StreamingMarkdown();
		for (String character : Pieces.of("A [x](https://e.org) " + text + "\n\n" + text + "\n\nend", 1)) {
			markdown.append(character);
			markdown.flush();
			assertSafe(markdown.html());
		}
	}

	private static void assertSafe(String html) {
		Document page = Jsoup.parseBodyFragment(html);
		for (Element element : page.body().getAllElements()) {
			if (element != page.body()) {
				assertSafe(element, html);
			}
		}
	}

	private static void assertSafe(Element element, String html) {
		assertThat(PLAIN.contains(element.tagName()) || ALLOWED.containsKey(element.tagName())).as(html).isTrue();
		for (Attribute attribute : element.attributes()) {
			assertThat(ALLOWED.getOrDefault(element.tagName(), Set.of())).as(html).contains(attribute.getKey());
		}
		boolean noted = element.parent().is("sup.note-ref, .note > sup") && element.tagName().equals("a");
		if (noted) {
			assertThat(element.attributes().html()).as(html).matches(" href=\"#note-(ref-)?\\d+\"");
		}
		else if (element.hasAttr("href")) {
			assertThat(element.attr("rel")).isEqualTo("noopener noreferrer nofollow");
			assertThat(element.attr("href")).as(html).matches("(?i)(https?|mailto|tel):.*|[^:]*|[^:]*[^a-z0-9+.:-].*");
			assertThat(element.attr("href")).as(html).doesNotStartWith("//");
		}
		assertThat(element.attr("src")).as(html).doesNotMatch("(?s).*:.*|[\\s\\p{Cntrl}]*[/\\\\]\\s*[/\\\\].*");
		assertThat(element.className()).as(html).matches("|math( display)?|markup-end|note(-ref)?|language-[\\w.+#-]+");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://e.org", "HTTPS://e.org", "mailto:a@e.org", "tel:+1", "/a", "a/b:c", "#x", "?q=a:b",
			"a", "foo):" })
	void keepsLinksOfListedSchemesAndRelativeOnes(String url) {
		assertThat(MarkdownRenderer.render("[a](<" + url + ">)")).contains("<a href=\"" + url + "\"");
	}

	@ParameterizedTest
	@CsvSource({ "//e.org/a, https://e.org/a", "///e.org, https:///e.org", "//e.org:80/a:b, https://e.org:80/a:b" })
	void addsTheSchemeToTheAddressOfAnotherHost(String url, String href) {
		assertThat(MarkdownRenderer.render("[a](" + url + ")")).contains("<a href=\"" + href + "\"");
		assertThat(MarkdownRenderer.render("![a](" + url + ")")).contains("<a href=\"" + href + "\"");
		assertThat(MarkdownRenderer.render("[a]\n\n[a]: " + url)).contains("<a href=\"" + href + "\"");
	}

	@Test
	void makesALinkOfAnImage() {
		assertThat(MarkdownRenderer.render("![a *b*](/i.png \"t\")"))
			.contains("<a href=\"/i.png\" title=\"t\"", ">a b</a>")
			.doesNotContain("<img");
		assertThat(MarkdownRenderer.render("![](/i.png)")).contains(">/i.png</a>");
		assertThat(MarkdownRenderer.render("![a](https://e.org/i.png)")).contains("<a href=\"https://e.org/i.png\"")
			.contains(">a</a>");
	}

	@Test
	void takesALanguageOfHarmlessCharactersOnly() {
		assertThat(MarkdownRenderer.render("```c++\n```")).contains("<code class=\"language-c++\">");
		assertThat(MarkdownRenderer.render("```a\"b\n```")).contains("<pre><code></code>");
	}

}
