package dev.runnel.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * An opened conversation: its first visible scroll position, and what the page adds to
 * the server's HTML.
 */
class OpeningPageTests extends ScriptedPage {

	/**
	 * In each frame with visible turns, records how far below the view the last one ends.
	 */
	private static final String NOTE_DISTANCES = """
			window.distances = [];
			const look = () => {
				const log = document.getElementById('conversation');
				const turns = document.querySelector('#turns article');
				if (turns && getComputedStyle(turns).visibility === 'visible') {
					window.distances.push(log.scrollHeight - log.clientHeight - log.scrollTop);
				}
				requestAnimationFrame(look);
			};
			requestAnimationFrame(look);""";

	private static final String ALL_DRAWN = "[...document.querySelectorAll('.math')].every(({ shadowRoot }) => shadowRoot)";

	@Test
	void isSeenAtItsEndAndNeverElsewhere() {
		openNoting(NOTE_DISTANCES, keepLong());
		browser.until("window.distances.length > 20");
		assertThat(browser.<List<Number>>script("return window.distances"))
			.allMatch((distance) -> distance.doubleValue() <= 60);
	}

	/**
	 * Keeps each layout shift from the first frame on, with the elements that moved. The
	 * browser excuses what moves soon after an input of the reader; these tests do not,
	 * because on a slow machine the excuse ends before the page has reacted.
	 */
	private static final String NOTE_SHIFTS = """
			window.shifts = [];
			const at = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(' ');
			const nameOf = ({ node, previousRect, currentRect }) =>
				`${node?.nodeName} ${node?.id ?? ''} ${node?.className ?? ''} from ${at(previousRect)} to ${at(currentRect)}`;
			const note = (entries) => entries.forEach(({ value, sources, startTime }) =>
				window.shifts.push(`${value} at ${startTime}: ${sources.map(nameOf).join(', ')}`));
			const observer = new PerformanceObserver((list) => note(list.getEntries()));
			observer.observe({ type: 'layout-shift', buffered: true });
			window.allShifts = () => {
				note(observer.takeRecords());
				return window.shifts;
			};""";

	@Test
	void nothingMovesOnOpeningAskingAndFinishing() {
		openNoting(NOTE_SHIFTS, keepLong());
		browser.until("document.activeElement?.id === 'message'");
		browser.send("And then?");
		ScriptedStream answer = site.chat().asked();
		answer.writeParagraphs(0, 3);
		answer.complete();
		browser.untilStatus("Done");
		browser.untilPainted();
		assertThat(browser.<List<String>>script("return window.allShifts()")).isEmpty();
	}

	/**
	 * Reads the page in pieces, without its scripts, in a frame. Returns whether the
	 * message box is seen after each piece.
	 */
	private static final String READ_IN_PIECES = """
			const done = arguments[0];
			(async () => {
				const html = (await (await fetch(location.href)).text()).replace(/<script[^]*?<\\/script>/g, '');
				const frame = document.body.appendChild(document.createElement('iframe'));
				const page = frame.contentDocument;
				const cuts = ['<form class="composer', '<div class="tools', '<ul class="suggestions', '</html>'].map((end) => html.indexOf(end));
				const seen = [];
				let from = 0;
				page.open();
				for (const cut of cuts) {
					page.write(html.slice(from, cut + 1));
					from = cut + 1;
					const desk = page.querySelector('.desk');
					while (getComputedStyle(desk).position !== 'relative') {
						await new Promise((resolve) => setTimeout(resolve, 10));
					}
					seen.push(desk.checkVisibility({ visibilityProperty: true }));
				}
				frame.remove();
				done(seen);
			})().catch((error) => done([String(error.stack)]));""";

	@Test
	void theMessageBoxIsNotSeenBeforeItIsComplete() {
		browser.driver().get(site.url("/ai-demo/c/" + keepLong()));
		browser.until("document.activeElement?.id === 'message'");
		assertThat((List<?>) browser.driver().executeAsyncScript(READ_IN_PIECES))
			.isEqualTo(List.of(false, false, false, true));
	}

