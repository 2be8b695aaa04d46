package dev.runnel.page;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.openqa.selenium.PageLoadStrategy;

import org.springframework.core.io.ClassPathResource;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Measures how long the page takes to react to a key, while an answer arrives that is
 * expensive for a browser, and while the conversation with it is opened again. Run it
 * with {@code etc/page-bench hostile}; docs/performance.md explains its output.
 */
final class HostileBenchmark {

	/** The length of each answer, in characters. */
	private static final int LENGTH = Integer.getInteger("runnel.hostile", 1_000_000);

	/** Whether to print the longest frames, with what they were spent on. */
	private static final boolean FRAMES = Boolean.getBoolean("runnel.hostile.frames");

	private static final int PIECE = 2000;

	private static final long KEY_MS = 50;

	/**
	 * The number of keys without an addition to the page after which it counts as quiet.
	 */
	private static final int QUIET_KEYS = 60;

	private final RunningRunnel runnel;

	private final ScriptedUpstream upstream;

	private HostileBenchmark(RunningRunnel runnel, ScriptedUpstream upstream) {
		this.runnel = runnel;
		this.upstream = upstream;
	}

	/**
	 * Prints a line for each answer.
	 * @param names the answers; none for all
	 */
	static void run(List<String> names) throws Exception {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(Script.hello());
				RunningRunnel runnel = RunningRunnel.start("--runnel.data-dir=mem", "--runnel.openrouter.api-key=key",
						"--runnel.chat.title-timeout=0s", "--runnel.chat.rendering-time=10m",
						"--logging.level.dev.runnel=warn", "--runnel.openrouter.base-url=" + upstream.baseUrl())) {
			HostileBenchmark benchmark = new HostileBenchmark(runnel, upstream);
			for (Hostile hostile : wanted(names)) {
				benchmark.measure(hostile);
			}
		}
	}

	private static List<Hostile> wanted(List<String> names) {
		return names.isEmpty() ? List.of(Hostile.values()) : names.stream().map(Hostile::valueOf).toList();
	}

	private void measure(Hostile hostile) throws Exception {
		this.upstream.instead(script(hostile.text(LENGTH)));
		try (PageBenchmarkBrowser browser = new PageBenchmarkBrowser(this.runnel.url("/ai-demo"),
				PageLoadStrategy.NONE)) {
			browser.beforeEachPage(new ClassPathResource("page-bench/reaction.js").getContentAsString(UTF_8));
			browser.script("localStorage.setItem('runnel.typing', 'true')");
			browser.visit(this.runnel.url("/ai-demo"));
			browser.until("window.reaction && document.activeElement?.id === 'message'");
			Thread.sleep(500);
			browser.script("window.reaction.begin()");
			browser.ask("Well?");
			String streamed = pressUntil(browser, "document.querySelector('.page').dataset.phase === 'idle'");
			browser.script("setTimeout(() => location.reload())");
			String opened = pressUntil(browser, "document.querySelector('#turns .facts')?.textContent");
			print(hostile, streamed, opened);
		}
	}

	private static Script script(String markdown) {
		Script script = Script.stream();
		for (int at = 0; at < markdown.length(); at += PIECE) {
			script.text(markdown.substring(at, Math.min(at + PIECE, markdown.length())));
		}
		return script.finish("stop").usage().done().end();
	}

	/** Presses a key repeatedly until the page is complete and quiet. */
	private static String pressUntil(PageBenchmarkBrowser browser, String complete) throws Exception {
		long begin = System.nanoTime();
		for (int quiet = 0; quiet < QUIET_KEYS;) {
			Thread.sleep(KEY_MS);
			browser.press("a");
			quiet = browser.isTrue("window.reaction?.isQuiet() && (" + complete + ")") ? quiet + 1 : 0;
		}
		double seconds = (System.nanoTime() - begin) / 1e9;
		if (FRAMES) {
			System.out.println("    " + browser.<String>script("return window.reaction.frames()"));
		}
		return String.format(Locale.ROOT, "%s %5.0f", browser.<String>script("return window.reaction.report()"),
				seconds);
	}

	private static void print(Hostile hostile, String streamed, String opened) {
		System.out.printf("%-16s %s   %s%n", hostile, streamed, opened);
	}

	public static void main(String[] names) throws Exception {
		run(Arrays.asList(names));
		System.exit(0);
	}

}
