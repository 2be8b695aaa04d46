package dev.runnel.page;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A reader who looks at another conversation while an answer is written finds the answer
 * when they return. The page keeps reading the stream, because the server ends a stream
 * without readers.
 */
@Tag("one-jdk")
@Timeout(120)
class BackgroundAnswerPageTests {

	private static final int GRACE_SECONDS = 10;

	@RegisterExtension
	static final RunnelSite site = RunnelSite.withModel("--runnel.stream.grace=" + GRACE_SECONDS + "s");

	@RegisterExtension
	static final Browser browser = new Browser();

	private final PacedAnswer answer = new PacedAnswer("A long story. ".repeat(200));

	@BeforeEach
	void ask() {
		PageSteps.openEmpty(browser, site.url("/ai-demo"));
		site.upstream().instead(this.answer.script());
		browser.send("Tell me a story");
		this.answer.release(20);
		browser.untilText("A long story. A long story.");
		browser.until("document.querySelector('.entry .answering:not([hidden])')");
	}

	@Test
	void anAnswerGoesOnWhileAnotherConversationIsLookedAt() {
		String asked = browser.driver().getCurrentUrl();
		leave();
		goOnForLongerThanTheGrace();
		assertThat(PageSteps.count(browser, "#turns > *")).isZero();
		browser.driver().get(asked);
		browser.untilStatus("Writing…");
		this.answer.open();
		browser.untilStatus("Done");
		assertThat(browser.find(".prose").getText().split("A long story", -1)).hasSize(201);
		assertThat(browser.console()).isEmpty();
	}

	@Test
	void anAnswerThatEndsMeanwhileIsWhole() {
		String asked = browser.driver().getCurrentUrl();
		leave();
		goOnForLongerThanTheGrace();
		this.answer.open();
		browser.until("document.querySelector('.entry') && !document.querySelector('.answering:not([hidden])')");
		browser.driver().get(asked);
		browser.until("document.querySelector('.facts')?.checkVisibility()");
		assertThat(browser.find(".prose").getText().split("A long story", -1)).hasSize(201);
		assertThat(browser.find("[data-role=assistant]").getDomAttribute("data-state")).isEqualTo("complete");
	}

	private static void leave() {
		browser.find("#new-chat").click();
		browser.until("""
				document.querySelector('.page').dataset.id === undefined && document.activeElement?.id === 'message'
						&& document.querySelector('.entry .answering:not([hidden])')""");
	}

	/**
	 * Lets the answer go on for longer than the grace period. An answer that was ended
	 * would stop.
	 */
	private void goOnForLongerThanTheGrace() {
		this.answer.release(60, 1500 * GRACE_SECONDS);
	}

}