	/**
	 * A slow machine shows text before its formulas are drawn: no slice of time ends, and
	 * the page waits for KaTeX.
	 */
	private static final String OF_A_QUICK_MACHINE = """
			const clock = performance.now.bind(performance);
			performance.now = () => clock() / 100;
			const later = window.setTimeout;
			window.setTimeout = (task, after, ...more) => later(task, after === 1000 ? 600_000 : after, ...more);""";

	@ParameterizedTest
	@ValueSource(strings = { "Quiet water runs on.",
			"It is $a^2 + b^2$ there.\n\n$$\\int_0^1 x\\,dx$$\n\nAnd that is all." })
	void formulasMoveNothing(String before) {
		ConversationId id = keepAnswer(before);
		openNoting(NOTE_SHIFTS + OF_A_QUICK_MACHINE, id);
		browser.until("document.activeElement?.id === 'message' && !('landing' in document.documentElement.dataset)");
		browser.until(ALL_DRAWN);
		browser.script("""
				const box = document.getElementById('message');
				box.value = 'And then?';
				box.dispatchEvent(new Event('input'));
				requestAnimationFrame(() => box.form.requestSubmit());""");
		ScriptedStream answer = site.chat().asked();
		answer.write(0, "<p>So <span class=\"math\">\\frac{x^2}{2}</span> grows with it.</p>\n");
		answer.write(1, "<div class=\"math\">\\sum_{i=1}^n i = \\frac{n(n+1)}{2}</div>\n");
		answer.write(2, "<p>That was the sum.</p>\n");
		answer.write(3, "<div class=\"math\">\\frac{1}{3}</div>\n");
		answer.complete();
		browser.untilIdle();
		browser.until(ALL_DRAWN);
		browser.untilPainted();
		assertThat(browser.<List<String>>script("return window.allShifts()")).isEmpty();
	}

	@Test
	void aTextDoesNotWaitForAFormulaThatCannotBeDrawn() {
		ConversationId id = keepAnswer("It is $a^2$ there.");
		browser.block("*/answer/formulas.js*");
		browser.driver().get(site.url("/ai-demo/c/" + id));
		browser.until("document.activeElement?.id === 'message' && !('landing' in document.documentElement.dataset)");
		assertThat(browser.find(".prose").getText()).isEqualTo("It is a^2 there.");
		browser.send("And then?");
		ScriptedStream answer = site.chat().asked();
		answer.write(0, "<p>So <span class=\"math\">x^2</span> grows.</p>\n");
		answer.complete();
		browser.untilText("So x^2 grows.");
		browser.untilIdle();
		browser.block();
		browser.console();
	}

	@Test
	void canBeReadWhereTheScriptCouldNotBeHad() {
		ConversationId id = keepLong();
		browser.block("*/js/app.js");
		browser.driver().get(site.url("/ai-demo/c/" + id));
		browser.until("document.querySelector('#turns .said').checkVisibility({ visibilityProperty: true })");
		browser.console();
	}

	@Test
	void turnsOfTheServerHaveAllThatThoseOfTheScriptHave() {
		browser.driver().get(site.url("/ai-demo/c/" + keepLong()));
		browser.until("document.activeElement?.id === 'message'");
		assertThat(browser.<List<String>>script(
				"""
						const names = (element) => [...element.querySelectorAll('*:not(.rendered *)')]
							.map(({ localName, className, dataset }) => `${localName} ${className.baseVal ?? className} ${dataset.action}`).join();
						return [...document.querySelectorAll('#turns > *')].filter((turn) => names(turn) !== names(document
							.getElementById(turn.dataset.role === 'user' ? 'question-turn' : 'answer-turn').content.firstElementChild))
							.map((turn) => turn.outerHTML)"""))
			.isEmpty();
	}

