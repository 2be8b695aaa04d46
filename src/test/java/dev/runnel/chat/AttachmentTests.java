package dev.runnel.chat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.UUID;

import dev.runnel.attachments.SampleFiles;
import dev.runnel.conversation.web.Api;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The files of a question reach the model in the form that it reads, or the question is
 * refused before it costs anything.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Timeout(120)
class AttachmentTests {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.start(Script.hello())
		.models(Script.answer(200, "application/json", """
				{"data":[
				{"id":"acme/eyes","context_length":8000,"architecture":{"input_modalities":["text","image","file"]}},
				{"id":"acme/blind","context_length":8000,"architecture":{"input_modalities":["text"]}},
				{"id":"acme/silent"}]}"""));

	private final int port;

	private Api ann;

	AttachmentTests(@LocalServerPort int port) {
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
			.untilAsserted(() -> assertThat(Api.json(this.ann.get("/api/models")).toString()).contains("acme/silent"));
		UPSTREAM.instead(Script.hello());
	}

	private String upload(String name, byte[] bytes) {
		return Api
			.json(this.ann.send(HttpMethod.POST, "/api/files?name=" + name, MediaType.APPLICATION_OCTET_STREAM, bytes))
			.get("id")
			.asString();
	}

	private static String question(String model, String more) {
		return "{\"message\":\"What is this?\",\"model\":\"" + model + "\"" + more + "}";
	}

	private static String files(String... ids) {
		return ",\"attachments\":" + JSON.writeValueAsString(ids);
	}

	private static String after(JsonNode answer) {
		return ",\"conversationId\":\"" + answer.get("conversationId").asString() + "\"";
	}

	/** The messages that the model service gets for a question. */
	private JsonNode sent(String question) {
		this.ann.ask(question);
		return JSON.readTree(UPSTREAM.takeRequest().body()).get("messages");
	}

	private JsonNode refused(String question) {
		JsonNode problem = Api.problem(this.ann.send(HttpMethod.POST, "/api/chat", question), 400);
		assertThat(Api.json(this.ann.get("/api/conversations")).get("conversations")).isEmpty();
		return problem;
	}

	@Test
	void aModelThatSeesGetsThePicture() {
		String id = upload("map.png", SampleFiles.picture("png", 30, 20));
		JsonNode answer = this.ann.ask(question("acme/eyes", files(id)));
		JsonNode parts = JSON.readTree(UPSTREAM.takeRequest().body()).get("messages").get(0).get("content");
		byte[] stored = this.ann.get("/api/files/" + id).expectBody().returnResult().getResponseBody();
		assertThat(parts.get(0).get("text").asString()).isEqualTo("What is this?");
		assertThat(parts.get(1).get("image_url").get("url").asString())
			.isEqualTo("data:image/png;base64," + Base64.getEncoder().encodeToString(stored));
		JsonNode question = this.ann.conversation(answer.get("conversationId").asString()).get("messages").get(0);
		assertThat(question.get("attachments").get(0).get("id").asString()).isEqualTo(id);
		assertThat(question.get("attachments").get(0).get("name").asString()).isEqualTo("map.png");
		JsonNode next = sent(question("acme/eyes", after(answer)));
		assertThat(next.get(0).get("content")).hasSize(2);
		assertThat(next.get(2).get("content").asString()).isEqualTo("What is this?");
	}

	@Test
	void aModelThatCannotSeeIsNotAsked() {
		String id = upload("map.png", SampleFiles.picture("png", 30, 20));
		JsonNode problem = refused(question("acme/blind", files(id)));
		assertThat(problem.get("code").asString()).isEqualTo("invalid_request");
		assertThat(problem.get("errors").get(0).get("field").asString()).isEqualTo("attachments");
		assertThat(problem.get("detail").asString()).contains("map.png", "acme/blind cannot see pictures");
		assertThat(sent(question("acme/silent", files(id))).get(0).get("content")).hasSize(2);
	}

