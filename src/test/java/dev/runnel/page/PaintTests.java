package dev.runnel.page;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The painter, in a real browser: after any patches the page shows exactly the HTML, and
 * it writes no more than necessary.
 */
class PaintTests extends ScriptedPage {

	/**
	 * Random documents grow, change and shrink. Each is compared with the result of the
	 * browser's own parser.
	 */
	@Test
	void showsWhatTheHtmlSaysAfterEachOfManyRandomChanges() {
		Object difference = browser.driver()
			.executeAsyncScript(
					"""
							const done = arguments[0];
							Promise.all([import('/js/answer/paint.js'), import('/js/answer/code.js')]).then(([{ Painter }, { dress }]) => {
								let seed = 42;
								const random = (limit) => (seed = (seed * 1103515245 + 12345) % 2147483648) % limit;
								const pick = (...choices) => choices[random(choices.length)];
								const text = () => pick('one', ' two ', 'a &amp; b', '&lt;x&gt;', '\\u{1F98A}', '&quot;', 'line\\n');
								const inline = (depth) => Array.from({ length: 1 + random(4) }, () => random(4) && depth ? text()
									: pick(`<em>${text()}</em>`, `<strong>${text()}<code>${text()}</code></strong>`, '<br />',
										`<a href="/a?b=1&amp;c=${random(9)}">${text()}</a>`)).join('');
								const item = (depth) => '<li>' + pick(inline(1), `\\n<p>${inline(1)}</p>\\n`,
									depth ? text() + '\\n' + block(depth - 1) : text()) + '</li>\\n';
								const block = (depth = 2) => pick(
									() => `<p>${inline(1)}</p>\\n`, () => `<h2>${text()}</h2>\\n`, () => '<hr />\\n',
									() => `<pre><code class="language-${pick('java', 'js')}">a${text()}\\n</code></pre>\\n`,
									() => '<ul>\\n' + Array.from({ length: 1 + random(3) }, () => item(depth)).join('') + '</ul>\\n',
									() => `<blockquote>\\n${depth ? block(depth - 1) : '<p>q</p>\\n'}</blockquote>\\n`,
									() => `<table>\\n<thead>\\n<tr>\\n<th>${text()}</th>\\n</tr>\\n</thead>\\n</table>\\n`)();
								const body = document.createElement('div');
								document.body.append(body);
								const painter = new Painter(body);
								const html = [];
								const set = (at, next) => {
									const before = html[at] ?? '';
									const safe = [...before.matchAll(/<[^>]*>|&[^;]*;|[^<&]/gu)].map((part) => part.index)
										.filter((end) => next.startsWith(before.slice(0, end)));
									const keep = safe.length ? safe[random(2) ? safe.length - 1 : random(safe.length)] : 0;
									html[at] = next;
									return { block: at, keep, html: next.slice(keep) };
								};
								const grow = (old) => random(3) ? old.replace(/((?:<\\/[a-z0-9]+>\\n?)+)$/, (tail) => text() + tail)
									: old.replace(/<\\/li>\\n<\\/ul>\\n$/, (tail) => `${text()}</li>\\n${item(1)}</ul>\\n`);
								for (let round = 0; round < 4000; round++) {
									const at = random(Math.min(html.length + 1, 6));
									painter.apply([set(at, random(5) && html[at] ? grow(html[at]) : pick(block(), block(), ''))]);
									if (random(3)) {
										// One call writes what fits a frame, and one change at least.
										[1, 2, 3, 4, 5, 6].forEach(() => painter.flush());
										const shown = [...body.querySelectorAll('.block')].map((wrapper) => wrapper.innerHTML).join('');
										const meant = html.map((one) => {
											const template = document.createElement('template');
											template.innerHTML = one;
											dress(template.content);
											return template.innerHTML;
										}).join('');
										if (shown !== meant) {
											return done(`round ${round}:\\n${shown}\\nis not\\n${meant}`);
										}
									}
								}
								done(null);
							}).catch((error) => done(String(error.stack)));""");
		assertThat(difference).isNull();
	}

