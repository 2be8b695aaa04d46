package dev.runnel.chat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.stream.Stream;

import dev.runnel.attachments.SampleFiles;
import dev.runnel.conversation.web.Api;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pictures that a model draws are checked, stored and sent back like files.
 */
@Tag("one-jdk")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Timeout(180)
class DrawnPictureTests {

	private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.start(Script.hello())
		.models(Script.answer(200, "application/json", """
				{"data":[{"id":"acme/painter","context_length":8000,"architecture":{
				"input_modalities":["text","image"],"output_modalities":["image","text"]}},
				{"id":"acme/writer","context_length":8000,"architecture":{
				"input_modalities":["text","image"],"output_modalities":["text"]}}]}"""));

	private static final byte[] PNG = SampleFiles.picture("png", 30, 20);

	private final int port;

	private Api ann;

	DrawnPictureTests(@LocalServerPort int port) {
		this.port = port;
	}

	@DynamicPropertySource
	static void upstream(DynamicPropertyRegistry registry) {
		UPSTREAM.register(registry);
	}

	@AfterAll
	static void close() {
		UPSTREAM.close();
	}

	@BeforeEach
	void arrive() {
		this.ann = Api.visitor(this.port);
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(Api.json(this.ann.get("/api/models")).toString()).contains("acme/painter"));
	}

	private static String url(byte[] picture) {
		return "data:image/png;base64," + Base64.getEncoder().encodeToString(picture);
	}

	private static String images(String... urls) {
		return "{\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"images\":["
				+ String.join(",",
						Stream.of(urls)
							.map((url) -> "{\"type\":\"image_url\",\"image_url\":{\"url\":\"" + url + "\"}}")
							.toList())
				+ "]},\"finish_reason\":null}]}";
	}

	private static Script drawing(String... urls) {
		return Script.stream().text("Here.").data(images(urls)).finish("stop").done().end();
	}

	private JsonNode ask(Script script, String more) {
		UPSTREAM.instead(script);
		return this.ann.ask("{\"message\":\"draw\",\"model\":\"acme/painter\"" + more + "}");
	}

	private JsonNode ask(Script script) {
		return ask(script, "");
	}

	private String text(String path) {
		return body(this.ann.get(path));
	}

	private static String body(WebTestClient.ResponseSpec response) {
		return Objects
			.requireNonNull(response.expectStatus().isOk().expectBody(String.class).returnResult().getResponseBody());
	}

	private static String fileOf(JsonNode answer, int at) {
		return "/api/files/" + answer.get("attachments").get(at).get("id").asString();
	}

	private static String conversationOf(JsonNode answer) {
		return "/api/conversations/" + answer.get("conversationId").asString();
	}

	@Test
	void picturesAreStoredWithTheAnswer() {
		JsonNode answer = ask(drawing(url(PNG), url(SampleFiles.picture("png", 7, 5))));
		assertThat(answer.get("content").asString()).isEqualTo("Here.");
		assertThat(answer.get("attachments").get(0).get("width").asInt()).isEqualTo(30);
		assertThat(answer.get("attachments").get(1).get("name").asString()).isEqualTo("picture-2.png");
		JsonNode stored = Api.json(this.ann.get(conversationOf(answer))).get("messages").get(1);
		assertThat(stored.get("attachments")).isEqualTo(answer.get("attachments"));
		this.ann.get(fileOf(answer, 0)).expectStatus().isOk();
		Api.visitor(this.port).get(fileOf(answer, 0)).expectStatus().isNotFound();
		assertThat(text("/ai-demo/c/" + answer.get("conversationId").asString())).contains(fileOf(answer, 0),
				"width=\"30\"", "height=\"20\"");
	}

	@Test
	void aPictureWithoutTextIsAnAnswer() {
		JsonNode answer = ask(Script.stream().data(images(url(PNG))).finish("stop").done().end());
		assertThat(answer.get("content").asString()).isEmpty();
		assertThat(answer.get("attachments")).hasSize(1);
	}

	@Test
	void theStreamNamesThePictureAndDoesNotCarryIt() {
		UPSTREAM.instead(drawing(url(PNG)));
		String events = body(this.ann.postAccepting("/api/chat/stream", "text/event-stream",
				"{\"message\":\"draw\",\"model\":\"acme/painter\"}"));
		assertThat(events).contains("event: picture").contains("\"name\":\"picture-1.png\"").doesNotContain("iVBOR");
		assertThat(events.indexOf("event: message")).isLessThan(events.indexOf("event: picture"));
	}

	@Test
	void aRefusedPictureCostsOnlyANote() {
		assertNote(url("<svg xmlns=\"http://www.w3.org/2000/svg\"/>".getBytes(StandardCharsets.UTF_8)), "is no PNG");
		assertNote(url(SampleFiles.pngOfSize(20_000, 20_000)), "pixels");
		assertNote("data:image/png;base64,AA*A", "Base64");
		assertNote("data:image/svg+xml,<svg>", "not one of the web");
		assertNote(url(new byte[30 * 1024 * 1024]), "20 MB");
	}

	private void assertNote(String url, String reason) {
		JsonNode answer = ask(drawing(url));
		assertThat(answer.get("content").asString()).startsWith("Here.\n\n*A picture was left out: ").contains(reason);
		assertThat(answer.has("attachments")).isFalse();
		assertThat(answer.get("finishReason").asString()).isEqualTo("stop");
	}

	@Test
	void anAddressOfTheWebBecomesALink() {
		assertThat(ask(drawing("https://a.example/1.png")).get("content").asString())
			.contains("[Picture](<https://a.example/1.png>)");
	}

	@Test
	void onlyAModelThatDrawsIsAskedForPictures() {
		int before = UPSTREAM.requests().size();
		ask(Script.hello());
		UPSTREAM.instead(Script.hello());
		this.ann.ask("{\"message\":\"write\",\"model\":\"acme/writer\"}");
		String[] asked = UPSTREAM.requests()
			.subList(before, UPSTREAM.requests().size())
			.stream()
			.map(ScriptedUpstream.Request::text)
			.filter((text) -> text.contains("\"messages\""))
			.toArray(String[]::new);
		assertThat(asked).filteredOn((text) -> text.contains("acme/painter") && text.contains("\"draw\""))
			.isNotEmpty()
			.allMatch((text) -> text.contains("\"modalities\":[\"image\",\"text\"]"));
		assertThat(asked).filteredOn((text) -> text.contains("\"write\"") && text.contains("acme/writer"))
			.isNotEmpty()
			.noneMatch((text) -> text.contains("modalities"));
	}

	@Test
	void thePictureOfAnAnswerIsSentWithTheNextQuestion() {
		JsonNode answer = ask(drawing(url(PNG)));
		int before = UPSTREAM.requests().size();
		ask(Script.hello(), ",\"conversationId\":\"" + answer.get("conversationId").asString() + "\"");
		assertThat(UPSTREAM.requests().subList(before, UPSTREAM.requests().size()))
			.anyMatch((request) -> request.text().contains("\"image_url\":{\"url\":\"data:image/png;base64,iVBOR"));
	}

	@Test
	void anExportHasThePicturesAndAnImportKeepsThem() {
		JsonNode answer = ask(drawing(url(PNG)));
		String export = text(conversationOf(answer) + "/export?format=json");
		assertThat(text(conversationOf(answer) + "/export?format=html")).contains("src=\"data:image/png;base64,iVBOR");
		assertThat(text(conversationOf(answer) + "/export?format=markdown")).contains("picture-1.png");
		Api bob = Api.visitor(this.port);
		String id = Api.json(bob.send(HttpMethod.POST, "/api/conversations/import", export))
			.at("/imported/0/id")
			.asString();
		assertThat(body(bob.get("/api/conversations/" + id + "/export?format=json"))).isEqualTo(export);
	}

	@Test
	void thePictureGoesWithItsLastConversation() {
		JsonNode answer = ask(drawing(url(PNG)));
		this.ann.delete(conversationOf(answer)).expectStatus().isNoContent();
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> this.ann.get(fileOf(answer, 0)).expectStatus().isNotFound());
	}

	@Test
	void aTemporaryChatShowsItsPictures() {
		JsonNode answer = ask(drawing(url(PNG)), ",\"temporary\":true");
		this.ann.get(fileOf(answer, 0)).expectStatus().isOk();
	}

}
