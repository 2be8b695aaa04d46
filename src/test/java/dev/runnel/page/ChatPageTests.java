package dev.runnel.page;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

import dev.runnel.upstream.Citation;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.UpstreamFailure;
import dev.runnel.upstream.Usage;
import dev.runnel.web.ErrorCode;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A question and its answer on the page, in a real browser.
 */
class ChatPageTests extends ScriptedPage {

	@Test
	void showsAnAnswerFromThinkingToItsEnd() {
		browser.send("What is a runnel?");
		ScriptedStream answer = site.chat().asked();
		browser.untilStatus("Waiting for the model…");
		answer.write(0, "<p>A <strong>small</strong> stream.</p>\n");
		browser.untilStatus("Writing…");
		answer.write(1, "<pre><code class=\"language-java\">int runnel = 1;\n</code></pre>\n");
		browser.untilText("int runnel = 1;");
		answer.complete();
		browser.untilStatus("Done");
		assertThat(browser.find(".status").getDomProperty("offsetWidth")).isEqualTo("1");
		assertThat(browser.find("[data-role=assistant] strong").getText()).isEqualTo("small");
		assertThat(browser.find("[data-role=assistant] .code-bar").getText()).contains("Java", "Copy");
		assertThat(browser.find("[data-role=user]").getText()).contains("What is a runnel?");
		assertThat(browser.console()).isEmpty();
	}

	@Test
	void asksNoOtherHost() {
		browser.send("Stay here");
		ScriptedStream answer = site.chat().asked();
		answer.write(0, "<p><a href=\"https://example.org/\">elsewhere</a></p>\n");
		answer.complete();
		browser.untilIdle();
		assertThat(browser.hosts()).containsExactly("127.0.0.1");
	}

	@Test
	void disablesTheBoxWhileAnAnswerIsMadeAndGivesTheFocusBack() {
		browser.send("Wait for it");
		ScriptedStream answer = site.chat().asked();
		browser.untilStatus("Waiting for the model…");
		assertThat(browser.find("#message").isEnabled()).isFalse();
		assertThat(browser.button("Send").isEnabled()).isFalse();
		answer.write(0, "<p>Done.</p>\n");
		answer.complete();
		browser.until("document.activeElement.id === 'message' && !document.activeElement.disabled");
		browser.type("more");
		assertThat(browser.button("Send").isEnabled()).isTrue();
	}

	@Test
	void labelsTheMockAndSaysWhyItAnswers() {
		browser.send("Anybody there?");
		ScriptedStream answer = site.chat().asked();
		answer.fallBack(UpstreamFailure.Kind.UNAVAILABLE);
		answer.write(0, "<p>This is a mock.</p>\n");
		answer.complete();
		browser.untilIdle();
		assertThat(browser.find("[data-role=assistant]").getText()).contains("Demo answer",
				"The model service isn’t available right now. This is a demo answer.");
		browser.button("Try the model again").click();
		assertThat(site.chat().asked().question).containsEntry("message", "Anybody there?");
	}

	@Test
	void saysThatTheModelDidNotSeeAllOfALongConversation() {
		site.chat().startsAtOnce = false;
		browser.send("Do you remember?");
		site.chat().asked().start(4);
		browser.untilText("the model did not see its first 4 messages");
	}

	@Test
	void keepsReasoningApartAndOpenWhileItIsAllThereIs() {
		browser.send("Think first");
		ScriptedStream answer = site.chat().asked();
		answer.reason("Hmm, ");
		answer.reason("let me see.");
		browser.untilText("Hmm, let me see.");
		assertThat(browser.find("details.reasoning").getDomProperty("open")).isEqualTo("true");
		browser.untilStatus("Thinking…");
		answer.write(0, "<p>So.</p>\n");
		browser.untilStatus("Writing…");
		assertThat(browser.find("details.reasoning").getDomProperty("open")).isEqualTo("false");
	}