	@Test
	void anEarlierPictureIsANoteForAModelThatCannotSee() {
		String id = upload("map.png", SampleFiles.picture("png", 30, 20));
		JsonNode answer = this.ann.ask(question("acme/eyes", files(id)));
		UPSTREAM.takeRequest();
		JsonNode messages = sent(question("acme/blind", after(answer)));
		assertThat(messages.get(0).get("content").asString())
			.isEqualTo("[The file map.png belongs here. This model cannot read it.]\n\nWhat is this?");
	}

	@Test
	void textIsSentInAFence() {
		String id = upload("so.txt", "So ~~~ it is.\n".getBytes(StandardCharsets.UTF_8));
		for (String model : new String[] { "acme/blind", "acme/eyes" }) {
			assertThat(sent(question(model, files(id))).get(0).get("content").asString())
				.isEqualTo("File: so.txt\n\n~~~~\nSo ~~~ it is.\n~~~~\n\nWhat is this?");
		}
	}

	@Test
	void aPdfIsSentWholeIfTheModelReadsIt() {
		JsonNode problem = refused(question("acme/blind", files(upload("scan.pdf", SampleFiles.scan(1)))));
		assertThat(problem.get("detail").asString()).contains("scan.pdf", "cannot read a scan");
		String id = upload("a.pdf", SampleFiles.pdf(2, "Page number"));
		JsonNode file = sent(question("acme/eyes", files(id))).get(0).get("content").get(1).get("file");
		assertThat(file.get("filename").asString()).isEqualTo("a.pdf");
		assertThat(file.get("file_data").asString()).startsWith("data:application/pdf;base64,JVBERi");
		assertThat(sent(question("acme/blind", files(id))).get(0).get("content").asString()).startsWith("File: a.pdf")
			.contains("Page number 1", "Page number 2")
			.endsWith("What is this?");
	}

	@Test
	void filesThatDoNotFitIntoTheContextAreRefused() {
		String id = upload("long.txt", "word ".repeat(10_000).getBytes(StandardCharsets.UTF_8));
		assertThat(refused(question("acme/blind", files(id))).get("code").asString()).isEqualTo("context_too_long");
		assertThat(sent(question("acme/silent", files(id))).get(0).get("content").asString()).contains("word word");
	}

	@Test
	void aQuestionThatIsAskedAgainIsSentWithItsFiles() {
		String id = upload("so.txt", "So it is.".getBytes(StandardCharsets.UTF_8));
		JsonNode answer = this.ann.ask(question("acme/blind", files(id)));
		UPSTREAM.takeRequest();
		String asked = this.ann.conversation(answer.get("conversationId").asString())
			.get("messages")
			.get(0)
			.get("id")
			.asString();
		String again = after(answer) + ",\"parentId\":\"" + asked + "\"";
		assertThat(sent(question("acme/blind", again)).get(0).get("content").asString()).startsWith("File: so.txt");
		assertThat(sent(question("acme/blind", again + files())).get(0).get("content").asString())
			.isEqualTo("What is this?");
	}

	@Test
	void aWrongListOfFilesIsRefused() {
		Api bob = Api.visitor(this.port);
		String id = upload("so.txt", "So it is.".getBytes(StandardCharsets.UTF_8));
		Api.problem(bob.send(HttpMethod.POST, "/api/chat", question("acme/blind", files(id))), 400);
		refused(question("acme/blind", files(UUID.randomUUID().toString())));
		refused(question("acme/blind", files(Collections.nCopies(11, id).toArray(String[]::new))));
		refused(question("acme/blind", ",\"attachments\":[null]"));
		refused(question("acme/blind", ",\"attachments\":[\"x\"]"));
	}

	@Test
	void aTemporaryQuestionHasFilesToo() {
		String id = upload("so.txt", "So it is.".getBytes(StandardCharsets.UTF_8));
		JsonNode messages = sent(question("acme/blind", files(id) + ",\"temporary\":true"));
		assertThat(messages.get(0).get("content").asString()).startsWith("File: so.txt");
		assertThat(Api.json(this.ann.get("/api/conversations")).get("conversations")).isEmpty();
	}

}
