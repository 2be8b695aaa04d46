package dev.runnel.page;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Code, formulas and tables in an answer: how the page shows them, without disturbing a
 * reader.
 */
class CodePageTests extends ScriptedPage {

	private static final String START = "<pre><code class=\"language-java\">";

	private static final String END = "</code></pre>\n";

	private ScriptedStream answer;

	@BeforeEach
	void ask() {
		browser.send("Show me");
		this.answer = site.chat().asked();
	}

	@Test
	void codeIsColouredWhileItGrowsAndNeverUncoloured() {
		assertThat(loaded()).noneMatch((file) -> file.contains("highlight"));
		this.answer.write(0, START + "int one = 1;\n" + END);
		browser.until("document.querySelector('.hljs-type')");
		browser
			.script("""
					window.type = document.querySelector('.hljs-type');
					window.pale = 0;
					new MutationObserver(() => window.pale += document.querySelector('.hljs-type') ? 0 : 1)
						.observe(document.querySelector('.prose'), { subtree: true, childList: true, characterData: true });""");
		this.answer.write(0, START + "int one = 1;\nchar two = '2';\n" + END);
		browser.until("document.querySelector('.hljs-string')");
		this.answer.write(1, "<p>After it.</p>\n");
		this.answer.complete();
		browser.untilStatus("Done");
		assertThat(browser.<Boolean>script("return window.type.isConnected && window.pale === 0")).isTrue();
		assertThat(browser.<String>script("return document.querySelector('pre').textContent"))
			.isEqualTo("int one = 1;\nchar two = '2';\n");
		assertThat(PageSteps.answerHtml(browser)).isEqualTo(this.answer.html());
	}

	@Test
	void codeInAListStaysColouredWhenTheListGrows() {
		String item = "<li>one\n" + START + "int one = 1;\n" + END + "</li>\n";
		this.answer.write(0, "<ul>\n" + item + "</ul>\n");
		browser.until("document.querySelector('.hljs-type')");
		browser.script(
				"window.type = document.querySelector('.hljs-type'); document.querySelector('[data-action=wrap]').click()");
		this.answer.write(0, "<ul>\n" + item + "<li><em>t</em></li>\n</ul>\n");
		this.answer.write(0, "<ul>\n" + item.replace("<li>one", "<li><p>one</p>") + "<li>two</li>\n</ul>\n");
		browser.until("document.querySelector('li p')");
		assertThat(browser.<Boolean>script("return window.type.isConnected")).isTrue();
		assertThat(browser.find("[data-action=wrap]").getDomAttribute("aria-pressed")).isEqualTo("true");
	}

	@Test
	void aSelectionInGrowingCodeIsNotTakenAway() {
		this.answer.write(0, START + "int one = 1;\n/* a long\n" + END);
		browser.until("document.querySelector('.hljs-comment')");
		browser.script("getSelection().selectAllChildren(document.querySelector('.hljs-comment'))");
		this.answer.write(0, START + "int one = 1;\n/* a long\nremark */ int two;\n" + END);
		this.answer.write(1, START + "double d;\n" + END);
		browser.until("document.querySelectorAll('.hljs-type').length > 1");
		assertThat(browser.<String>script("return getSelection().toString()")).contains("a long");
		browser.script("getSelection().removeAllRanges()");
		this.answer.write(0, START + "int one = 1;\n/* a long\nremark */ int two;\nint three;\n" + END);
		browser.until("document.querySelectorAll('.hljs-type').length > 3");
	}

	@Test
	void longCodeIsColouredInShortTasks() {
		browser.script("""
				window.most = 0;
				new MutationObserver((changes) => {
					const spans = changes.flatMap(({ addedNodes }) => [...addedNodes])
						.filter(({ localName }) => localName === 'span')
						.map((span) => 1 + span.getElementsByTagName('span').length);
					window.most = Math.max(window.most, spans.reduce((sum, count) => sum + count, 0));
				}).observe(document.getElementById('turns'), { subtree: true, childList: true });""");
		String code = "int x = 1; // one\n".repeat(3000);
		this.answer.write(0, START + code + END);
		browser.until("document.querySelectorAll('pre span').length >= 9000");
		assertThat(browser.<Long>script("return window.most")).isLessThan(400);
		assertThat(browser.<String>script("return document.querySelector('pre').textContent")).isEqualTo(code);
	}

	@Test
	void codeThatGrowsWhileItIsColouredKeepsItsText() {
		String code = "int x = 1; // one\n".repeat(1500);
		this.answer.write(0, START + code + END);
		browser.until("document.querySelector('pre span')");
		for (int more = 0; more < 5; more++) {
			code += "char y = '2';\n".repeat(100);
			this.answer.write(0, START + code + END);
		}
		this.answer.complete();
		browser.until("document.querySelectorAll('pre .hljs-string').length === 500");
		assertThat(browser.<String>script("return document.querySelector('pre').textContent")).isEqualTo(code);
		assertThat(PageSteps.answerHtml(browser)).isEqualTo(this.answer.html());
	}

