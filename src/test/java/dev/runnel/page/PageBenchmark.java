package dev.runnel.page;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.springframework.core.io.ClassPathResource;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Measures the page and a minimal page that only uses the wire contract, alternately in
 * one run, because figures of different runs cannot be compared. Run it with
 * {@code etc/page-bench}; docs/performance.md explains its output.
 */
final class PageBenchmark {

	private static final List<String> PAGES = List.of("/floor", "/ai-demo");

	private static final double KIB = 1024;

	private static final int ANSWERS = 10;

	private static final String SHOWN = "window.probe.shownAt > 0";

	private final PageBenchmarkSite site;

	private PageBenchmark(PageBenchmarkSite site) {
		this.site = site;
	}

	public static void main(String[] names) throws Exception {
		List<String> wanted = Arrays.asList(names);
		if (wanted.contains("hostile")) {
			HostileBenchmark.run(wanted.subList(1, wanted.size()));
			System.exit(0);
		}
		try (PageBenchmarkSite site = new PageBenchmarkSite()) {
			PageBenchmark benchmark = new PageBenchmark(site);
			site.warmUp();
			benchmark.run(wanted, "load", benchmark::load);
			benchmark.run(wanted, "cpu", (page) -> benchmark.cpu(page, "2000@200", "8000@0"));
			benchmark.run(wanted, "long", (page) -> benchmark.cpu(page, "8000@200", "2000@50"));
			benchmark.run(wanted, "detail", benchmark::detail);
			benchmark.run(wanted, "keys", benchmark::keys);
			benchmark.run(wanted, "memory", benchmark::memory);
			if (wanted.isEmpty() || wanted.contains("open")) {
				benchmark.openLong();
			}
			benchmark.run(wanted, "paste", benchmark::paste);
		}
		System.exit(0);
	}

	private void run(List<String> wanted, String name, Measurement measurement) throws Exception {
		if (wanted.isEmpty() || wanted.contains(name)) {
			for (String page : PAGES) {
				measurement.of(page);
			}
		}
	}

	private PageBenchmarkBrowser open(String page) throws IOException {
		return new PageBenchmarkBrowser(this.site.url(page));
	}

	private void load(String page) throws Exception {
		try (PageBenchmarkBrowser browser = open(page)) {
			browser.until("document.readyState === 'complete'");
			Thread.sleep(1000);
			String files = "performance.getEntriesByType('resource')";
			print(page, "requests on load, with the page itself", 1 + browser.number(files + ".length"));
			print(page, "scripts and styles, KiB on the wire",
					browser.number(files + ".filter(({ name }) => /[.](js|css)$/.test(name))"
							+ ".reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)") / KIB);
			print(page, "other hosts",
					browser.number(files + ".filter(({ name }) => new URL(name).host !== location.host).length"));
			print(page, "heap after load, MiB", browser.heap() / KIB / KIB);
			print(page, "first contentful paint, ms",
					browser.number("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1"));
		}
	}

	private void cpu(String page, String... loads) throws Exception {
		for (String load : loads) {
			try (PageBenchmarkBrowser browser = open(page)) {
				browser.watch(false);
				Thread.sleep(1000);
				long before = browser.rendererCpu();
				browser.ask(load);
				browser.until(SHOWN);
				Thread.sleep(1000);
				print(page, "renderer CPU " + load + ", ms", browser.rendererCpu() - before);
				print(page, "long tasks " + load, browser.number("window.probe.longTasks"));
				print(page, "last chunk sent to shown " + load + ", ms",
						browser.number("window.probe.shownAt") - this.site.lastSent);
			}
		}
	}

	private void detail(String page) throws Exception {
		try (PageBenchmarkBrowser browser = open(page)) {
			browser.watch(true);
			browser.ask("2000@200");
			browser.until("document.querySelectorAll('.prose p').length > 6");
			browser.script("getSelection().selectAllChildren(document.querySelector('.prose p'))");
			browser.until(SHOWN);
			Thread.sleep(1000);
			print(page, "characters written per character shown",
					browser.number("window.probe.written / document.querySelector('.prose').textContent.length"));
			print(page, "times that the page was written to", browser.number("window.probe.writes"));
			print(page, "finished blocks", browser.number("window.probe.finished"));
			print(page, "finished blocks replaced", browser.number("window.probe.replaced"));
			print(page, "samples", browser.number("window.probe.samples"));
			print(page, "samples within 60 px of the end", browser.number("window.probe.near"));
			print(page, "selection survives (1: yes)",
					browser.number("Number(getSelection().toString().includes('small stream'))"));
			browser.script("getSelection().removeAllRanges(); clearInterval(window.probe.timer)");
			drift(page, browser);
		}
	}

	private void drift(String page, PageBenchmarkBrowser browser) throws Exception {
		browser.script("window.probe.shownAt = 0; document.getElementById('message').focus()");
		browser.ask("2000@200");
		Thread.sleep(3000);
		browser.wheel(-600);
		Thread.sleep(1000);
		double before = browser.number("document.getElementById('conversation').scrollTop");
		Thread.sleep(3000);
		print(page, "drift after scrolling up, px",
				browser.number("document.getElementById('conversation').scrollTop") - before);
	}

