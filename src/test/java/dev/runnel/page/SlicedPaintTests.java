package dev.runnel.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.runnel.markdown.StreamingMarkdown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The painter's smallest unit of work, in a real browser: whatever an answer contains, no
 * task has to build much, and no part of the answer holds much.
 */
class SlicedPaintTests extends ScriptedPage {

	private static final int LENGTH = 20_000;

	private static final int MOST_ELEMENTS = 700;

	/** A cut in a table is visible, so its pieces are longer. */
	private static final int MOST_IN_TABLE = 1100;

	/** A short formula is shown by about 16 elements, which are added later. */
	private static final int MOST_FORMULAS = 35;

	/** Code without any element is cheap. */
	private static final int MOST_CHARACTERS = 130_000;

	/**
	 * Paints all patches at once, with a clock by which each step takes longer than a
	 * frame. Each flush thus does the least work that it can.
	 */
	private static final String PAINT = """
			const [patches, text, done] = arguments;
			const clock = performance.now;
			let now = 0;
			performance.now = () => now += 100;
			(async () => {
				const { Painter } = await import('/js/answer/paint.js');
				const body = document.body.appendChild(document.createElement('div'));
				const sizeOf = (node) => node.nodeType === Node.ELEMENT_NODE ? 1 + node.getElementsByTagName('*').length : 0;
				const sum = (all) => all.reduce((total, one) => total + one, 0);
				const most = { built: 0, characters: 0 };
				let idle = 0;
				const look = (records) => {
					const added = new Set(records.flatMap(({ addedNodes }) => [...addedNodes]));
					const outer = [...added].filter((node) => node.isConnected && !added.has(node.parentNode));
					most.built = Math.max(most.built, sum(outer.map(sizeOf)));
					most.characters = Math.max(most.characters, sum(outer.map(({ textContent }) => textContent.length)));
					idle = outer.length ? 0 : idle + 1;
				};
				const seen = new MutationObserver(look);
				seen.observe(body, { subtree: true, childList: true });
				const painter = new Painter(body);
				JSON.parse(patches).forEach((some) => painter.apply(some));
				const shown = () => {
					const answer = body.cloneNode(true);
					answer.querySelectorAll('thead, .code-bar').forEach((extra) => extra.remove());
					return answer.textContent.replace(/\\s/g, '');
				};
				for (let waits = 0; waits < 200 && !(idle && shown() === text);) {
					painter.flush();
					look(seen.takeRecords());
					if (idle) {
						waits++;
						await new Promise((resolve) => setTimeout(resolve, 50));
					}
				}
				const parts = [...body.children];
				most.inPart = Math.max(...parts.map(sizeOf));
				most.formulas = Math.max(...parts.map((part) => part.querySelectorAll('.math').length));
				most.parts = parts.length;
				most.text = shown();
				body.remove();
				return most;
			})().then(done, (error) => done({ error: String(error.stack) })).finally(() => (performance.now = clock));""";

	/**
	 * Lets four parts with formulas become due one after the other, with a clock by which
	 * each formula takes longer than a slice. Then the page is idle once. Returns how
	 * many formulas are rendered in this idle time, and how many in the end.
	 */
	private static final String FORMULAS = """
			const done = arguments[0];
			const { now: clock } = performance;
			const { requestIdleCallback: idle, setTimeout: later } = window;
			(async () => {
				const { touched } = await import('/js/answer/drawing.js');
				const { Slice } = await import('/js/lib/slice.js');
				const prose = document.body.appendChild(document.createElement('div'));
				prose.className = 'rendered';
				const write = () => {
					const part = prose.appendChild(document.createElement('div'));
					part.innerHTML = '<p><span class="math">x^2</span></p>'.repeat(10);
					touched(part, () => {}, new Slice());
				};
				const rendered = () => [...prose.querySelectorAll('.math')].filter(({ shadowRoot }) => shadowRoot).length;
				const settled = () => new Promise((resolve) => later.call(window, resolve));
				write();
				while (rendered() < 10) {
					await settled();
				}
				await new Promise((resolve) => idle.call(window, resolve));
				let now = 0;
				const waiting = [];
				performance.now = () => now += 100;
				window.requestIdleCallback = (resume) => waiting.push(resume);
				window.setTimeout = (act) => void act();
				for (let part = 0; part < 4; part++) {
					write();
					await settled();
				}
				const before = rendered();
				waiting.splice(0).forEach((resume) => resume());
				await settled();
				const once = rendered() - before;
				Object.assign(performance, { now: clock });
				Object.assign(window, { requestIdleCallback: idle, setTimeout: later });
				waiting.forEach((resume) => resume());
				while (rendered() < 50) {
					await settled();
				}
				prose.remove();
				done([once, 50]);
			})().catch((error) => done([String(error.stack)]));""";

	@Test
	void formulasOfAllPartsAreRenderedInOneSliceAtATime() {
		assertThat((List<?>) browser.driver().executeAsyncScript(FORMULAS)).isEqualTo(List.of(1L, 50L));
	}

	@ParameterizedTest
	@EnumSource
	@SuppressWarnings("unchecked")
	void noTaskBuildsMuch(Hostile hostile) {
		String markdown = hostile.text(LENGTH);
		String text = PageSteps.batchText(browser, markdown).replaceAll("\\s", "");
		Map<String, Object> most = (Map<String, Object>) browser.driver()
			.executeAsyncScript(PAINT, JsonMapper.shared().writeValueAsString(patches(markdown)), text);
		assertThat(most).doesNotContainKey("error");
		int limit = (hostile == Hostile.TABLE) ? MOST_IN_TABLE : MOST_ELEMENTS;
		assertThat(List.of(most.get("built"), most.get("inPart"))).as("elements built at once, and in a part")
			.allSatisfy((count) -> assertThat((Long) count).isLessThanOrEqualTo(limit));
		assertThat((Long) most.get("formulas")).isLessThanOrEqualTo(MOST_FORMULAS);
		assertThat((Long) most.get("characters")).isLessThan(MOST_CHARACTERS);
		assertThat(most.get("text")).isEqualTo(text);
	}

	private static List<Object> patches(String markdown) {
		StreamingMarkdown stream = new StreamingMarkdown();
		List<Object> patches = new ArrayList<>();
		for (int at = 0; at < markdown.length(); at += 2000) {
			StreamingMarkdown.MarkdownUpdate update = stream
				.append(markdown.substring(at, Math.min(at + 2000, markdown.length())));
			patches.add(update.patches());
		}
		patches.add(stream.finish().patches());
		return patches;
	}

}