	@Test
	void saysTheEndAndTheCostInWords() {
		browser.send("Count");
		ScriptedStream answer = site.chat().asked();
		answer.write(0, "<p>One, two</p>\n");
		answer.complete(new ScriptedStream.Facts(FinishReason.LENGTH,
				new Usage(null, 12L, null, null, new BigDecimal("0.00012")), null, Duration.ofMillis(1500)));
		browser.untilIdle();
		assertThat(browser.find(".ending").getText()).isEqualTo("Reached the length limit.");
		assertThat(browser.find(".facts").getText()).isEqualTo("12 tokens · $0.00012");
	}

	@Test
	void linksTheNumbersOfSourcesAndListsThemBelow() {
		browser.send("Where is that from?");
		ScriptedStream answer = site.chat().asked();
		answer.write(0, "<p>Both say so [1][2], but not <code>a[1]</code> and [3].</p>\n");
		answer.citations = List.of(new Citation("https://a.example/1", "A page"),
				new Citation("https://b.example/", null));
		answer.complete();
		browser.untilIdle();
		browser.until("document.querySelectorAll('.prose a.citation').length === 2");
		assertThat(
				browser.<List<String>>script("return [...document.querySelectorAll('.prose a.citation')].map((link) => "
						+ "`${link.textContent} ${link.href} ${link.rel}`)"))
			.containsExactly("[1] https://a.example/1 noopener noreferrer nofollow",
					"[2] https://b.example/ noopener noreferrer nofollow");
		assertThat(browser.find(".prose").getText()).isEqualTo("Both say so [1][2], but not a[1] and [3].");
		assertThat(browser.find(".citations").getText()).contains("A page", "https://b.example/");
	}

	@Test
	void leavesOutWhatIsNotKnown() {
		browser.send("Count");
		ScriptedStream answer = site.chat().asked();
		answer.write(0, "<p>One</p>\n");
		answer.complete();
		browser.untilIdle();
		assertThat(browser.find(".facts").getText()).isEqualTo("0 ms");
	}

	@Test
	void retriesARefusedQuestionOnceWithoutDoublingIt() {
		site.chat().refuse(HttpStatus.SERVICE_UNAVAILABLE, ErrorCode.UPSTREAM_UNAVAILABLE, "Away.");
		browser.send("Are you there?");
		browser.until("document.querySelector('[role=alert]').innerText.includes('The model service isn’t available')");
		browser.button("Try again").click();
		ScriptedStream answer = site.chat().asked();
		answer.write(0, "<p>Yes.</p>\n");
		answer.complete();
		browser.untilStatus("Done");
		assertThat(answer.question).containsEntry("message", "Are you there?");
		assertThat(browser.find("[role=alert]").getText()).isEmpty();
		assertThat(PageSteps.count(browser, "[data-role=user]")).isEqualTo(1);
		assertThat(PageSteps.count(browser, "[data-role=assistant]")).isEqualTo(1);
		assertThat(site.chat().wasAskedAgain()).isFalse();
	}

	@Test
	void keepsWhatCameBeforeAnErrorAndOffersRetry() {
		browser.send("Tell me all");
		ScriptedStream answer = site.chat().asked();
		answer.write(0, "<p>The first half</p>\n");
		answer.fail("interrupted", "The model stopped in mid-sentence.");
		browser.untilIdle();
		assertThat(browser.find("[role=alert]").getText()).contains("The answer was cut off.", "Try again");
		assertThat(browser.find("[data-role=assistant]").getText()).contains("The first half");
		assertThat(browser.find("#message").isEnabled()).isTrue();
	}

	@Test
	void retriesABrokenFirstQuestionInItsConversation() {
		browser.send("Tell me all");
		ScriptedStream broken = site.chat().asked();
		broken.write(0, "<p>The first half</p>\n");
		broken.fail("interrupted", "The model stopped in mid-sentence.");
		browser.until("document.querySelector('[role=alert] button')");
		browser.button("Try again").click();
		ScriptedStream answer = site.chat().asked();
		answer.write(0, "<p>All of it.</p>\n");
		answer.complete();
		browser.untilStatus("Done");
		assertThat(answer.question).containsEntry("message", "Tell me all")
			.containsEntry("conversationId", broken.conversationId)
			.containsEntry("parentId", broken.userMessageId);
		assertThat(browser.find("#turns").getText()).contains("All of it.").doesNotContain("The first half");
	}

