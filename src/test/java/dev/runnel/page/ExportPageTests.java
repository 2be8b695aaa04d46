package dev.runnel.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import dev.runnel.upstream.Script;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A chat that is saved as a file from the page, and chats that are read from one.
 */
@Timeout(120)
@Tag("one-jdk")
class ExportPageTests {

	@RegisterExtension
	static final RunnelSite site = RunnelSite.withModel("--runnel.chat.title-timeout=0s");

	@RegisterExtension
	static final Browser browser = new Browser();

	@Test
	void theHtmlFileShowsFormulasAndColoursWithoutAScript(@TempDir Path folder) throws IOException {
		saveInto(folder);
		PageSteps.openEmpty(browser, site.url("/ai-demo?lang=en"));
		site.upstream()
			.instead(Script.stream()
				.text("It is $x^2$.\n\n```java\nint x = 1;\n```\n\n$$\\undefined$$\n")
				.finish("stop")
				.done()
				.end());
		browser.send("Show me");
		browser.untilStatus("Done");
		browser.until("document.querySelector('.entry-more')");
		browser.find(".entry-more").sendKeys(Keys.ENTER);
		browser.until("document.querySelector('#entry-menu').matches(':popover-open')");
		browser.find("#entry-menu [data-format=html]").click();
		browser.untilStatus("File saved");
		PageSteps.eventually(() -> assertThat(folder).isDirectoryContaining("glob:**.html"));
		browser.driver().get(saved(folder).toUri().toString());
		assertThat(PageSteps.count(browser, ".prose .math math")).isEqualTo(1);
		assertThat(browser.find(".prose").getText()).contains("\\undefined", "int x = 1;");
		assertThat(browser.find("header").getText()).contains("Started ").doesNotContain("UTC");
		assertThat(PageSteps.count(browser, "script, link, [style]")).isZero();
		assertThat(browser.<Boolean>script("""
				const colour = (selector) => getComputedStyle(document.querySelector(selector)).color;
				return colour('.hljs-type') !== colour('pre')""")).isTrue();
	}

	@Test
	void theSettingsMakeRoomForTheWordThatAllChatsAreSaved(@TempDir Path folder) {
		saveInto(folder);
		PageSteps.openEmpty(browser, site.url("/ai-demo?lang=en"));
		browser.find("#open-preferences").click();
		browser.until("document.querySelector('dialog.preferences [download]')?.checkVisibility()");
		browser.find("dialog.preferences [download]").click();
		browser.untilStatus("Saving the file…");
		browser.until("!document.querySelector('dialog[open]')");
		PageSteps.eventually(() -> assertThat(folder).isDirectoryContaining("glob:**.zip"));
	}

	private static void saveInto(Path folder) {
		browser.driver()
			.executeCdpCommand("Browser.setDownloadBehavior",
					Map.of("behavior", "allow", "downloadPath", folder.toString()));
	}

	private static void choose(Path file) {
		browser.driver().get(site.url("/ai-demo?lang=de"));
		browser
			.until("document.querySelector('.welcome')?.checkVisibility() && document.querySelector('[data-phase]')");
		browser.script("document.getElementById('import-file').hidden = false");
		browser.find("#import-file").sendKeys(file.toString());
	}

	@Test
	void saysInTheReadersLanguageWhyAFileCouldNotBeTaken(@TempDir Path folder) throws IOException {
		choose(Files.writeString(folder.resolve("notes.md"), "# A note\n"));
		browser.until("document.getElementById('sidebar-note').textContent.startsWith('Das ist kein Export, der')");
		assertThat(browser.find("#sidebar-note").getText()).contains("Open WebUI").doesNotContain("JSON at line");
	}

	@Test
	void thePreviewOfAnImportSaysInTheReadersLanguageWhatStaysOutside(@TempDir Path folder) throws IOException {
		String chat = """
				{"format":"runnel-conversation","version":%d,"title":"T","createdAt":"2026-01-31T09:05:00Z",
				"updatedAt":"2026-01-31T09:05:00Z","messages":[{"id":1,"role":"user","content":"q",
				"createdAt":"2026-01-31T09:05:01Z"}]}""";
		browser.phone();
		choose(Files.writeString(folder.resolve("chats.json"),
				"[" + chat.formatted(1) + "," + chat.formatted(2) + "]"));
		browser.until("document.querySelector('.import .refused li')?.checkVisibility()");
		assertThat(browser.find(".import .refused li").getText())
			.isEqualTo("chats.json [1]: Diesen Export hat eine neuere Version von Runnel geschrieben.");
		PageSteps.assertFitsAPhone(browser, "dialog.import");
		browser.find(".import .dialog-foot [data-close]").click();
		browser.until("!document.querySelector('dialog.import')");
	}

	private static Path saved(Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter((file) -> file.toString().endsWith(".html")).findFirst().orElseThrow();
		}
	}

}
