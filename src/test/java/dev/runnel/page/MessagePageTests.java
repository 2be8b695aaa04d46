package dev.runnel.page;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.MessageId;
import dev.runnel.upstream.Citation;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.Role;
import dev.runnel.upstream.Usage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How questions and answers are told apart, and what is shown beside them.
 */
class MessagePageTests extends ScriptedPage {

	private static final String LONG = "A line of a log\n".repeat(40).strip();

	private static final String IS_CUT = """
			const said = document.querySelector('[data-role=user] .said');
			return said.scrollHeight > said.clientHeight + 1""";

	@Test
	void aQuestionIsATintedBlockOfRegularTextWithoutAName() {
		answer(ask("What is a runnel?"), "A small stream.");
		assertThat(browser.find("[data-role=user]").getText()).contains("What is a runnel?").doesNotContain("You");
		assertThat(browser.find("[data-role=user]").getAccessibleName()).isEqualTo("You");
		assertThat(browser.find("[data-role=assistant]").getAccessibleName()).isEqualTo("Answer");
		assertThat(browser.find(".said").getCssValue("font-weight")).isEqualTo("400");
		assertThat(browser.find(".said").getCssValue("background-color"))
			.isNotEqualTo(browser.find("html").getCssValue("background-color"))
			.isNotEqualTo("rgba(0, 0, 0, 0)");
	}

	@Test
	void anAnswerCarriesTheNameOfItsModelAlsoAfterAReload() {
		answer(ask("Who are you?"), "A model.");
		browser.until("document.querySelector('#turns .model').textContent === 'Small Model'");
		String address = browser.driver().getCurrentUrl();
		browser.block("*/api/models*");
		browser.driver().get(address);
		browser.until("document.activeElement?.id === 'message'");
		assertThat(browser.find("#turns .model").getText()).isEqualTo("Small Model");
		browser.block();
		browser.console();
	}

	@Test
	void aLongQuestionIsFoldedUntilItIsUnfolded() {
		answer(ask(LONG), "That is a lot.");
		assertThat(browser.<Boolean>script(IS_CUT)).isTrue();
		browser.find(".unfold").click();
		assertThat(browser.<Boolean>script(IS_CUT)).isFalse();
		assertThat(browser.find(".unfold").getText()).isEqualTo("Show less");
		assertThat(browser.find(".unfold").getDomAttribute("aria-expanded")).isEqualTo("true");
		browser.find(".unfold").click();
		assertThat(browser.<Boolean>script(IS_CUT)).isTrue();
		browser.driver().navigate().refresh();
		browser.untilText("That is a lot.");
		browser.until("document.querySelector('.unfold')?.checkVisibility()");
		assertThat(browser.<Boolean>script(IS_CUT)).isTrue();
	}

	@Test
	void aModelThatHasSaidNothingIsNotCalledThinking() {
		ScriptedStream stream = ask("Hello");
		browser.untilStatus("Waiting for the model…");
		stream.reason("Hm.");
		browser.untilStatus("Thinking…");
		answer(stream, "Hi.");
		browser.untilStatus("Done");
	}

	@Test
	void aShortQuestionIsNotFolded() {
		answer(ask("One\ntwo\nthree"), "Four.");
		assertThat(browser.find(".unfold").isDisplayed()).isFalse();
		assertThat(browser.<Boolean>script(IS_CUT)).isFalse();
	}

	@Test
	void aFoldedQuestionIsWholeOnPaper() {
		answer(ask(LONG), "That is a lot.");
		browser.paper(true);
		try {
			assertThat(browser.<Boolean>script(IS_CUT)).isFalse();
			assertThat(browser.find(".unfold").isDisplayed()).isFalse();
		}
		finally {
			browser.paper(false);
		}
	}

	@Test
	void aTimeIsSeenWhereThePointerIs() {
		answer(ask("What is a runnel?"), "A small stream.");
		String opacity = "getComputedStyle(document.querySelector('[data-role=user] time')).opacity";
		new Actions(browser.driver()).moveToLocation(5, 5).perform();
		browser.until(opacity + " === '0'");
		new Actions(browser.driver()).moveToElement(browser.find(".said")).perform();
		browser.until(opacity + " === '1'");
	}