	@Test
	void theBeginningOfAVeryLongAnswerFollowsItsEnd() {
		String code = "```java\nint x = 1;\n```\n\n";
		ConversationId id = keepAnswer("First\n\n" + code + "- item\n".repeat(9000));
		browser.driver().get(site.url("/ai-demo/c/" + id));
		browser.until("document.activeElement?.id === 'message' && !document.querySelector('.beginning')");
		assertThat(PageSteps.count(browser, ".prose li")).isEqualTo(9000);
		assertThat(browser.<String>script("return document.querySelector('.prose').firstElementChild.textContent"))
			.startsWith("First");
		assertThat(PageSteps.count(browser, ".prose > .part[aria-live=off]")).isGreaterThan(10);
		browser.until("document.querySelector('.prose .code-bar + pre span')");
		browser.untilPainted();
		assertThat(browser.<Number>script("""
				const log = document.getElementById('conversation');
				return log.scrollHeight - log.clientHeight - log.scrollTop""").doubleValue()).isLessThan(60);
	}

	static final List<String> LISTS = List.of("- item\n".repeat(150) + "- outer\n" + "  - inner\n".repeat(150),
			"- item\n\n".repeat(301));

	@ParameterizedTest
	@FieldSource("LISTS")
	void theItemsOfACutListAreAsFarApartAsOthers(String list) {
		ConversationId id = keepAnswer(list);
		browser.driver().get(site.url("/ai-demo/c/" + id));
		browser
			.until("document.activeElement?.id === 'message' && document.querySelectorAll('.prose .cut').length > 1");
		List<Number> distances = browser
			.script("""
					const parts = [...document.querySelectorAll('.prose > .part')];
					parts.forEach(({ style }) => (style.cssText = 'content-visibility: visible; contain: content'));
					const tops = [...document.querySelectorAll('.prose li:not(.rest)')].map((item) => item.getBoundingClientRect().top);
					return tops.slice(1).map((top, at) => top - tops[at]);""");
		assertThat(distances).hasSize(300)
			.allSatisfy((distance) -> assertThat(distance.doubleValue()).isCloseTo(distances.get(0).doubleValue(),
					within(0.5)));
	}

	@Test
	void aLinkLeadsToTheBeginningThatCannotBeLoaded() {
		ConversationId id = keepAnswer("First\n\n" + "- item\n".repeat(9000));
		browser.block("*/beginning/*");
		browser.driver().get(site.url("/ai-demo/c/" + id));
		browser.until("performance.getEntriesByType('resource').some(({ name }) => name.includes('/beginning/'))");
		assertThat(browser.find(".prose .beginning a").getText()).isEqualTo("The beginning of this text");
		browser.block();
		browser.driver().get(browser.find(".prose .beginning a").getDomProperty("href"));
		assertThat(browser.find("body").getText()).startsWith("First");
	}

	/** Opens a conversation with a script that runs before those of the page. */
	private static void openNoting(String source, ConversationId id) {
		Object script = browser.driver()
			.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", source))
			.get("identifier");
		browser.driver().get(site.url("/ai-demo/c/" + id));
		browser.driver().executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", script));
	}

	private static ConversationId keepAnswer(String markdown) {
		Message question = ScriptedConversations.question(null, "All?");
		return site.chat().conversations.keep("Very long", Instant.now(), question,
				ScriptedConversations.answer(question.id(), PageControllerTests.complete(markdown)));
	}

	private static ConversationId keepLong() {
		List<Message> messages = new ArrayList<>();
		for (int turn = 0; turn < 40; turn++) {
			Message last = messages.isEmpty() ? null : messages.get(messages.size() - 1);
			Message question = ScriptedConversations.question((last != null) ? last.id() : null,
					"And part " + turn + "?");
			messages.add(question);
			messages.add(ScriptedConversations.answer(question.id(),
					PageControllerTests.complete("Quiet water runs on. ".repeat(20))));
		}
		return site.chat().conversations.keep("Long", Instant.now(), messages.toArray(new Message[0]));
	}

}
