package dev.runnel.page;

import java.time.Duration;
import java.util.List;

import dev.runnel.markdown.MarkdownRenderer;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Steps that several page tests share.
 */
final class PageSteps {

	private PageSteps() {
	}

	/** Opens a new chat in a browser without stored data. */
	static void openEmpty(Browser browser, ChatSite site) {
		openEmpty(browser, site.url("/ai-demo"));
	}

	static void openEmpty(Browser browser, String address) {
		browser.openEmpty(address);
		browser.until("document.activeElement?.id === 'message'");
		browser.console();
	}

	/** Opens a new chat in a browser that keeps its stored data. */
	static void openNew(Browser browser, ChatSite site) {
		browser.driver().get(site.url("/ai-demo"));
		browser.until("document.activeElement?.id === 'message'");
	}

	/** Opens the settings of the chat, which are loaded on demand. */
	static void openSettings(Browser browser) {
		browser.until("!document.querySelector('dialog[open]')");
		browser.find("#open-settings").click();
		browser.until("document.getElementById('settings').open");
	}

	/**
	 * Waits until an assertion holds, for changes that no event of the page announces.
	 */
	static void eventually(Runnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion::run);
	}

	/**
	 * The scroll position of the conversation after an animated scroll has ended.
	 */
	static double settledTop(Browser browser) {
		return ((Number) browser.driver().executeAsyncScript("""
				const [log, done] = [document.getElementById('conversation'), arguments[0]];
				let [last, still] = [-1, 0];
				const look = () => {
					still = log.scrollTop === last ? still + 1 : 0;
					last = log.scrollTop;
					still > 10 ? done(last) : requestAnimationFrame(look);
				};
				look();""")).doubleValue();
	}

	/**
	 * Checks that a part of the page has large controls, reaches nowhere beyond the
	 * window of a phone, and cuts nothing off but the end of a line with an ellipsis and
	 * what a field scrolls.
	 */
	static void assertFitsAPhone(Browser browser, String selector) {
		assertThat(browser.<List<String>>script(
				"""
						return [...document.querySelector(arguments[0]).querySelectorAll('button, a, input, select, summary, textarea')]
							.filter((one) => one.checkVisibility() && !one.closest('p > a:not(.button), .rendered'))
							.map((one) => (one.matches('[type=checkbox], [type=radio]') ? one.closest('label') : one))
							.filter((one) => one.offsetWidth < 44 || one.offsetHeight < 44)
							.map((one) => `${one.outerHTML.slice(0, 200)} ${one.offsetWidth} x ${one.offsetHeight}`)""",
				selector))
			.as("small controls")
			.isEmpty();
		assertThat(browser.<List<String>>script(
				"""
						const isInside = ({ left, right }) => left >= -0.5 && right <= innerWidth + 0.5;
						const scrolls = (one) => one && (/auto|scroll/.test(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
						const isCut = (one) => {
							const { overflowX, textOverflow } = getComputedStyle(one);
							return !one.matches('input') && /hidden|clip/.test(overflowX) && textOverflow !== 'ellipsis' && one.scrollWidth > one.clientWidth + 1;
						};
						return [...document.querySelector(arguments[0]).querySelectorAll(':not(svg *)')]
							.filter((one) => one.checkVisibility() && !one.closest('.unseen, .status, .sprite'))
							.filter((one) => isCut(one) || !(isInside(one.getBoundingClientRect()) || scrolls(one.parentElement)))
							.map((one) => one.outerHTML.slice(0, 200))""",
				selector))
			.as("clipped elements")
			.isEmpty();
		assertThat(browser.<Boolean>script("return document.documentElement.scrollWidth <= innerWidth")).isTrue();
	}

	/**
	 * Collects what the page says in its status line and of problems. A busy machine may
	 * take longer to reconnect than the page waits before it says so, so the page waits
	 * longer from now on.
	 */
	static void watchNotices(Browser browser) {
		browser
			.script("""
					const soon = window.setTimeout;
					window.setTimeout = (task, after, ...more) => soon(task, after === 1000 ? 600_000 : after, ...more);
					window.notices = new Set();
					const look = () => notices.add(document.querySelector('[role=status]').textContent
						+ document.querySelector('[role=alert]').innerText);
					new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
					look();""");
	}

	/** Lets a page that waits before it connects again do so at once. */
	static void goOnline(Browser browser) {
		browser.script("dispatchEvent(new Event('online'));");
	}

	/** All that the page has said since {@link #watchNotices}. */
	static List<String> notices(Browser browser) {
		return browser.script("return [...notices]");
	}

	static long count(Browser browser, String selector) {
		return browser.<Long>script("return document.querySelectorAll(arguments[0]).length", selector);
	}

	/** The HTML of the last answer, without the page's own additions. */
	static String answerHtml(Browser browser) {
		return plainHtml(browser,
				"[...[...document.querySelectorAll('.prose')].at(-1).cloneNode(true).querySelectorAll('.block')]");
	}

	/** The HTML of the last text of a kind, without the page's own additions. */
	static String html(Browser browser, String selector) {
		return plainHtml(browser,
				"[...[...document.querySelectorAll(arguments[0])].at(-1).cloneNode(true).querySelectorAll('.block')]",
				selector);
	}

	/** The HTML of an answer that was rendered at once, parsed by the same browser. */
	static String batchHtml(Browser browser, String markdown) {
		return plainHtml(browser, """
				[Object.assign(document.createElement('div'), { innerHTML: arguments[0] })]""",
				MarkdownRenderer.render(markdown));
	}

	/** The text of an answer that was rendered at once, without the heads of tables. */
	static String batchText(Browser browser, String markdown) {
		return browser.script("""
				const answer = Object.assign(document.createElement('template'), { innerHTML: arguments[0] }).content;
				answer.querySelectorAll('thead').forEach((head) => head.remove());
				return answer.textContent""", MarkdownRenderer.render(markdown));
	}

	private static String plainHtml(Browser browser, String blocks, Object... arguments) {
		return browser.script(
				"const blocks = " + blocks + ";"
						+ """
								for (const block of blocks) {
									block.querySelectorAll('.code-bar').forEach((bar) => bar.remove());
									block.querySelectorAll('pre code').forEach((code) => code.textContent = code.textContent);
									block.querySelectorAll('pre, table, a, .math, li, blockquote').forEach((node) => ['tabindex', 'dir', 'role', 'aria-label',
										'target', 'rel'].forEach((name) => node.removeAttribute(name)));
								}
								return blocks.map((block) => block.innerHTML).join('')""",
				arguments);
	}

}