	@Test
	void aLineBetweenTwoDaysNamesTheSecond() {
		List<Message> messages = new ArrayList<>();
		for (String time : List.of("2025-10-04T12:00:00Z", "2025-10-06T12:00:00Z", "2025-10-06T12:30:00Z")) {
			messages.add(message(messages, Instant.parse(time), null));
			messages.add(message(messages, Instant.parse(time), PageControllerTests.complete("Yes.")));
		}
		ConversationId id = site.chat().conversations.keep("Days", Instant.now(), messages.toArray(new Message[0]));
		browser.driver().get(site.url("/ai-demo/c/" + id));
		browser.until("document.activeElement?.id === 'message'");
		assertThat(days()).containsExactly("October 4, 2025", "October 6, 2025", "");
		answer(ask("And today?"), "Today, too.");
		assertThat(days()).hasSize(4);
		assertThat(days().get(3)).isNotEmpty().isNotEqualTo("October 6, 2025");
		answer(ask("And now?"), "Even now.");
		assertThat(PageSteps.count(browser, "#turns .day:not([hidden])")).isEqualTo(3);
	}

	@Test
	void allThatIsKnownOfAnAnswerIsOneClickAway() {
		ScriptedStream stream = ask("Count");
		stream.write(0, "<p>One, two</p>\n");
		stream.complete(new ScriptedStream.Facts(FinishReason.STOP,
				new Usage(10L, 12L, null, null, new BigDecimal("0.00012")), null, Duration.ofMillis(1500)));
		browser.untilIdle();
		assertThat(browser.find(".facts").getText()).isEqualTo("12 tokens · $0.00012");
		browser.find(".facts").click();
		browser.until("document.querySelector('#facts:popover-open')?.checkVisibility()");
		assertThat(browser.find("#facts").getText()).contains("small/model", "10 tokens", "12 tokens", "$0.00012",
				"1.5 s", "8.0 tokens per second");
		browser.type(Keys.ESCAPE);
		browser.until("!document.querySelector('#facts:popover-open')");
		browser.until("document.activeElement.matches('.facts')");
	}

	@Test
	void anotherModelIsAskedFromTheMenuBesideRegenerate() {
		answer(ask("Name a river"), "The Danube.");
		browser.find("[data-action=choices]").click();
		browser.until("document.activeElement.matches('#turn-menu [data-do=again]')");
		browser.type(Keys.ARROW_DOWN, Keys.ENTER);
		browser.until("document.querySelector('.picker [value=\"=large/model\"]')");
		browser.find(".picker [value='=large/model']").click();
		ScriptedStream again = site.chat().asked();
		assertThat(again.question).containsEntry("model", "large/model").containsEntry("message", "Name a river");
		answer(again, "The Rhine.");
		browser.find("[data-action=choices]").click();
		browser.until("document.activeElement.matches('#turn-menu [data-do=again]')");
		browser.type(Keys.ENTER);
		assertThat(site.chat().asked().question).containsEntry("message", "Name a river");
	}

	@Test
	void anAnswerIsCopiedWithItsFormattingToo() {
		ScriptedStream stream = ask("Show me");
		stream.write(0, "<table>\n<thead>\n<tr>\n<th>One</th>\n</tr>\n</thead>\n</table>\n");
		stream.write(1, "<pre><code class=\"language-java\">int x;\n</code></pre>\n");
		stream.complete();
		browser.untilIdle();
		browser.script("""
				navigator.clipboard.write = async ([item]) => {
					const text = async (type) => (await item.getType(type)).text();
					window.copied = [await text('text/plain'), await text('text/html')];
				};
				document.querySelector('[data-action=copy-answer]').click();""");
		browser.until("window.copied");
		List<String> copied = browser.script("return window.copied");
		assertThat(copied.get(0)).isEqualTo("word word ");
		assertThat(copied.get(1)).contains("<table>", "<th>One</th>", "<pre><code>int x;\n</code></pre>")
			.doesNotContain("class=", "tabindex", "<button");
		browser.untilStatus("Copied");
		browser.until("document.querySelector('[data-action=copy-answer]').innerText.trim() === 'Copy'");
	}

