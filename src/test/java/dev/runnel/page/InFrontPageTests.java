package dev.runnel.page;

import java.net.URI;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The messages of the page when a proxy answers instead of the server, and when its files
 * or the browser's cookies are not as expected.
 */
class InFrontPageTests extends ScriptedPage {

	private static final String HTML = "<html><h1>nginx</h1></html>";

	@ParameterizedTest
	@CsvSource({ "401,You have to sign in", "403,refused the request", "502,not running behind its proxy",
			"503,takes no requests right now", "504,did not answer its proxy in time",
			"200,Another page came in place of the answer" })
	void eachAnswerOfAProxyHasItsOwnSentenceAndLosesNoText(int status, String sentence) {
		answer(ServerResponse.status(HttpStatus.valueOf(status)).contentType(MediaType.TEXT_HTML).bodyValue(HTML));
		browser.send("precious words");
		browser.until("document.querySelector('[role=alert]').innerText.includes(arguments[0])", sentence);
		assertThat(browser.find("[role=alert]").getText()).doesNotContain("nginx");
		browser.driver().navigate().refresh();
		browser.until("document.getElementById('message').value === 'precious words'");
	}

	@Test
	void aWayToASignInPageIsSaidAsSuch() {
		answer(ServerResponse.temporaryRedirect(URI.create("http://127.0.0.1:9/sign-in")).build());
		browser.send("precious words");
		browser.until("document.querySelector('[role=alert]').innerText.includes('You have to sign in')");
	}

	@Test
	void aMessageThatIsTooLongForAProxyCanBeShortened() {
		answer(ServerResponse.status(HttpStatus.CONTENT_TOO_LARGE).contentType(MediaType.TEXT_HTML).bodyValue(HTML));
		browser.send("precious words");
		browser.until("document.querySelector('[role=alert]').innerText.includes('longer than the proxy in front')");
		browser.until("document.activeElement.value === 'precious words' && document.activeElement.closest('.turn')");
	}

	@Test
	void aPageThatIsOlderThanTheServerOffersToReload() {
		assertThat(browser.find(".standing").isDisplayed()).isFalse();
		browser
			.script("""
					const own = window.fetch;
					window.fetch = async (...call) => {
						const { body, status, headers } = await own(...call);
						return new Response(body, { status, headers: { ...Object.fromEntries(headers), 'Runnel-Assets': 'newer' } });
					};""");
		browser.send("Hello");
		site.chat().asked().complete();
		browser.until("document.querySelector('.standing').innerText.includes('Runnel was updated.')");
		browser.type("unfinished thought");
		browser.button("Reload").click();
		browser.until("!document.querySelector('.standing').checkVisibility()"
				+ " && document.getElementById('message').value === 'unfinished thought'");
	}

	@Test
	void aBrowserWithoutCookiesIsToldWhatThatMeans() {
		browser.driver().executeCdpCommand("Emulation.setDocumentCookieDisabled", Map.of("disabled", true));
		try {
			browser.driver().navigate().refresh();
			browser.until("document.querySelector('.standing').innerText.includes('keeps no cookies')");
		}
		finally {
			browser.driver().executeCdpCommand("Emulation.setDocumentCookieDisabled", Map.of("disabled", false));
		}
	}

	private static void answer(Mono<ServerResponse> response) {
		site.chat().answerInFront(response);
	}

}
