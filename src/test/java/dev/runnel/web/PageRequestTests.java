package dev.runnel.web;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * Requests to the page that are wrong: the one who sent them is told, not the log.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class PageRequestTests {

	private final WebTestClient client;

	PageRequestTests(@LocalServerPort int port) {
		this.client = WebTestClient.bindToServer()
			.baseUrl("http://127.0.0.1:" + port)
			.responseTimeout(Duration.ofSeconds(20))
			.build();
	}

	@ParameterizedTest
	@CsvSource({ "/ai-demo, garbage", "/ai-demo, text/html;q=x", "/nope, /", "/ai-demo, application/json" })
	void aTypeThatCannotBeHadIsNotAcceptable(String path, String accepted) {
		this.client.get()
			.uri(path)
			.header("Accept", accepted)
			.exchange()
			.expectStatus()
			.is4xxClientError()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	@ParameterizedTest
	@CsvSource({ "message=%zz, 1, 400", "message=%, 1, 400", "message=x, 60000, 413" })
	void aFormThatCannotBeReadIsRefused(String field, int times, int status) {
		this.client.post()
			.uri("/ai-demo")
			.accept(MediaType.TEXT_HTML)
			.contentType(MediaType.APPLICATION_FORM_URLENCODED)
			.bodyValue((field + "&").repeat(times))
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.TEXT_HTML);
	}

	@Test
	void aFormOfNobodyIsForbidden() {
		this.client.post()
			.uri("/ai-demo")
			.accept(MediaType.TEXT_HTML)
			.contentType(MediaType.APPLICATION_FORM_URLENCODED)
			.bodyValue("message=x")
			.exchange()
			.expectStatus()
			.isForbidden();
	}

}