	@Test
	void writesInLaterFramesWhatDoesNotFitOne() {
		Object shown = browser.driver()
			.executeAsyncScript(
					"""
							const done = arguments[0];
							import('/js/answer/paint.js').then(({ Painter }) => {
								const body = document.createElement('div');
								document.body.append(body);
								const clock = performance.now;
								let now = 0;
								performance.now = () => now += 100;
								const painter = new Painter(body);
								painter.apply(Array.from({ length: 20 }, (_, block) => ({ block, keep: 0, html: `<p>${block}</p>\n` })));
								let frames = 0;
								const look = () => {
									const shown = body.querySelectorAll('p').length;
									if (shown < 20 && frames++ < 100) {
										requestAnimationFrame(look);
										return;
									}
									performance.now = clock;
									body.remove();
									done(shown);
								};
								look();
							}).catch((error) => done(String(error.stack)));""");
		assertThat(shown).isEqualTo(20L);
	}

	@Test
	void writesEachCharacterOnce() {
		browser.send("Grow");
		ScriptedStream answer = site.chat().asked();
		browser
			.script("""
					window.written = 0;
					// A part and a block's wrapper are empty when they come; what is put into them is told by itself.
					const isHolder = ({ classList: names }) => Boolean(names) && (names.contains('part') || names.contains('block'));
					const count = (node) => isHolder(node) ? 0 : node.textContent.length;
					new MutationObserver((changes) => changes.forEach((change) => {
						window.written += change.type === 'characterData'
							? change.target.data.length - change.oldValue.length
							: [...change.addedNodes].reduce((sum, node) => sum + count(node), 0);
					})).observe(document.querySelector('article[data-role=assistant] .prose'),
						{ subtree: true, childList: true, characterData: true, characterDataOldValue: true });""");
		StringBuilder text = new StringBuilder();
		for (int word = 0; word < 200; word++) {
			text.append("word").append(word).append(' ');
			// The first event is long, as all events of a late first frame are together.
			if (word >= 100) {
				answer.write(0, "<p>" + text + "</p>\n");
			}
		}
		browser.untilText("word199");
		long written = browser.<Long>script("return window.written");
		assertThat(written).isEqualTo(text.length() + "\n".length());
	}

	@Test
	void aGrowingCodeBlockKeepsItsElementsAndItsScrollPosition() {
		browser.send("Code");
		ScriptedStream answer = site.chat().asked();
		String line = "let x = 1; // " + "long ".repeat(60) + "\n";
		answer.write(0, "<pre><code class=\"language-js\">" + line + "</code></pre>\n");
		browser.until("document.querySelector('.prose pre')");
		browser.script("window.pre = document.querySelector('.prose pre'); window.pre.scrollLeft = 100");
		answer.write(0, "<pre><code class=\"language-js\">" + line.repeat(2) + "</code></pre>\n");
		answer.write(1, "<p>After it.</p>\n");
		browser.untilText("After it.");
		assertThat(browser.<Boolean>script("return window.pre === document.querySelector('.prose pre')")).isTrue();
		assertThat(browser.<Long>script("return window.pre.scrollLeft")).isEqualTo(100L);
		assertThat(PageSteps.answerHtml(browser)).isEqualTo(answer.html());
	}

	@Test
	void itemsThatWereReadStayWhenTheLastOneChanges() {
		browser.send("List");
		ScriptedStream answer = site.chat().asked();
		answer.write(0, "<ul>\n<li>one</li>\n<li>two *th</li>\n</ul>\n");
		browser.untilText("two *th");
		browser.script("window.item = document.querySelector('.prose li')");
		answer.write(0, "<ul>\n<li>one</li>\n<li>two <em>three</em></li>\n</ul>\n");
		browser.until("document.querySelector('.prose em')");
		assertThat(browser.<Boolean>script("return window.item.isConnected")).isTrue();
	}

	@Test
	void copiesTheExactCodeWhileItStillGrows() {
		browser.driver()
			.executeCdpCommand("Browser.grantPermissions",
					Map.of("permissions", new Object[] { "clipboardReadWrite", "clipboardSanitizedWrite" }));
		browser.send("Code");
		ScriptedStream answer = site.chat().asked();
		answer.write(0, "<pre><code>a &lt; b\n\tc\n</code></pre>\n");
		browser.until("document.querySelector('[data-action=copy-code]')");
		browser.find("[data-action=copy-code]").click();
		browser.untilStatus("Copied");
		assertThat(
				browser.driver().executeAsyncScript("navigator.clipboard.readText().then(arguments[0], arguments[0])"))
			.isEqualTo("a < b\n\tc\n");
	}

}
