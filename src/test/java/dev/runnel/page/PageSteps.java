package dev.runnel.page;

import java.time.Duration;

import org.awaitility.Awaitility;

/**
 * What several tests of the page do.
 */
final class PageSteps {

	private PageSteps() {
	}

	/** Opens a new chat in a browser that remembers nothing. */
	static void openEmpty(Browser browser, ChatSite site) {
		browser.driver().get(site.url("/ai-demo"));
		browser.script("localStorage.clear()");
		browser.driver().get(site.url("/ai-demo"));
		browser.until("document.activeElement?.id === 'message'");
		browser.console();
	}

	/** Waits until an assertion holds: for what no event on the page announces. */
	static void eventually(Runnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(assertion::run);
	}

	/**
	 * Where the conversation stands once a scroll that the browser animates has come to
	 * rest.
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

	static long count(Browser browser, String selector) {
		return browser.<Long>script("return document.querySelectorAll(arguments[0]).length", selector);
	}

	/** The answer's HTML without what the page itself added to it. */
	static String answerHtml(Browser browser) {
		return browser.script("""
				const copy = [...document.querySelectorAll('.prose')].at(-1).cloneNode(true);
				copy.querySelectorAll('.code-bar').forEach((bar) => bar.remove());
				copy.querySelectorAll('pre, table, a').forEach((node) => ['tabindex', 'dir', 'role', 'aria-label',
					'target', 'rel'].forEach((name) => node.removeAttribute(name)));
				return [...copy.children].map((block) => block.innerHTML).join('')""");
	}

}