	@Test
	void retriesALaterQuestionInItsPlace() {
		browser.send("First");
		ScriptedStream first = site.chat().asked();
		first.write(0, "<p>One.</p>\n");
		first.complete();
		browser.untilStatus("Done");
		browser.send("Second");
		ScriptedStream second = site.chat().asked();
		second.fail("upstream_timeout", "The model took too long.");
		browser.until("document.querySelector('[role=alert] button')");
		browser.button("Try again").click();
		assertThat(site.chat().asked().question).containsEntry("conversationId", first.conversationId)
			.containsEntry("parentId", second.userMessageId)
			.containsEntry("message", "Second");
		assertThat(PageSteps.count(browser, "[data-role=user]")).isEqualTo(2);
	}

	@Test
	void putsARefusedQuestionBackInTheBoxAndReplacesIt() {
		site.chat().refuse(HttpStatus.BAD_REQUEST, ErrorCode.INVALID_REQUEST, "Too long.");
		browser.send("A long question");
		browser.until("document.querySelector('[role=alert]').innerText.includes('Too long.')");
		assertThat(browser.button("Try again").isDisplayed()).isFalse();
		browser.until("document.activeElement.value === 'A long question'");
		browser.type(", made shorter", Keys.ENTER);
		ScriptedStream answer = site.chat().asked();
		assertThat(answer.question).containsEntry("message", "A long question, made shorter");
		browser.untilStatus("Waiting for the model…");
		assertThat(PageSteps.count(browser, "[data-role=user]")).isEqualTo(1);
		assertThat(browser.find("[role=alert]").getText()).isEmpty();
	}

	@Test
	void holdsRetryForAsLongAsTheServerAsks() {
		site.chat().refuse(HttpStatus.TOO_MANY_REQUESTS, ErrorCode.RATE_LIMITED, "Too many.", Duration.ofSeconds(6));
		browser.send("Again");
		browser.until("document.querySelector('[role=alert] .retry')?.disabled");
		assertThat(browser.find("[role=alert]").getText()).containsPattern("Try again in [1-6] second");
		browser.until("!document.querySelector('[role=alert] .retry').disabled");
	}

	@Test
	void countsTheSecondsUntilAModelMayBeAskedAgain() {
		browser.script("""
				window.waits = new Set();
				const alert = document.querySelector('[role=alert]');
				new MutationObserver(() => window.waits.add(/\\d+ seconds?/.exec(alert.innerText)?.[0]))
					.observe(alert, { childList: true, characterData: true, subtree: true });""");
		browser.send("Again");
		site.chat().asked().fail("upstream_rate_limited", Duration.ofMillis(2500));
		browser.until("document.querySelector('[role=alert] .retry')?.disabled");
		assertThat(browser.find("[role=alert]").getText()).contains("Too many requests to this model.");
		browser.until("!document.querySelector('[role=alert] .retry').disabled");
		assertThat(browser.find("[role=alert]").getText()).doesNotContain("second");
		assertThat(browser.<List<String>>script("return [...window.waits].filter(Boolean)")).contains("3 seconds")
			.hasSizeGreaterThan(1);
	}