	private void keys(String page) throws Exception {
		try (PageBenchmarkBrowser browser = open(page)) {
			browser.script("localStorage.setItem('runnel.typing', 'true')");
			browser.script("location.reload()");
			browser.until("document.getElementById('message')");
			Thread.sleep(1000);
			browser.script("document.getElementById('message').focus()");
			measureKeys(page, browser, "");
			for (int question = 0; question < 100; question++) {
				browser.ask("40@0");
				int asked = question + 2;
				browser.until("document.querySelectorAll('.prose').length === " + asked
						+ " && (document.querySelector('[data-phase]')?.dataset.phase ?? 'idle') === 'idle'");
			}
			measureKeys(page, browser, " with 200 old messages");
		}
	}

	private void measureKeys(String page, PageBenchmarkBrowser browser, String where) throws Exception {
		browser.watch(false);
		browser.ask("2000@200");
		Thread.sleep(1000);
		browser.script("window.probe.keys.length = 0");
		int keys = 80;
		for (int key = 0; key < keys; key++) {
			browser.press("a");
			Thread.sleep(90);
		}
		browser.until(SHOWN);
		Thread.sleep(500);
		List<Number> slow = browser.script("return window.probe.keys");
		double[] times = new double[Math.max(keys, slow.size())];
		Arrays.fill(times, 16);
		for (int at = 0; at < slow.size(); at++) {
			times[at] = slow.get(at).doubleValue();
		}
		Arrays.sort(times);
		print(page, "key to paint p50" + where + ", ms (16 or less is 16)", times[times.length / 2]);
		print(page, "key to paint p95" + where + ", ms", times[times.length * 95 / 100]);
		browser.script("document.getElementById('message').value = '';"
				+ "document.getElementById('message').dispatchEvent(new Event('input'))");
		Thread.sleep(1000);
	}

	private void memory(String page) throws Exception {
		try (PageBenchmarkBrowser browser = open(page)) {
			for (int answer = 0; answer < 3; answer++) {
				askShort(browser);
			}
			double listeners = browser.listeners();
			print(page, "heap growth per answer of 400 chunks, the first ten, KiB", growth(browser));
			print(page, "heap growth per answer of 400 chunks, the next ten, KiB", growth(browser));
			print(page, "listeners left per answer", (browser.listeners() - listeners) / (2 * ANSWERS));
		}
	}

	/**
	 * The heap growth for one answer, after the first answers: there the browser still
	 * compiles code and keeps it.
	 */
	private static double growth(PageBenchmarkBrowser browser) throws Exception {
		double heap = browser.heap();
		for (int answer = 0; answer < ANSWERS; answer++) {
			askShort(browser);
		}
		return (browser.heap() - heap) / KIB / ANSWERS;
	}

	/** A conversation of 500 messages, imported from a file. */
	private void openLong() throws Exception {
		try (PageBenchmarkBrowser browser = open("/ai-demo")) {
			String id = browser.later(new ClassPathResource("page-bench/import.js").getContentAsString(UTF_8));
			for (int visit = 0; visit < 5; visit++) {
				browser.visit(this.site.url("/ai-demo/c/" + id));
				browser.until("performance.getEntriesByName('first-contentful-paint').length > 0"
						+ " && document.readyState === 'complete'");
				print("/ai-demo", "first paint of 500 messages, ms",
						browser.number("performance.getEntriesByName('first-contentful-paint')[0].startTime"));
				print("/ai-demo", "its page received after, ms",
						browser.number("performance.getEntriesByType('navigation')[0].responseEnd"));
				print("/ai-demo", "its end shown after, ms",
						browser.number("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"));
			}
		}
	}

	/** Pastes 100 KB into the message box, and measures until the frame that shows it. */
	private void paste(String page) throws Exception {
		try (PageBenchmarkBrowser browser = open(page)) {
			for (int round = 0; round < 5; round++) {
				Number taken = browser.later("done => { const box = document.getElementById('message'); box.select();"
						+ "const begin = performance.now(); document.execCommand('insertText', false, 'word '.repeat(20000));"
						+ "requestAnimationFrame(() => { const channel = new MessageChannel();"
						+ "channel.port1.onmessage = () => done(performance.now() - begin); channel.port2.postMessage(0); }); }");
				print(page, "paste of 100 KB until it is shown, ms", taken.doubleValue());
			}
		}
	}

	private static void askShort(PageBenchmarkBrowser browser) throws Exception {
		int before = (int) browser.number("document.querySelectorAll('.prose').length");
		browser.ask("400@400");
		browser.until("document.querySelectorAll('.prose').length > " + before
				+ " && [...document.querySelectorAll('.prose')].at(-1).textContent.includes('The very last word')"
				+ " && (document.querySelector('[data-phase]')?.dataset.phase ?? 'idle') === 'idle'");
		Thread.sleep(500);
	}

	private static void print(String page, String name, double value) {
		System.out.printf(Locale.ROOT, "%-10s %-52s %,12.2f%n", page, name, value);
	}

	/**
	 * One measurement.
	 */
	private interface Measurement {

		void of(String page) throws Exception;

	}

}
