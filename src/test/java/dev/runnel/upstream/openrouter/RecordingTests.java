package dev.runnel.upstream.openrouter;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

import dev.runnel.LeakDetection;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import dev.runnel.upstream.UpstreamFailure.Kind;
import dev.runnel.upstream.Usage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Replays real answers of OpenRouter from a folder beside the project. Skipped if there
 * is none.
 */
@Timeout(120)
@ExtendWith(LeakDetection.class)
class RecordingTests {

	private static final Path RECORDINGS = Path.of("../shared/recordings");

	private static final JsonMapper JSON = new JsonMapper();

	@BeforeAll
	static void findRecordings() {
		assumeTrue(Files.isDirectory(RECORDINGS), "SKIPPED: there are no recordings in " + RECORDINGS);
	}

	/** The expected text is read from the recording in a second, simpler way. */
	@ParameterizedTest
	@MethodSource("recordings")
	void givesAllThatWasSaid(String name) throws IOException {
		byte[] bytes = Files.readAllBytes(RECORDINGS.resolve(name));
		Answer answer = replay(stream(bytes, 1000));
		assertThat(answer.text()).isEqualTo(said(bytes, "content"));
		assertThat(answer.reasoning()).isEqualTo(said(bytes, "reasoning"));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 7, 100, 1_000_000 })
	void givesAllThatWasSaidHoweverItIsCut(int size) throws IOException {
		Answer answer = replay(stream(Files.readAllBytes(RECORDINGS.resolve("stream-cache.sse")), size));
		assertThat(answer.text()).isEqualTo("Hello!");
		assertThat(answer.finished().usage()).isEqualTo(new Usage(254L, 5L, 0L, 0L, new BigDecimal("0.000837")));
		assertThat(answer.finished().model()).isEqualTo("anthropic/claude-4.6-sonnet-20260217");
		assertThat(answer.finished().provider()).isEqualTo("Amazon Bedrock");
	}

	@Test
	void tellsUsageThatComesWithChoice() throws IOException {
		Answer answer = replay(stream(Files.readAllBytes(RECORDINGS.resolve("stream-grok-4.sse")), 4000));
		assertThat(answer.finished().reason()).isEqualTo(FinishReason.STOP);
		assertThat(answer.finished().usage())
			.isEqualTo(new Usage(687L, 187L, 118L, 679L, new BigDecimal("0.00333825")));
	}

	@Test
	void showsNoEncryptedReasoning() throws IOException {
		Answer answer = replay(stream(Files.readAllBytes(RECORDINGS.resolve("stream-o3-reasoning.sse")), 4000));
		assertThat(answer.reasoning()).isEmpty();
		assertThat(answer.text()).startsWith("I’m ChatGPT");
		assertThat(answer.finished().usage().cost()).isEqualByComparingTo("0.00085");
	}

	@Test
	void errorAfterReasoningIsOne() throws IOException {
		byte[] bytes = Files.readAllBytes(RECORDINGS.resolve("stream-error-after-reasoning.sse"));
		Answer answer = replay(stream(bytes, 4000));
		assertThat(answer.reasoning()).startsWith("We need to respond");
		assertThat(answer.failure()).isEqualTo(Kind.ERROR);
		assertThat(answer.finished()).isNull();
	}

	@Test
	void knowsRateLimitOfProvider() throws IOException {
		String body = Files.readString(RECORDINGS.resolve("error-429-free-model.json"));
		assertThat(replay(Script.answer(429, "application/json", body)).failure()).isEqualTo(Kind.RATE_LIMITED);
	}

	static Stream<String> recordings() throws IOException {
		try (Stream<Path> files = Files.list(RECORDINGS)) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith(".sse"))
				.sorted()
				.toList()
				.stream();
		}
	}

	private static Script stream(byte[] bytes, int size) {
		return Script.stream().cut(bytes, size).end();
	}

	private static Answer replay(Script script) {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(script); TestModel model = TestModel.of(upstream)) {
			return model.ask();
		}
	}

	private static String said(byte[] bytes, String field) {
		StringBuilder said = new StringBuilder();
		Arrays.stream(new String(bytes, StandardCharsets.UTF_8).split("\n"))
			.filter((line) -> line.startsWith("data: {"))
			.map((line) -> JSON.readTree(line.substring(6)))
			.map((chunk) -> delta(chunk, field))
			.forEach(said::append);
		return said.toString();
	}

	private static String delta(JsonNode chunk, String field) {
		return chunk.path("choices").path(0).path("delta").path(field).stringValue("");
	}

}
