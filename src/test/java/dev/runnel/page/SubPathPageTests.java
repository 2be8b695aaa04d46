package dev.runnel.page;

import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page of a server below a path.
 */
@Timeout(120)
@Tag("one-jdk")
class SubPathPageTests {

	@RegisterExtension
	static final RunnelSite site = RunnelSite.withMock("--runnel.mock.pace=0", "--spring.webflux.base-path=/chat");

	@RegisterExtension
	static final Browser browser = new Browser();

	@Test
	void asksReadsAndComesBackBelowThePath() {
		browser.driver().get(site.url("/chat/"));
		browser.until("document.activeElement?.id === 'message'");
		browser.type("What is a runnel?", Keys.ENTER);
		browser.untilStatus("Done");
		browser.until("document.querySelector('.entry-link')");
		assertThat(browser.<String>script("return location.pathname")).startsWith("/chat/ai-demo/c/");
		browser.driver().navigate().refresh();
		browser.until("document.querySelector('#turns .facts')?.textContent");
		browser.find(".entry-link").click();
		browser.until("document.querySelector('[data-role=assistant]')");
		assertThat(browser.<String>script(
				"""
						return [...new Set([...document.querySelectorAll('a[href]:not([href^="#"]), link[href], form')]
							.map((element) => new URL(element.href ?? element.action))
							.filter(({ origin }) => origin === location.origin).map(({ pathname }) => pathname.split('/')[1]))].join()"""))
			.isEqualTo("chat");
		assertThat(browser.<String>script("""
				return [...new Set(performance.getEntriesByType('resource').map(({ name }) =>
					new URL(name).pathname.split('/')[1]))].join()""")).isEqualTo("chat");
		assertThat(browser.hosts()).isEqualTo(Set.of("127.0.0.1"));
	}

	@Test
	void theInstalledPageBeginsAndStaysBelowThePath() {
		browser.driver().get(site.url("/chat/ai-demo"));
		assertThat(browser.driver()
			.executeAsyncScript(
					"""
							const [done] = arguments;
							const { href } = document.querySelector('link[rel=manifest]');
							fetch(href).then((response) => response.json())
								.then(({ start_url, scope }) => done([start_url, scope].map((url) => new URL(url, href).pathname).join()))"""))
			.isEqualTo("/chat/ai-demo,/chat/");
	}

}
