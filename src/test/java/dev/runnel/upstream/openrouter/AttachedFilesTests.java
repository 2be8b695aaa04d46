package dev.runnel.upstream.openrouter;

import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.Prompt;
import dev.runnel.upstream.Prompt.Message;
import dev.runnel.upstream.Role;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import dev.runnel.upstream.TestPrompts;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files go to the service as parts of their message, read while the request is sent.
 */
class AttachedFilesTests {

	private static final byte[] BYTES = new byte[100_001];

	static {
		new Random(3).nextBytes(BYTES);
	}

	private static final Attachment PICTURE = new Attachment(new UUID(0, 1), "map.png", "image/png", BYTES.length, null,
			800, 600, false, 640);

	private static final Attachment PDF = new Attachment(new UUID(0, 2), "a \"quoted\" file.pdf", Attachment.PDF, 4, 3,
			null, null, true, 100);

	/** Cuts the bytes into pieces of different sizes. */
	private static Flux<byte[]> read(Attachment file) {
		if (file.equals(PDF)) {
			return Flux.just(Arrays.copyOf(BYTES, 4));
		}
		return Flux.fromStream(() -> IntStream.iterate(0, (at) -> at < BYTES.length, (at) -> at + 10_000)
			.mapToObj((at) -> Arrays.copyOfRange(BYTES, at, Math.min(at + 10_000, BYTES.length))));
	}

	private static Prompt prompt(Message... messages) {
		return new Prompt(null, List.of(), List.of(messages), TestPrompts.SAMPLING, null, null, false,
				AttachedFilesTests::read);
	}

	private static JsonNode sent(Prompt prompt) {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(Script.hello());
				TestModel model = TestModel.of(upstream)) {
			Answer.of(model.model().stream(prompt), Duration.ofSeconds(30));
			ScriptedUpstream.Request request = upstream.takeRequest();
			assertThat(request.headers().get("Content-Length")).isEqualTo(Integer.toString(request.body().length));
			return JsonMapper.shared().readTree(request.body()).get("messages");
		}
	}

	private static byte[] content(JsonNode url, String type) {
		String start = "data:" + type + ";base64,";
		assertThat(url.asString()).startsWith(start);
		return Base64.getDecoder().decode(url.asString().substring(start.length()));
	}

	@Test
	void aPictureAndAPdfAreParts() {
		JsonNode parts = sent(prompt(new Message(Role.USER, "What is this?", List.of(PICTURE, PDF)))).get(0)
			.get("content");
		assertThat(parts).hasSize(3);
		assertThat(parts.get(0).get("type").asString()).isEqualTo("text");
		assertThat(parts.get(0).get("text").asString()).isEqualTo("What is this?");
		assertThat(parts.get(1).get("type").asString()).isEqualTo("image_url");
		assertThat(content(parts.get(1).get("image_url").get("url"), "image/png")).isEqualTo(BYTES);
		assertThat(parts.get(2).get("type").asString()).isEqualTo("file");
		assertThat(parts.get(2).get("file").get("filename").asString()).isEqualTo("a \"quoted\" file.pdf");
		assertThat(content(parts.get(2).get("file").get("file_data"), "application/pdf"))
			.isEqualTo(Arrays.copyOf(BYTES, 4));
	}

	@Test
	void filesOfEarlierQuestionsAreSentAgain() {
		JsonNode messages = sent(prompt(new Message(Role.USER, "One", List.of(PICTURE)),
				new Message(Role.ASSISTANT, "A map."), new Message(Role.USER, "Two")));
		assertThat(messages.get(0).get("content")).hasSize(2);
		assertThat(messages.get(1).get("content").asString()).isEqualTo("A map.");
		assertThat(messages.get(2).get("content").asString()).isEqualTo("Two");
	}

	@Test
	void questionsInARowKeepTheirFiles() {
		JsonNode messages = sent(
				prompt(new Message(Role.USER, "One", List.of(PICTURE)), new Message(Role.USER, "Two", List.of(PDF))));
		assertThat(messages).hasSize(1);
		JsonNode parts = messages.get(0).get("content");
		assertThat(parts.get(0).get("text").asString()).isEqualTo("One\n\nTwo");
		assertThat(parts.get(1).get("type").asString()).isEqualTo("image_url");
		assertThat(parts.get(2).get("type").asString()).isEqualTo("file");
	}

	@Test
	void theLengthIsKnownBeforeTheFilesAreRead() {
		Prompt prompt = prompt(new Message(Role.USER, "q", List.of(PICTURE)));
		CompletionRequest request = CompletionRequest.of(prompt, TestModel.settings(Map.of()), ModelDialect.COMMON);
		RequestBody body = RequestBody.of(request, prompt);
		Long length = body.pieces().reduce(0L, (sum, piece) -> sum + piece.length).block(Duration.ofSeconds(10));
		assertThat(length).isEqualTo(body.length());
	}

}
