package dev.runnel.chat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import dev.runnel.HttpClients;
import dev.runnel.markdown.MarkdownRenderer;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Both ways to ask, over HTTP, answered by the mock.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ChatControllerTests {

	private final WebTestClient client;

	@Autowired
	ChatControllerTests(@LocalServerPort int port) {
		this.client = HttpClients.at("http://127.0.0.1:" + port).build();
	}

	private WebTestClient.ResponseSpec post(String path, String body) {
		return this.client.post().uri(path).contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange();
	}

	private EntityExchangeResult<byte[]> stream(String body) {
		return post("/api/chat/stream", body).expectStatus().isOk().expectBody().returnResult();
	}

	private static String text(EntityExchangeResult<byte[]> result) {
		return new String(result.getResponseBodyContent(), StandardCharsets.UTF_8);
	}

	@Test
	void streamHeadersForbidCachingAndBuffering() {
		HttpHeaders headers = stream("{\"message\":\"hi\"}").getResponseHeaders();
		assertThat(headers.getFirst("Content-Type")).isEqualTo("text/event-stream;charset=UTF-8");
		assertThat(headers.getFirst("Cache-Control")).isEqualTo("no-cache, no-transform");
		assertThat(headers.getFirst("X-Accel-Buffering")).isEqualTo("no");
	}

	@Test
	void streamBeginsWithStartAndEndsWithOneComplete() {
		SseTranscript transcript = SseTranscript.of(text(stream("{\"message\":\"hi\"}")));
		assertThat(transcript.names()).startsWith("start").endsWith("complete").doesNotContain("error");
		assertThat(transcript.named("complete")).hasSize(1);
		assertThat(transcript.idsCountFromOne()).isTrue();
		assertThat(transcript.last().data().get("source").asString()).isEqualTo("mock");
	}

	@Test
	void framesAreByteExact() {
		String text = text(stream("{\"message\":\"hi\"}"));
		assertThat(text).startsWith("id: 1\nevent: start\ndata: {\"streamId\":\"");
		assertThat(text).containsPattern("\n\nid: 2\nevent: message\ndata: \\{\"content\":\"[^\n]*\\}\n\nid: 3\n");
		assertThat(text).endsWith("}\n\n");
	}

	@Test
	void patchesMakeTheHtmlOfTheContent() {
		SseTranscript transcript = SseTranscript.of(text(stream("{\"message\":\"**hi** <b>\"}")));
		assertThat(transcript.html()).isEqualTo(MarkdownRenderer.render(transcript.content()));
	}

	@Test
	void theReaderThatPeopleHaveWorksUnchanged() {
		StringBuilder content = new StringBuilder();
		String text = text(stream("{\"message\":\"hi\"}"));
		for (String line : text.split("\n")) {
			if (line.startsWith("data: ")) {
				Map<?, ?> data = JsonMapper.shared().readValue(line.substring(6), Map.class);
				if (data.get("content") != null) {
					content.append(data.get("content"));
				}
			}
		}
		assertThat(content).hasToString(SseTranscript.of(text).content()).isNotEmpty();
	}

	@Test
	void markdownFormatCarriesNoPatches() {
		SseTranscript transcript = SseTranscript.of(text(stream("{\"message\":\"hi\",\"format\":\"markdown\"}")));
		assertThat(transcript.named("message")).isNotEmpty().allMatch((event) -> !event.data().has("patches"));
	}

	@Test
	void reasoningComesApart() {
		SseTranscript transcript = SseTranscript.of(text(stream("{\"message\":\"/mock reasoning\"}")));
		assertThat(transcript.reasoning()).isNotBlank();
		assertThat(transcript.content()).isNotBlank().doesNotContain(transcript.reasoning());
	}

	@Test
	void anErrorIsTheLastEventAndKeepsWhatCame() {
		SseTranscript transcript = SseTranscript.of(text(stream("{\"message\":\"/mock error\"}")));
		assertThat(transcript.content()).isNotBlank();
		assertThat(transcript.last().name()).isEqualTo("error");
		assertThat(transcript.names()).doesNotContain("complete");
	}

	@Test
	void jsonAnswerHasAllItsParts() {
		post("/api/chat", "{\"message\":\"hi\"}").expectStatus()
			.isOk()
			.expectHeader()
			.contentType(MediaType.APPLICATION_JSON)
			.expectBody()
			.jsonPath("$.conversationId")
			.isNotEmpty()
			.jsonPath("$.messageId")
			.isNotEmpty()
			.jsonPath("$.source")
			.isEqualTo("mock")
			.jsonPath("$.content")
			.isNotEmpty()
			.jsonPath("$.html")
			.isNotEmpty()
			.jsonPath("$.finishReason")
			.isEqualTo("stop");
	}

	@Test
	void jsonAnswerThatBreaksOffIsAProblem() {
		post("/api/chat", "{\"message\":\"/mock error\"}").expectStatus()
			.is5xxServerError()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.code")
			.isNotEmpty()
			.jsonPath("$.detail")
			.isNotEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "{} | message", "{\"message\":null} | message",
			"{\"message\":\" \\n\"} | message", "{\"message\":5} | message", "{\"message\":[\"a\"]} | message",
			"{\"message\":true} | message", "{\"message\":\"a\",\"conversationId\":\"nope\"} | conversationId",
			"{\"message\":\"a\",\"temperature\":3} | temperature",
			"{\"message\":\"a\",\"temperature\":\"x\"} | temperature", "{\"message\":\"a\",\"topP\":0} | topP",
			"{\"message\":\"a\",\"maxTokens\":0} | maxTokens", "{\"message\":\"a\",\"maxTokens\":1.5} | maxTokens",
			"{\"message\":\"a\",\"reasoningEffort\":\"x\"} | reasoningEffort",
			"{\"message\":\"a\",\"webSearch\":\"x\"} | webSearch", "{\"message\":\"a\",\"format\":\"pdf\"} | format",
			"{\"message\":\"a\",\"temporary\":\"yes\"} | temporary" })
	void namesTheFieldThatIsWrong(String body, String field) {
		for (String path : List.of("/api/chat", "/api/chat/stream")) {
			post(path, body).expectStatus()
				.isBadRequest()
				.expectHeader()
				.contentType(MediaType.APPLICATION_PROBLEM_JSON)
				.expectBody()
				.jsonPath("$.code")
				.isEqualTo("invalid_request")
				.jsonPath("$.status")
				.isEqualTo(400)
				.jsonPath("$.errors[0].field")
				.isEqualTo(field)
				.jsonPath("$.errors[0].message")
				.isNotEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "nonsense", "[]", "\"text\"", "5", "null", "{\"message\":\"a\"} junk",
			"{\"message\":\"a" })
	void refusesABodyThatIsNoJsonObject(String body) {
		post("/api/chat", body).expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.code")
			.isEqualTo("invalid_request")
			.jsonPath("$.detail")
			.isNotEmpty();
	}

	@Test
	void refusesJsonThatIsAbsurdlyNested() {
		post("/api/chat", "{\"x\":" + "[".repeat(50_000) + "]".repeat(50_000) + ",\"message\":\"a\"}").expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.code")
			.isEqualTo("invalid_request");
	}

	@Test
	void refusesALongMessageWithItsLimit() {
		post("/api/chat", "{\"message\":\"" + "a".repeat(32_001) + "\"}").expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.errors[0].message")
			.value((String message) -> assertThat(message).contains("32000"));
	}

	@Test
	void refusesABodyOverItsLimit() {
		post("/api/chat/stream", "{\"message\":\"" + "a".repeat(300 * 1024) + "\"}").expectStatus()
			.isEqualTo(413)
			.expectBody()
			.jsonPath("$.code")
			.isEqualTo("payload_too_large");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/xml" })
	void onlyJsonActs(String type) {
		this.client.post()
			.uri("/api/chat")
			.header("Content-Type", type)
			.bodyValue("{\"message\":\"a\"}".getBytes())
			.exchange()
			.expectStatus()
			.isEqualTo(415)
			.expectBody()
			.jsonPath("$.code")
			.isEqualTo("unsupported_media_type");
	}

	@Test
	void aWrongMethodSaysWhichAreRight() {
		this.client.get()
			.uri("/api/chat")
			.exchange()
			.expectStatus()
			.isEqualTo(405)
			.expectHeader()
			.valueEquals("Allow", "POST")
			.expectBody()
			.jsonPath("$.detail")
			.isNotEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\\ud83d", "\\ude00 x", "a\\u0000b", "\\u202ertl\\u202c", "e\\u0301\\u0301\\u0301" })
	void strangeTextDoesNoHarm(String message) {
		SseTranscript transcript = SseTranscript.of(text(stream("{\"message\":\"" + message + "\"}")));
		assertThat(transcript.last().name()).isEqualTo("complete");
	}

	@Test
	void anUnknownConversationIsNotFound() {
		post("/api/chat", "{\"message\":\"a\",\"conversationId\":\"0b6f3a0e-0000-7000-8000-000000000000\"}")
			.expectStatus()
			.isNotFound()
			.expectBody()
			.jsonPath("$.code")
			.isEqualTo("not_found");
	}

	@ParameterizedTest
	@ValueSource(strings = { "What is f(x)?", "[a](x)", "costs $5 and $10", "\\\\[x\\\\]" })
	void theMockQuotesWhatWasAskedAndNothingElse(String message) {
		SseTranscript transcript = SseTranscript.of(text(stream("{\"message\":\"" + message + "\"}")));
		String quoted = Jsoup.parse(transcript.html()).selectFirst("blockquote").text();
		assertThat(quoted).isEqualTo(message.replace("\\\\", "\\"));
	}

}