	@Test
	void codeThatIsTakenAwayDoesNotKeepOtherCodeFromItsColours() {
		this.answer.write(0, START + "int one = 1;\n" + END);
		browser.until("document.querySelector('.hljs-type')");
		assertThat(browser.driver().executeAsyncScript("""
				const done = arguments[0];
				const element = (name, html) => Object.assign(document.createElement(name), { innerHTML: html });
				const code = '<pre><code class="language-java">int two = 2;</code></pre>';
				const [away, prose] = [element('div', code), element('div', `<div>${code}</div>`)];
				prose.className = 'rendered';
				document.body.append(prose);
				(async () => {
					const { touched } = await import('/js/answer/drawing.js');
					const { Slice } = await import('/js/lib/slice.js');
					touched(prose.firstChild, () => {}, new Slice());
					touched(away, () => {}, new Slice());
					const look = () => prose.querySelector('span') ? done('coloured') : setTimeout(look, 50);
					look();
				})();""")).isEqualTo("coloured");
	}

	@Test
	void anUnknownLanguageStaysPlainAndIsNamed() {
		this.answer.write(0, "<pre><code class=\"language-runnelish\">flow &lt;3\n" + END);
		this.answer.write(1, START + "int x;\n" + END);
		browser.until("document.querySelector('.hljs-type')");
		assertThat(browser.find(".code-bar").getText()).contains("Runnelish", "Wrap", "Copy");
		assertThat(browser.find("pre").getAccessibleName()).isEqualTo("Code: Runnelish");
		assertThat(PageSteps.count(browser, ".language-runnelish span")).isZero();
	}

	@Test
	void aStringInAnotherDirectionKeepsItsPlace() {
		this.answer.write(0, "<pre><code class=\"language-json\">{ &quot;\u0639\u0644\u064a&quot;: 28 }\n" + END);
		browser.until("document.querySelector('.hljs-attr, .hljs-string')");
		assertThat(browser.<Boolean>script("""
				const key = document.querySelector('.hljs-attr, .hljs-string').getBoundingClientRect();
				const number = document.querySelector('.hljs-number').getBoundingClientRect();
				return key.right <= number.left""")).isTrue();
	}

	@Test
	void languagesAreCalledByTheirNames() {
		this.answer.write(0, "<pre><code class=\"language-ts\">let x;\n" + END);
		this.answer.write(1, "<pre><code class=\"language-c#\">int x;\n" + END);
		this.answer.write(2, "<pre><code class=\"language-json\">{}\n" + END);
		this.answer.write(3, "<pre><code>plain\n" + END);
		browser.until("document.querySelectorAll('.code-bar').length === 4");
		assertThat(browser.<List<String>>script(
				"return [...document.querySelectorAll('.code-bar > span')].map((name) => name.textContent)"))
			.containsExactly("TypeScript", "C#", "JSON", "");
		assertThat(browser.find("pre").getAccessibleName()).isEqualTo("Code: TypeScript");
	}

	@Test
	void codeIsSavedAsAFileOfItsLanguage(@TempDir Path folder) {
		saveIn(folder);
		this.answer.write(0, "<pre><code class=\"language-python\">print(&quot;ä&quot;)\n" + END);
		browser.until("document.querySelector('[data-action=download]')");
		browser.find("[data-action=download]").click();
		PageSteps.eventually(() -> assertThat(folder.resolve("code.py")).hasContent("print(\"ä\")\n"));
	}

	@Test
	void aTableIsCopiedAsATableAndSavedForSpreadsheets(@TempDir Path folder) {
		saveIn(folder);
		this.answer.write(0, """
				<table>
				<thead>
				<tr>
				<th>Name</th>
				<th>Say</th>
				</tr>
				</thead>
				<tbody>
				<tr>
				<td>One</td>
				<td>"a, b"</td>
				</tr>
				</tbody>
				</table>
				""");
		browser.until("document.querySelector('[data-action=copy-table]')");
		copyTable("[data-action=copy-table]");
		List<String> copied = browser.script("return window.copied");
		assertThat(copied.get(0)).isEqualTo("Name\tSay\nOne\t\"a, b\"");
		assertThat(copied.get(1)).startsWith("<table>").contains("<td>One</td>").doesNotContain("tabindex", "button");
		browser.script("document.querySelector('[data-action=csv]').click()");
		PageSteps.eventually(
				() -> assertThat(folder.resolve("table.csv")).hasContent("\ufeffName,Say\r\nOne,\"\"\"a, b\"\"\"\r\n"));
		assertThat(PageSteps.answerHtml(browser)).isEqualTo(this.answer.html());
	}

