package dev.runnel.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * What a new user without a key sees: the page, the whole server, and the mock.
 */
@Tag("one-jdk")
@Timeout(60)
class MockChatPageTests {

	@RegisterExtension
	static final RunnelSite site = RunnelSite.withMock("--runnel.mock.pace=5ms", "--runnel.mock.seed=1");

	@RegisterExtension
	static final Browser browser = new Browser();

	@Test
	void saysBeforeTheFirstQuestionThatNoModelIsConnected() {
		PageSteps.openEmpty(browser, site.url("/ai-demo"));
		assertThat(browser.find(".setup").getText()).contains("No model is connected.", "OPENROUTER_API_KEY=",
				"OPENROUTER_BASE_URL=http://127.0.0.1:11434/v1");
		assertThat(PageSteps.count(browser, ".model-choice")).isZero();
		assertThat(new AxeBuilder().analyze(browser.driver()).getViolations()).extracting(Rule::getId).isEmpty();
		browser.button("Show me the demo").click();
		browser.untilStatus("Done");
		assertThat(browser.find("[data-role=user]").getText()).contains("/mock");
		assertThat(browser.find(".setup").isDisplayed()).isFalse();
	}

	@Test
	void worksWithoutScripts() {
		browser.scripts(false);
		browser.driver().get(site.url("/ai-demo"));
		assertThat(shown("button, .suggestions, .shelf-edge")).containsExactly("submit");
		browser.find("#message").sendKeys("Without scripts");
		browser.find("[type=submit]").click();
		assertThat(browser.find("#turns").getText()).contains("Without scripts", "Demo answer");
		assertThat(browser.find(".entry-title").getText()).isEqualTo("Without scripts");
		assertThat(shown("button, .suggestions, .shelf-edge")).containsExactlyInAnyOrder("submit", "title-menu");
		browser.phone();
		assertThat(browser.find(".entry-title").isDisplayed()).isTrue();
		assertThat(browser.<Boolean>script("return document.documentElement.scrollWidth <= innerWidth")).isTrue();
	}

	private static List<String> shown(String selector) {
		return browser.driver()
			.findElements(By.cssSelector(selector))
			.stream()
			.filter(WebElement::isDisplayed)
			.map((one) -> (one.getDomAttribute("id") != null) ? one.getDomAttribute("id") : one.getDomAttribute("type"))
			.toList();
	}

	@Test
	void answersRichlyAndHonestlyWithoutAKey() {
		PageSteps.openEmpty(browser, site.url("/ai-demo"));
		browser.hosts();
		browser.script("""
				window.seen = [];
				const status = document.querySelector('[role=status]');
				new MutationObserver(() => seen.push(status.textContent))
					.observe(status, { childList: true, characterData: true, subtree: true });""");
		browser.send("What can you show me?");
		browser.untilStatus("Done");
		assertThat(browser.<List<String>>script("return window.seen")).containsExactly("Waiting for the model…",
				"Writing…", "Done");
		assertThat(browser.find("[data-role=assistant] .mock").getText()).isEqualTo("Demo answer");
		assertThat(browser.find(".prose").getText()).contains("mock", "What can you show me?");
		assertThat(List.of("strong", "em", "pre code", "ol", "table", "blockquote", "a[href]"))
			.allSatisfy((element) -> assertThat(PageSteps.count(browser, ".prose " + element)).isPositive());
		assertThat(browser.console()).isEmpty();
		assertThat(browser.hosts()).containsExactly("127.0.0.1");
	}

