package dev.runnel.page;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the server answers at the page's addresses.
 */
class PageControllerTests {

	@RegisterExtension
	static final ChatSite site = new ChatSite();

	@Test
	void sendsTheRootToThePage() {
		get("/").expectStatus().is3xxRedirection().expectHeader().location("/ai-demo").expectBody().isEmpty();
	}

	@Test
	void servesThePageAndEachConversationsAddress() {
		for (String path : List.of("/ai-demo", "/ai-demo/c/" + UUID.randomUUID())) {
			get(path).expectStatus()
				.isOk()
				.expectHeader()
				.contentTypeCompatibleWith(MediaType.TEXT_HTML)
				.expectBody(String.class)
				.value((page) -> assertThat(page).contains("role=\"log\"", "<noscript>").doesNotContain("th:"));
		}
	}

	@Test
	void namesItsFilesByTheirContentForBrowsersToKeep() {
		String page = get("/ai-demo").expectHeader()
			.cacheControl(CacheControl.noCache().cachePrivate())
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		List<String> files = Pattern.compile("(?:src|href)=\"(/assets/[^\"]+)\"")
			.matcher(page)
			.results()
			.map((file) -> file.group(1))
			.toList();
		assertThat(files).hasSizeBetween(5, 8).anyMatch((file) -> file.endsWith("/js/app.js"));
		assertThat(files).allSatisfy((file) -> get(file).expectStatus()
			.isOk()
			.expectHeader()
			.cacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePrivate().immutable()));
	}

	@Test
	void hasNoFilesOfAnotherVersion() {
		get("/assets/0000000000000000/js/app.js").expectStatus().isNotFound().expectBody(String.class);
	}

	@Test
	void leadsFromAnAddressWithoutAPageBackToTheChat() {
		String page = WebTestClient.bindToServer()
			.baseUrl(site.url(""))
			.responseTimeout(Duration.ofSeconds(20))
			.build()
			.get()
			.uri("/nowhere?x=<script>")
			.accept(MediaType.TEXT_HTML)
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		assertThat(page).contains("There is no page at this address.", "href=\"/ai-demo\"")
			.doesNotContain("<script>", "nowhere", "Exception", "Whitelabel");
	}

	@Test
	void carriesNothingInlineThatThePolicyForbids() {
		get("/ai-demo").expectBody(String.class)
			.value((page) -> assertThat(page).doesNotContainPattern(
					"<script(?![^>]*(?:src=|type=\"application/json\"))|<style|\\sstyle=|\\son[a-z]+="));
	}

	@Test
	void knowsNoConversationByAnotherName() {
		get("/ai-demo/c/last").expectStatus().isNotFound().expectBody(String.class);
	}

	private static WebTestClient.ResponseSpec get(String path) {
		return WebTestClient.bindToServer()
			.baseUrl(site.url(""))
			.responseTimeout(Duration.ofSeconds(20))
			.build()
			.get()
			.uri(path)
			.exchange();
	}

}