	@Test
	void aLongTableIsCopiedWhole() {
		this.answer.write(0,
				"<table>\n<thead>\n<tr>\n<th>Number</th>\n</tr>\n</thead>\n<tbody>\n"
						+ "<tr>\n<td>A cell of a long table</td>\n</tr>\n".repeat(4000)
						+ "<tr>\n<td>The last cell</td>\n</tr>\n</tbody>\n</table>\n");
		browser.until("[...document.querySelectorAll('td')].at(-1)?.textContent === 'The last cell'");
		assertThat(PageSteps.count(browser, ".prose table")).isGreaterThan(1);
		copyTable(".prose > .part:last-child [data-action=copy-table]");
		assertThat(browser.<String>script("return window.copied[0]").split("\n")).hasSize(4002)
			.startsWith("Number", "A cell of a long table")
			.endsWith("The last cell");
	}

	@Test
	void theButtonsOfATableTakeNoRoom() {
		this.answer.write(0, "<p>Before</p>\n");
		this.answer.write(1, "<table>\n<thead>\n<tr>\n<th>Name</th>\n</tr>\n</thead>\n</table>\n");
		browser.until("document.querySelector('.code-bar[data-of=table]')");
		browser.untilPainted();
		assertThat(browser.<Number>script("return document.querySelector('.code-bar[data-of=table]').offsetHeight")
			.intValue()).isZero();
		browser.script("document.querySelector('[data-action=csv]').focus()");
		browser.until("getComputedStyle(document.querySelector('.code-bar[data-of=table]')).opacity === '1'");
	}

	private static void saveIn(Path folder) {
		browser.driver()
			.executeCdpCommand("Browser.setDownloadBehavior",
					Map.of("behavior", "allow", "downloadPath", folder.toString()));
	}

	private static void copyTable(String selector) {
		browser.script("""
				navigator.clipboard.write = async ([item]) => {
					const text = async (type) => (await item.getType(type)).text();
					window.copied = [await text('text/plain'), await text('text/html')];
				};
				document.querySelector(arguments[0]).click();""", selector);
		browser.until("window.copied");
	}

	@Test
	void codeScrollsInItselfAndWrapsWhenAsked() {
		this.answer.write(0, START + "int x = 1; // " + "long ".repeat(80) + "\n" + END);
		browser.until("document.querySelector('[data-action=wrap]')");
		String wide = "return document.querySelector('pre').scrollWidth > document.querySelector('pre').clientWidth";
		assertThat(browser.<Boolean>script(wide)).isTrue();
		browser.button("Wrap").click();
		assertThat(browser.<Boolean>script(wide)).isFalse();
		assertThat(browser.button("Wrap").getDomAttribute("aria-pressed")).isEqualTo("true");
	}

	@Test
	void copiesWithoutTheClipboardApi() {
		this.answer.write(0, "<pre><code>a &lt; b\n" + END);
		browser.until("document.querySelector('[data-action=copy-code]')");
		browser.script("""
				Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true });
				document.addEventListener('copy', () => window.copied = getSelection().toString()
					|| document.activeElement.value, { once: true });""");
		browser.find("[data-action=copy-code]").click();
		browser.untilStatus("Copied");
		assertThat(browser.<String>script("return window.copied")).isEqualTo("a < b\n");
		browser.until("document.querySelector('[data-action=copy-code]').textContent === 'Copy'");
	}

	@Test
	void formulasAreSetWithoutChangingTheAnswer() {
		assertThat(loaded()).noneMatch((file) -> file.contains("katex"));
		this.answer.write(0, "<p>It is <span class=\"math\">\\boldsymbol{x}^2</span> big.</p>\n");
		this.answer.write(1, "<div class=\"math\">\\int_0^{</div>\n");
		browser.until("document.querySelector('.math').shadowRoot?.querySelector('.katex')");
		assertThat(shown("div.math")).isFalse();
		this.answer.write(1, "<div class=\"math\">\\int_0^{1} \\fcolorbox{red}{blue}{x}</div>\n");
		this.answer.write(2,
				"<p><span class=\"math\">\\href{javascript:alert(1)}{x} \\undefined</span> and <span class=\"math\">y</span></p>\n");
		browser.until("document.querySelector('div.math').shadowRoot?.querySelector('.katex-display')");
		browser.until("[...document.querySelectorAll('.math')].at(-1).shadowRoot");
		assertThat(shown(".block:nth-child(3) .math")).isFalse();
		this.answer.complete();
		browser.untilStatus("Done");
		assertThat(PageSteps.answerHtml(browser)).isEqualTo(this.answer.html());
		assertThat(browser.console()).isEmpty();
		assertThat(browser.hosts()).containsOnly("127.0.0.1");
	}

