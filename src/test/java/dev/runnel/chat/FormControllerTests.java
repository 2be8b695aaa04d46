package dev.runnel.chat;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.runnel.HttpClients;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.BodyInserters.FormInserter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page's form, sent as by a browser without JavaScript.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = { "runnel.openrouter.api-key=",
		"runnel.mock.pace=0ms", "runnel.security.secret-file=", "runnel.data-dir=mem" })
class FormControllerTests {

	private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]+)\"");

	private final WebTestClient client;

	FormControllerTests(@LocalServerPort int port) {
		this.client = HttpClients.at("http://127.0.0.1:" + port).build();
	}

	@Test
	void leadsToTheConversationWithTheAnswer() {
		Page page = open("/ai-demo", null);
		String address = send(page, page.token(), "What is <i>this</i>?").getResponseHeaders().getFirst("Location");
		assertThat(address).startsWith("/ai-demo/c/");
		Page conversation = open(address, page.cookie());
		assertThat(conversation.html()).contains("What is &lt;i&gt;this&lt;/i&gt;?", "data-state=\"complete\"",
				"Demo answer");
		String id = address.substring(address.lastIndexOf('/') + 1);
		assertThat(conversation.html()).contains("name=\"conversationId\" value=\"" + id + "\"");
	}

	@Test
	void actsForNobodyWithoutTheTokenOfThePage() {
		Page page = open("/ai-demo", null);
		Page other = open("/ai-demo", null);
		assertThat(send(page, "made up", "Hi").getStatus().value()).isEqualTo(403);
		assertThat(send(page, "", "Hi").getStatus().value()).isEqualTo(403);
		assertThat(send(page, other.token(), "Hi").getStatus().value()).isEqualTo(403);
		assertThat(refused(page, "made up", "Hi", 403)).doesNotContain("<textarea");
	}

	@ParameterizedTest
	@CsvSource({ "en, sends no cookies", "de, sendet keine Cookies", "ar, لا يرسل هذا المتصفح" })
	void aBrowserWithoutCookiesIsToldSoAndKeepsItsText(String language, String reason) {
		Page page = refusedWithoutCookie(open("/ai-demo", null).token(), language);
		assertThat(page.html()).contains(reason, "My &lt;b&gt;text&lt;/b&gt;")
			.doesNotContain("out of date", "name=\"conversationId\"");
		assertThat(send(page, page.token(), "Again").getResponseHeaders().getFirst("Location"))
			.startsWith("/ai-demo/c/");
	}

	private Page refusedWithoutCookie(String token, String language) {
		FormInserter<String> form = BodyInserters.fromFormData("message", "My <b>text</b>")
			.with("token", token)
			.with("conversationId", "00000000-0000-0000-0000-000000000000");
		return pageOf(this.client.post()
			.uri("/ai-demo")
			.accept(MediaType.TEXT_HTML)
			.header(HttpHeaders.ACCEPT_LANGUAGE, language)
			.contentType(MediaType.APPLICATION_FORM_URLENCODED)
			.body(form)
			.exchange()
			.expectStatus()
			.isForbidden()
			.expectBody(String.class)
			.returnResult());
	}

	@Test
	void refusesAnotherSitesForm() {
		Page page = open("/ai-demo", null);
		assertThat(form(page, page.token(), "Hi").header("Sec-Fetch-Site", "cross-site")
			.exchange()
			.expectBody()
			.returnResult()
			.getStatus()
			.value()).isEqualTo(403);
	}

	@Test
	void refusesWhatIsNoQuestion() {
		Page page = open("/ai-demo", null);
		assertThat(send(page, page.token(), "  ").getStatus().value()).isEqualTo(400);
	}

	@ParameterizedTest
	@CsvSource({ "en, The message is empty.", "de, Die Nachricht ist leer.", "ar, الرسالة فارغة." })
	void saysTheReasonInTheReadersLanguage(String language, String reason) {
		Page page = open("/ai-demo", null);
		String html = form(page, page.token(), " ").accept(MediaType.TEXT_HTML)
			.header(HttpHeaders.ACCEPT_LANGUAGE, language)
			.exchange()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		assertThat(html).contains(reason).doesNotContain("must not be blank");
	}

	@Test
	void showsARefusedQuestionAgainWithTheReason() {
		Page page = open("/ai-demo", null);
		String question = "<b>long</b> " + "x".repeat(40_000);
		String html = refused(page, page.token(), question, 400);
		assertThat(html).contains("A message may have at most 32,000 characters.",
				"&lt;b&gt;long&lt;/b&gt; " + "x".repeat(40_000), "name=\"token\" value=\"" + page.token() + "\"");
	}

	@Test
	void aQuestionBeyondTheStreamsOfItsVisitorIsShownAgain() {
		Page page = open("/ai-demo", null);
		for (int running = 0; running < 4; running++) {
			this.client.post()
				.uri("/api/chat/stream")
				.contentType(MediaType.APPLICATION_JSON)
				.header(HttpHeaders.COOKIE, page.cookie())
				.bodyValue(Map.of("message", "/mock slow"))
				.exchange()
				.expectStatus()
				.isOk();
		}
		assertThat(refused(page, page.token(), "And this?", 429)).contains("And this?", "4 answers being written");
	}

	private String refused(Page page, String token, String question, int status) {
		return String.valueOf(form(page, token, question).accept(MediaType.TEXT_HTML)
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectBody(String.class)
			.returnResult()
			.getResponseBody());
	}

	@ParameterizedTest
	@CsvSource({ "message=%zz, 1, 400", "message=%, 1, 400", "message=x&, 60000, 413" })
	void unreadableFormIsAClientError(String field, int times, int status) {
		this.client.post()
			.uri("/ai-demo")
			.accept(MediaType.TEXT_HTML)
			.contentType(MediaType.APPLICATION_FORM_URLENCODED)
			.bodyValue(field.repeat(times))
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.TEXT_HTML);
	}

	private EntityExchangeResult<byte[]> send(Page page, String token, String message) {
		return form(page, token, message).exchange().expectBody().returnResult();
	}

	private WebTestClient.RequestHeadersSpec<?> form(Page page, String token, String message) {
		FormInserter<String> form = BodyInserters.fromFormData("message", message).with("token", token);
		return this.client.post()
			.uri("/ai-demo")
			.contentType(MediaType.APPLICATION_FORM_URLENCODED)
			.header(HttpHeaders.COOKIE, page.cookie())
			.body(form);
	}

	private Page open(String path, @Nullable String cookie) {
		WebTestClient.RequestHeadersSpec<?> get = this.client.get().uri(path);
		if (cookie != null) {
			get.header(HttpHeaders.COOKIE, cookie);
		}
		return pageOf(get.exchange().expectBody(String.class).returnResult());
	}

	private static Page pageOf(EntityExchangeResult<String> result) {
		String set = result.getResponseHeaders().getFirst(HttpHeaders.SET_COOKIE);
		assertThat(set).isNotNull();
		return new Page(set.substring(0, set.indexOf(';')), result.getResponseBody());
	}

	private record Page(String cookie, @Nullable String html) {

		String token() {
			Matcher matcher = TOKEN.matcher(this.html);
			assertThat(matcher.find()).isTrue();
			return matcher.group(1);
		}

	}

}