	@Test
	void aModelThatIsGoneLeadsToAnother() {
		site.chat().refuse(HttpStatus.BAD_REQUEST, ErrorCode.MODEL_UNAVAILABLE, "No such model.");
		browser.send("Are you there?");
		browser.until("document.querySelector('[role=alert]').innerText.includes('This model isn’t available.')");
		assertThat(browser.find("#message").getDomProperty("value")).isEmpty();
		browser.button("Choose a model…").click();
		browser.until("document.querySelector('dialog [value=\"=large/model\"]')");
		browser.find("dialog [value='=large/model']").click();
		ScriptedStream answer = site.chat().asked();
		assertThat(answer.question).containsEntry("message", "Are you there?").containsEntry("model", "large/model");
		answer.write(0, "<p>Yes.</p>\n");
		answer.complete();
		browser.untilText("Yes.");
		assertThat(PageSteps.count(browser, "[data-role=user]")).isEqualTo(1);
	}

	@Test
	void anAnswerThatBrokeOffIsToldOnceAndCanGoOn() {
		browser.send("Count");
		ScriptedStream answer = site.chat().asked();
		answer.write(0, "<p>One, two</p>\n");
		answer.fail("interrupted", "The model stopped in mid-sentence.");
		browser.until("document.querySelector('.problem .continue')?.checkVisibility()");
		assertThat(browser.<Boolean>script("""
				return [...document.querySelectorAll('#turns :is(.ending, [data-action=continue])')]
					.some((one) => one.checkVisibility())""")).isFalse();
		browser.find(".problem .continue").click();
		assertThat(site.chat().asked().question).containsEntry("continueId", answer.messageId);
		assertThat(browser.find("[role=alert]").getText()).isEmpty();
	}

	@Test
	void putsTheReadersOwnTextInAsText() {
		browser.send("<img src=x onerror=alert(1)> & <b>bold</b>");
		site.chat().asked().complete();
		browser.untilIdle();
		assertThat(browser.find("[data-role=user] .said").getText())
			.isEqualTo("<img src=x onerror=alert(1)> & <b>bold</b>");
		assertThat(PageSteps.count(browser, "[data-role=user] img, [data-role=user] b")).isZero();
	}

	@Test
	void suggestionsFillTheBoxAndDoNotSend() {
		browser.find(".suggestions button").click();
		browser.until("document.activeElement.id === 'message' && document.activeElement.value.length > 10");
		assertThat(site.chat().wasAskedAgain()).isFalse();
		browser.type(Keys.ENTER);
		assertThat((String) site.chat().asked().question.get("message")).contains("hash map");
		assertThat(browser.find(".welcome").isDisplayed()).isFalse();
		assertThat(browser.find(".suggestions").isDisplayed()).isFalse();
	}

	@Test
	void asksTheChosenModelAndRemembersTheChoice() {
		browser.find(".model-choice").click();
		browser.until("document.querySelector('dialog [value=\"=large/model\"]')");
		browser.find("dialog [value='=large/model']").click();
		browser.until("document.querySelector('.model-choice').innerText.endsWith('Large Model')");
		browser.driver().navigate().refresh();
		browser.until("document.querySelector('.model-choice').innerText.endsWith('Large Model')");
		browser.find("#message").sendKeys("Hi", Keys.ENTER);
		assertThat(site.chat().asked().question).containsEntry("model", "large/model");
	}

	@Test
	void saysHowLongTheModelThoughtAlsoAfterAReload() {
		browser.send("Think");
		ScriptedStream answer = site.chat().asked();
		answer.reason("Hm. ", Duration.ofSeconds(70));
		browser.untilText("Hm.");
		browser.until("document.querySelector('.page') && location.pathname.includes('/c/')");
		browser.driver().navigate().refresh();
		browser.until("document.querySelector('.reasoning summary').textContent.match(/^Thinking for [789][0-9]/)");
		answer.write(0, "<p>So.</p>\n");
		browser.until("document.querySelector('.reasoning summary').textContent.match(/^Thought for [789][0-9]/)");
		answer.complete(ScriptedStream.Facts.tokens(3).thought(72_000));
		browser.untilIdle();
		browser.until("document.querySelector('.reasoning summary').textContent === 'Thought for 72.0 s'");
		browser.driver().navigate().refresh();
		browser.untilText("So.");
		assertThat(browser.find(".reasoning summary").getText()).isEqualTo("Thought for 72.0 s");
	}

}