	@Test
	void aFormulaOfItsOwnIsAsFarFromTheTextAsAParagraph() {
		this.answer.write(0, "<p>Before</p>\n");
		this.answer.write(1, "<div class=\"math\">y^2</div>\n");
		this.answer.write(2, "<p>After</p>\n");
		browser.until("document.querySelector('div.math').shadowRoot?.querySelector('.katex-display')");
		assertThat(browser
			.<Number>script(
					"""
							const box = (selector) => document.querySelector(selector).getBoundingClientRect();
							const shown = document.querySelector('div.math').shadowRoot.querySelector('.katex-display').getBoundingClientRect();
							return shown.top - box('.prose p').bottom""")
			.doubleValue()).isLessThan(26);
	}

	@Test
	void aFormulaAtTheEndIsSetWhenTheAnswerIsComplete() {
		this.answer.write(0, "<p><span class=\"math\">x</span></p>\n");
		this.answer.write(1, "<div class=\"math\">y^2</div>\n");
		browser.until("document.querySelector('span.math')?.shadowRoot && document.querySelector('div.math')");
		assertThat(shown("div.math")).isFalse();
		this.answer.complete();
		browser.until("document.querySelector('div.math').shadowRoot?.querySelector('.katex-display')");
	}

	@Test
	void aFormulaThatBecomesInvalidShowsItsSource() {
		this.answer.write(0, "<p><span class=\"math\">x</span></p>\n");
		browser.until("document.querySelector('.math').shadowRoot?.querySelector('.katex')");
		this.answer.write(0, "<p><span class=\"math\">\\undefined</span></p>\n");
		browser.until("document.querySelector('.math').shadowRoot.querySelector('slot')");
		assertThat(browser.<String>script("""
				const slot = document.querySelector('.math').shadowRoot.querySelector('slot');
				return slot.assignedNodes()[0].data""")).isEqualTo("\\undefined");
		assertThat(PageSteps.answerHtml(browser)).isEqualTo(this.answer.html());
	}

	@Test
	void aFormulaWithVeryManyElementsStaysAsItIs() {
		this.answer.write(0, "<p><span class=\"math\">" + "x^2".repeat(1300) + "</span> and <span class=\"math\">"
				+ "x".repeat(400) + "</span></p>\n");
		browser.until("[...document.querySelectorAll('.math')].at(-1).shadowRoot");
		assertThat(shown(".math")).isFalse();
	}

	@Test
	void tablesScrollInThemselvesByKeyboardToo() {
		this.answer.write(0,
				"<table>\n<thead>\n<tr>\n" + "<th>Column</th>\n".repeat(40) + "</tr>\n</thead>\n</table>\n");
		browser.until("document.querySelector('table')");
		browser.untilPainted();
		assertThat(browser.find("table").getDomAttribute("tabindex")).isEqualTo("0");
		assertThat(browser.find("table").getAccessibleName()).isEqualTo("Table");
		assertThat(browser.<Boolean>script("""
				const [table, log] = [document.querySelector('table'), document.getElementById('conversation')];
				return table.scrollWidth > table.clientWidth && log.scrollWidth <= log.clientWidth""")).isTrue();
	}

	@Test
	void onPaperIsTheWholeConversationAndNothingElse() {
		this.answer.write(0, "<p><a href=\"https://example.org/there\">There</a></p>\n");
		this.answer.write(1, START + "int x = 1; // " + "long ".repeat(80) + "\n" + END);
		this.answer.writeParagraphs(2, 60);
		this.answer.complete();
		browser.untilStatus("Done");
		browser.paper(true);
		try {
			assertThat(browser.<List<String>>script("""
					return ['.desk', '.top nav', '.code-bar button', '.answer-actions', '.progress']
						.filter((selector) => document.querySelector(selector)?.checkVisibility())""")).isEmpty();
			assertThat(browser.<Map<String, Object>>script("""
					const style = (selector, pseudo) => getComputedStyle(document.querySelector(selector), pseudo);
					return {
						whole: document.querySelector('.conversation').scrollHeight
							=== document.querySelector('.conversation').clientHeight,
						wrapped: style('pre').whiteSpaceCollapse === 'preserve' && style('pre').textWrapMode === 'wrap',
						target: style('.prose a', '::after').content,
					}""")).containsEntry("whole", true)
				.containsEntry("wrapped", true)
				.hasEntrySatisfying("target",
						(target) -> assertThat((String) target).contains("https://example.org/there"));
		}
		finally {
			browser.paper(false);
		}
	}

	private static boolean shown(String selector) {
		return browser.<Boolean>script("return Boolean(document.querySelector(arguments[0]).shadowRoot)", selector);
	}

	private static List<String> loaded() {
		return browser.script("return performance.getEntriesByType('resource').map((entry) => entry.name)");
	}

}
