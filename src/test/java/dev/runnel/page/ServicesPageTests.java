package dev.runnel.page;

import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page and the whole server, with several model services: one has no list, one lists
 * 500 models, one is dead and one is slow.
 */
@Timeout(120)
@Tag("one-jdk")
class ServicesPageTests {

	private static final CountDownLatch GATE = new CountDownLatch(1);

	private static final ScriptedUpstream MANY = ScriptedUpstream.start(Script.hello())
		.models(Script.answer(200, "application/json",
				IntStream.range(0, 500)
					.mapToObj((i) -> "{\"id\":\"m-" + i + "\"}")
					.collect(Collectors.joining(",", "{\"data\":[", "]}"))));

	private static final ScriptedUpstream SLOW = ScriptedUpstream.start(Script.hello())
		.models(Script.empty().awaitGate(GATE));

	@RegisterExtension
	static final RunnelSite site = RunnelSite.withModel("--runnel.catalogue.timeout=5m",
			"--runnel.upstreams[0].name=many", "--runnel.upstreams[0].base-url=" + MANY.baseUrl(),
			"--runnel.upstreams[0].api-key=many-key", "--runnel.upstreams[1].name=dead",
			"--runnel.upstreams[1].base-url=" + gone(), "--runnel.upstreams[2].name=slow",
			"--runnel.upstreams[2].base-url=" + SLOW.baseUrl());

	@RegisterExtension
	static final Browser browser = new Browser();

	private static String gone() {
		try (ScriptedUpstream gone = ScriptedUpstream.start()) {
			return gone.baseUrl();
		}
	}

	@AfterAll
	static void close() {
		GATE.countDown();
		MANY.close();
		SLOW.close();
	}

	@BeforeEach
	void openEmptyPage() {
		PageSteps.openEmpty(browser, site.url("/ai-demo"));
	}

	@Test
	void theBoxNamesTheModelThatAnswersByDefault() {
		browser.find(".model-choice").click();
		browser.until("document.querySelectorAll('.model-row').length >= 500");
		String first = browser.find(".default .name").getText().replaceFirst("Default – ", "");
		assertThat(first).isNotEqualTo("Default model");
		browser.type(Keys.ESCAPE);
		browser.until("document.querySelector('.model-choice bdi').textContent === arguments[0]", first);
		browser.driver().navigate().refresh();
		browser.until("document.querySelector('.model-choice bdi')?.textContent === arguments[0]", first);
	}

	@Test
	void aModelOfAnyServiceIsFoundAndAsked() {
		browser.find(".model-choice").click();
		browser.until("document.querySelectorAll('.model-row').length >= 500");
		browser.until("document.querySelector('.away').textContent.startsWith('Can’t be reached: dead')");
		assertThat(browser.find(".away").getText()).contains("Still loading: slow");
		browser.type("many m-499");
		browser.until("document.querySelectorAll('.model-row').length === 1");
		assertThat(browser.find(".model-row").getText()).contains("m-499", "Own network", "many");
		browser.type(Keys.ENTER);
		browser.until("document.querySelector('.model-choice').innerText.endsWith('m-499')");
		MANY.instead(Script.hello());
		browser.send("Hi");
		browser.untilStatus("Done");
		ScriptedUpstream.Request request = MANY.takeRequest();
		assertThat(request.text()).contains("\"model\":\"m-499\"");
		assertThat(request.headers()).containsEntry("Authorization", "Bearer many-key");
		assertThat(site.upstream().questions()).isZero();
		assertThat(browser.console()).isEmpty();
	}

}
