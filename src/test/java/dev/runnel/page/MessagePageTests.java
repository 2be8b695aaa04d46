package dev.runnel.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.MessageId;
import dev.runnel.upstream.Role;
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
