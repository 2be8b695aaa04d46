package dev.runnel.page;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

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
	void carriesNothingInlineThatThePolicyForbids() {
		get("/ai-demo").expectBody(String.class)
			.value((page) -> assertThat(page)
				.doesNotContainPattern("<script(?![^>]*src=)|<style|\\sstyle=|\\son[a-z]+="));
	}

	@Test
	void knowsNoConversationByAnotherName() {
		get("/ai-demo/c/last").expectStatus().isNotFound().expectBody(String.class);
	}

	private static WebTestClient.ResponseSpec get(String path) {
		return WebTestClient.bindToServer().baseUrl(site.url("")).build().get().uri(path).exchange();
	}

}
