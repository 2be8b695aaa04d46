package dev.runnel.page;

import java.util.Base64;
import java.util.concurrent.CountDownLatch;

import dev.runnel.attachments.SampleFiles;
import dev.runnel.upstream.Script;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pictures of an answer, on the page and with the whole server.
 */
@Tag("one-jdk")
@Timeout(120)
class DrawnPicturePageTests {

	@RegisterExtension
	static final RunnelSite site = RunnelSite.withModel();

	@RegisterExtension
	static final Browser browser = new Browser();

	@BeforeEach
	void openEmptyPage() {
		PageSteps.openEmpty(browser, site.url("/ai-demo"));
	}

	private static Script drawing(int width, int height) {
		String url = "data:image/png;base64,"
				+ Base64.getEncoder().encodeToString(SampleFiles.picture("png", width, height));
		return Script.stream()
			.text("Here it is.")
			.data("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\",\"images\":[{\"type\":\"image_url\","
					+ "\"image_url\":{\"url\":\"" + url + "\"}}]},\"finish_reason\":null}]}");
	}

	private static void untilDrawn(int width) {
		browser.until("document.querySelector('.drawn img')?.naturalWidth === " + width);
		assertThat(PageSteps.count(browser, ".drawn li")).isEqualTo(1);
		assertThat(browser.find(".drawn img").getDomAttribute("width")).isEqualTo(String.valueOf(width));
		assertThat(browser.find(".drawn img").getDomAttribute("alt")).isEqualTo("picture-1.png");
		assertThat(browser.find(".drawn a[download]").getText()).isEqualTo("Download");
	}

	@Test
	void aPictureIsShownWhileTheAnswerGoesOnAndAfterReloads() {
		CountDownLatch gate = new CountDownLatch(1);
		site.upstream().instead(drawing(640, 400).awaitGate(gate).text(" And more.").finish("stop").done().end());
		browser.send("draw");
		untilDrawn(640);
		browser.driver().navigate().refresh();
		untilDrawn(640);
		gate.countDown();
		browser.untilText("And more.");
		browser.untilIdle();
		untilDrawn(640);
		browser.driver().navigate().refresh();
		untilDrawn(640);
		assertThat(browser.console()).isEmpty();
	}

	@Test
	void aPictureStaysWhenTheAnswerIsStopped() {
		site.upstream().instead(drawing(300, 200).stall());
		browser.send("draw");
		untilDrawn(300);
		browser.button("Stop").click();
		browser.untilIdle();
		untilDrawn(300);
		browser.driver().navigate().refresh();
		untilDrawn(300);
	}

}
