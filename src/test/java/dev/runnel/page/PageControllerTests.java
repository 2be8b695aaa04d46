package dev.runnel.page;

import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * What the server answers at the page's addresses.
 */
class PageControllerTests {

	@RegisterExtension
	static final ChatSite site = new ChatSite();

	@Test
	void sendsTheRootToThePage() {
		get("/").expectStatus().is3xxRedirection().expectHeader().location("/ai-demo");
	}

	@Test
	void servesThePageAndEachConversationsAddress() {
		get("/ai-demo").expectStatus().isOk().expectHeader().contentTypeCompatibleWith("text/html");
		get("/ai-demo/c/" + UUID.randomUUID()).expectStatus().isOk();
	}

	@Test
	void knowsNoConversationByAnotherName() {
		get("/ai-demo/c/last").expectStatus().isNotFound();
	}

	private static WebTestClient.ResponseSpec get(String path) {
		return WebTestClient.bindToServer().baseUrl(site.url("")).build().get().uri(path).exchange();
	}

}