	@Test
	void onlyTheLastAnswerShowsItsButtonsAlways() {
		answer(ask("Name a river"), "The Danube.");
		answer(ask("Another one"), "The Rhine.");
		new Actions(browser.driver()).moveToLocation(5, 5).perform();
		browser.until("document.activeElement.id === 'message'");
		assertThat(browser.<List<String>>script(
				"""
						return [...document.querySelectorAll('.answer-actions, .facts')].map((actions) => getComputedStyle(actions).opacity)"""))
			.containsExactly("0", "0", "1", "1");
		browser.script("document.querySelector('[data-action=copy-answer]').focus()");
		assertThat(browser.<String>script("return getComputedStyle(document.querySelector('.answer-actions')).opacity"))
			.isEqualTo("1");
	}

	@Test
	void theBoxOfATaskIsItsMark() {
		ScriptedStream stream = ask("What is left?");
		stream.write(0, """
				<ul>
				<li><input type="checkbox" disabled="" checked=""> Write</li>
				<li>Read</li>
				</ul>
				""");
		stream.complete();
		browser.untilIdle();
		assertThat(browser.<List<String>>script(
				"return [...document.querySelectorAll('.prose li')].map((item) => getComputedStyle(item).listStyleType)"))
			.containsExactly("none", "disc");
	}

	@Test
	void theNumberOfASourceStandsWhereItsTitleBegins() {
		ScriptedStream stream = ask("Who says so?");
		stream.citations = List.of(new Citation("https://a.example/1", "A page"));
		stream.write(0, "<p>They.</p>\n");
		stream.complete();
		browser.untilIdle();
		browser.script("document.documentElement.dir = 'rtl'");
		assertThat(browser.<Boolean>script("""
				const [list, item] = ['.citations', '.citations li'].map((one) => document.querySelector(one).getBoundingClientRect());
				return item.left - list.left >= 20 && item.right === list.right;""")).isTrue();
	}

	@Test
	void nothingBelowAMessageCollides() {
		answer(ask("Name a river"), "The Danube.");
		browser.find("[data-action=regenerate]").click();
		ScriptedStream stream = site.chat().asked();
		stream.write(0, "<p>The Rhine.</p>\n");
		stream.complete(new ScriptedStream.Facts(FinishReason.STOP,
				new Usage(1_234_567L, 7_654_321L, null, null, new BigDecimal("1234.56")), null, Duration.ofHours(1)));
		browser.untilIdle();
		for (int width : new int[] { 320, 390, 768, 1440 }) {
			browser.size(width, 800);
			browser.untilPainted();
			assertThat(browser.<List<String>>script(
					"""
							const parts = [...document.querySelectorAll('.aftermath :is(button, .version)')]
								.filter((part) => part.checkVisibility()).map((part) => [part, part.getBoundingClientRect()]);
							const overlap = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
							return parts.flatMap(([part, box], at) => parts.slice(at + 1).filter(([, other]) => overlap(box, other))
								.map(([other]) => `${part.outerHTML} ${other.outerHTML}`))"""))
				.isEmpty();
		}
	}

	@Test
	void everyButtonOfATurnIsLargeEnoughForAFinger() {
		answer(ask("Name a river"), "The Danube.");
		browser.find("[data-action=regenerate]").click();
		answer(site.chat().asked(), "The Rhine.");
		browser.phone();
		browser.until("matchMedia('(pointer: coarse)').matches");
		browser.untilPainted();
		assertThat(browser.<List<String>>script("""
				return [...document.querySelectorAll('#turns button')].filter((one) => one.checkVisibility())
					.filter((one) => one.offsetHeight < 44 || one.offsetWidth < 44).map((one) => one.outerHTML)"""))
			.isEmpty();
	}

	private static List<String> days() {
		return browser.script("return [...document.querySelectorAll('#turns .day')].map((day) => day.textContent)");
	}

	private static Message message(List<Message> before, Instant time, @Nullable Answer answer) {
		MessageId parent = before.isEmpty() ? null : before.get(before.size() - 1).id();
		return new Message(new MessageId(UUID.randomUUID()), parent, (answer != null) ? Role.ASSISTANT : Role.USER,
				(answer != null) ? answer.content() : "Well?", time, answer);
	}

	private static ScriptedStream ask(String question) {
		browser.script("""
				const box = document.getElementById('message');
				box.value = arguments[0];
				box.dispatchEvent(new Event('input', { bubbles: true }));""", question);
		browser.type(Keys.ENTER);
		return site.chat().asked();
	}

	private static void answer(ScriptedStream stream, String text) {
		stream.write(0, "<p>" + text + "</p>\n");
		stream.complete();
		browser.untilText(text);
		browser.untilIdle();
	}

}
