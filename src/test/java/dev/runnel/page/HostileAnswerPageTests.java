package dev.runnel.page;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.Keys;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers that are too much for a browser, from a model to the page: they arrive whole,
 * and in parts that a browser lays out one by one. {@code runnel.hostile} is the length
 * of each, up to 1,000,000; {@code runnel.reaction} is the longest reaction to a key, in
 * milliseconds. By default, only a page that stands still fails:
 * {@code etc/page-bench hostile} measures the reaction.
 */
@Tag("one-jdk")
@Timeout(300)
class HostileAnswerPageTests {

	@RegisterExtension
	static final Browser browser = new Browser();

	private static final int LENGTH = Integer.getInteger("runnel.hostile", 30_000);

	private static final int REACTION = Integer.getInteger("runnel.reaction", 10_000);

	private static final int PIECE = 2000;

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final long MOST_IN_PART = 1200;

	private static final String COMPLETE = "document.querySelector('[role=status]').textContent === 'Done'";

	private static final String OPENED = """
			document.querySelector('#turns .facts')?.textContent && !document.querySelector('.beginning')""";

	/** All text of the answer, without what a cut repeats and what the page adds. */
	private static final String TEXT = """
			const answer = document.querySelector('.prose').cloneNode(true);
			answer.querySelectorAll('thead, .code-bar').forEach((extra) => extra.remove());
			return answer.textContent.replace(/\\s/g, '')""";

	private static final String MOST_ELEMENTS = """
			return Math.max(...[...document.querySelectorAll('.prose > .part')]
				.map((part) => part.querySelectorAll('*:not(pre *)').length))""";

	/**
	 * Records the longest time without a reaction of the page, from its first script on.
	 */
	private static final String WATCH = """
			window.longest = 0;
			{
				let last = performance.now();
				const beat = () => {
					window.longest = Math.max(window.longest, performance.now() - last);
					last = performance.now();
					setTimeout(beat, 5);
				};
				beat();
				addEventListener('keydown', (event) => {
					window.longest = Math.max(window.longest, performance.now() - event.timeStamp);
				}, true);
			}""";

	private static ScriptedUpstream upstream;

	private static RunningRunnel runnel;

	private static Object watch;

	@BeforeAll
	static void start() {
		upstream = ScriptedUpstream.start(Script.hello());
		runnel = RunningRunnel.start("--runnel.data-dir=mem", "--runnel.openrouter.api-key=key",
				"--runnel.chat.title-timeout=0s", "--runnel.openrouter.base-url=" + upstream.baseUrl());
		watch = browser.driver()
			.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", WATCH))
			.get("identifier");
	}

	@AfterAll
	static void stop() {
		browser.driver().executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", watch));
		runnel.close();
		upstream.close();
	}

	@ParameterizedTest
	@EnumSource
	void arrivesWholeAndInPartsAndLetsThePageReact(Hostile hostile) {
		String markdown = hostile.text(LENGTH);
		String text = textOf(markdown);
		ask(markdown);
		long coming = untilThere(COMPLETE);
		untilText(text);
		browser.driver().navigate().refresh();
		long opening = untilThere(OPENED);
		untilText(text);
		assertThat(List.of(coming, opening)).as("milliseconds, coming and opened")
			.allSatisfy((longest) -> assertThat(longest).isLessThan(REACTION));
	}

	@Test
	void allOfALongAnswerCanBeFoundAndPrinted() {
		String markdown = "- item\n".repeat(5000) + "\nThe very end\n\n" + "p\n\n".repeat(3000) + "last";
		ask(markdown);
		untilThere(COMPLETE);
		untilText(textOf(markdown));
		assertThat(PageSteps.count(browser, ".prose > .part")).isGreaterThan(5);
		browser.script("document.getElementById('conversation').scrollTop = 0");
		assertThat(browser.<Boolean>script("return window.find('The very end', false, false, true)")).isTrue();
		browser.paper(true);
		try {
			assertThat(PageSteps.count(browser, ".prose li")).isEqualTo(5000);
			assertThat(browser.<Boolean>script("""
					return [...document.querySelectorAll('.prose li')].every((item) =>
						item.checkVisibility({ contentVisibilityAuto: true }))""")).isTrue();
		}
		finally {
			browser.paper(false);
		}
	}

	@Test
	void aLongCodeBlockIsCopiedWhole() {
		String code = "let x = 1;\n".repeat(9000);
		ask("```\n" + code + "```\n");
		untilThere(COMPLETE);
		untilText(textOf(code));
		assertThat(PageSteps.count(browser, ".prose pre")).isGreaterThan(1);
		assertThat(PageSteps.count(browser, ".prose .code-bar")).isEqualTo(1);
		browser.script("""
				navigator.clipboard.writeText = (text) => { window.copied = text; };
				document.querySelector('[data-action=copy-code]').click()""");
		browser.until("window.copied");
		assertThat(browser.<Boolean>script("return window.copied === arguments[0]", code)).isTrue();
	}

	private static String textOf(String markdown) {
		return PageSteps.batchText(browser, markdown).replaceAll("\\s", "");
	}

	private static void ask(String markdown) {
		upstream.instead(script(markdown));
		browser.driver().get(runnel.url("/ai-demo"));
		browser.until("document.activeElement?.id === 'message'");
		browser.script("window.longest = 0");
		browser.type("Well?", Keys.ENTER);
	}

	private static Script script(String markdown) {
		Script script = Script.stream();
		for (int at = 0; at < markdown.length(); at += PIECE) {
			script.text(markdown.substring(at, Math.min(at + PIECE, markdown.length())));
		}
		return script.finish("stop").usage().done().end();
	}

	/** Waits until the page shows all of the answer, and no part with much in it. */
	private static void untilText(String text) {
		Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(browser.<String>script(TEXT)).isEqualTo(text));
		assertThat(browser.<Long>script(MOST_ELEMENTS)).isLessThan(MOST_IN_PART);
	}

	/**
	 * Presses a key repeatedly until everything is there and painted. Returns the longest
	 * reaction in milliseconds.
	 */
	private static long untilThere(String expression) {
		Awaitility.await().atMost(LIMIT).untilAsserted(() -> {
			press();
			assertThat(browser.<Boolean>script("return Boolean(" + expression + ")")).isTrue();
		});
		for (int more = 0; more < 10; more++) {
			press();
			browser.untilPainted();
		}
		return browser.<Number>script("return window.longest").longValue();
	}

	private static void press() {
		for (String type : List.of("keyDown", "keyUp")) {
			browser.driver()
				.executeCdpCommand("Input.dispatchKeyEvent",
						Map.of("type", type, "key", "Shift", "code", "ShiftLeft", "windowsVirtualKeyCode", 16));
		}
	}

}