	@Test
	void needsNoMouseFromTheFirstLookToTheFileInTheHand(@TempDir Path folder) {
		browser.driver()
			.executeCdpCommand("Browser.setDownloadBehavior",
					Map.of("behavior", "allow", "downloadPath", folder.toString()));
		PageSteps.openEmpty(browser, site.url("/ai-demo"));
		browser.send("How deep is a runnel?");
		browser.untilStatus("Done");
		browser.until("document.activeElement.id === 'message'");
		tabTo("[data-action=regenerate]", Keys.chord(Keys.SHIFT, Keys.TAB));
		browser.type(Keys.ENTER);
		browser.until("document.querySelector('[data-role=assistant] .version').checkVisibility()");
		browser.untilIdle();
		tabTo("[aria-current=page] ~ .entry-more", Keys.chord(Keys.SHIFT, Keys.TAB));
		browser.type(Keys.ENTER);
		browser.until("document.activeElement.dataset.do === 'rename'");
		tabTo("[data-format=markdown]", Keys.ARROW_DOWN);
		browser.type(Keys.ENTER);
		PageSteps.eventually(() -> assertThat(folder).isDirectoryContaining("glob:**.md"));
		assertThat(browser.console()).isEmpty();
	}

	@Test
	void importsSeveralFilesAndSaysWhatIsMissing(@TempDir Path folder) throws IOException {
		Path broken = Files.writeString(folder.resolve("broken.json"), "{");
		Path chat = Files.writeString(folder.resolve("chat.json"), """
				[{"title": "Rivers", "create_time": 1, "update_time": 2, "mapping": {"q": {"parent": null,
				"children": [], "message": {"author": {"role": "user"}, "content": {"content_type":
				"multimodal_text", "parts": [{"content_type": "image_asset_pointer", "asset_pointer":
				"file-service://file-1"}, "What is it?"]}}}}}]""");
		PageSteps.openEmpty(browser, site.url("/ai-demo"));
		browser.script("document.getElementById('import-file').hidden = false");
		browser.find("#import-file").sendKeys(broken + "\n" + chat);
		browser.until("document.querySelector('dialog.import').open");
		assertThat(browser.<String>script("return document.querySelector('dialog.import').innerText"))
			.contains("1 chat will be imported.", "Pictures: 1");
		browser.find("dialog.import .primary").click();
		String note = "document.getElementById('sidebar-note').textContent";
		browser.until(note + ".includes('broken.json: ') && " + note
				+ ".includes('chat.json: Imported 1 chat. 1 part was left out')");
	}

	/** Presses a key until the focus reaches its target. */
	private static void tabTo(String selector, CharSequence key) {
		for (int step = 0; step < 60; step++) {
			if (browser.<Boolean>script("return document.activeElement.matches(arguments[0])", selector)) {
				return;
			}
			browser.type(key);
		}
		fail("60 times the key did not lead to " + selector);
	}

	@Test
	void saysWhatFailedAndKeepsWhatCame() {
		PageSteps.openEmpty(browser, site.url("/ai-demo"));
		browser.send("/mock error");
		browser.until("document.querySelector('[role=alert]').innerText.includes('Try again')");
		assertThat(browser.find("[data-role=assistant]").getText()).contains("mock answer");
		assertThat(browser.console()).isEmpty();
	}

	@Test
	void leadsFromAWrongAddressToTheChat() {
		browser.driver().get(site.url("/nowhere"));
		browser.find("a[href='/ai-demo']").click();
		browser.until("document.activeElement?.id === 'message'");
		assertThat(browser.console()).allMatch((line) -> line.contains("/nowhere"));
	}

	@Test
	void anAnswerBranchesIntoANewChat() {
		PageSteps.openEmpty(browser, site.url("/ai-demo"));
		browser.send("What can you show me?");
		browser.untilIdle();
		String first = browser.driver().getCurrentUrl();
		browser.find("[data-action=choices]").click();
		browser.until("document.querySelector('#turn-menu:popover-open')");
		browser.find("#turn-menu [data-do=branch]").click();
		browser.until("location.pathname.includes('/c/') && location.href !== arguments[0]", first);
		browser
			.until("document.querySelectorAll('[data-role]').length === 2 && document.querySelector('[data-phase]')");
		assertThat(browser.find("[data-role=user]").getText()).contains("What can you show me?");
	}

}
