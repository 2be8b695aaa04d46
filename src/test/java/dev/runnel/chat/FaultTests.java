package dev.runnel.chat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.runnel.LeakDetection;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import dev.runnel.upstream.UpstreamFault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client sees of each upstream fault at each moment. The table is written to
 * {@code target/chat-faults.md}.
 */
@Tag("one-jdk")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "runnel.stream.max-per-visitor=1000", "runnel.openrouter.timeout.first-data=1500ms",
				"runnel.openrouter.timeout.between-data=1500ms" })
@ExtendWith(LeakDetection.class)
@Timeout(60)
class FaultTests {

	private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.start(Script.hello());

	private static final List<String> TABLE = new ArrayList<>(
			List.of("| moment | fault | events | code | ms |", "| --- | --- | --- | --- | ---: |"));

	/**
	 * Text that must never reach a client: the key, the account, stack traces, upstream's
	 * words.
	 */
	private static final String[] SECRETS = { "test-key", "user_2abcDEF", "Provider returned error", "Exception",
			"\tat ", "127.0.0.1:1" };

	private final HttpReader reader;

	FaultTests(@LocalServerPort int port) {
		this.reader = new HttpReader(port);
	}

	@DynamicPropertySource
	static void upstream(DynamicPropertyRegistry registry) {
		UPSTREAM.register(registry);
	}

	@AfterAll
	static void writeTable() throws IOException {
		UPSTREAM.close();
		Files.write(Path.of("target", "chat-faults.md"), TABLE);
	}

	static Stream<UpstreamFault> faults() {
		return UpstreamFault.all().stream();
	}

	@ParameterizedTest
	@MethodSource("faults")
	void aStreamHasOneEndAndSaysWhatHappened(UpstreamFault fault) throws Exception {
		UPSTREAM.instead(fault.script());
		long begun = System.nanoTime();
		String body = this.reader.stream("hi");
		SseTranscript transcript = SseTranscript.of(body);
		note(fault, transcript, Duration.ofNanos(System.nanoTime() - begun));
		assertThat(body).doesNotContain(SECRETS);
		assertThat(transcript.events().stream().filter((event) -> isEnd(event.name()))).hasSize(1);
		assertThat(isEnd(transcript.last().name())).isTrue();
		assertOutcome(fault, transcript);
	}

	private static void note(UpstreamFault fault, SseTranscript transcript, Duration took) {
		TABLE.add("| %s | %s | %s | %s | %d |".formatted(fault.moment(), fault.name(),
				String.join(" ", transcript.names().stream().distinct().toList()), code(transcript), took.toMillis()));
	}

	private static String code(SseTranscript transcript) {
		return transcript.events()
			.stream()
			.filter((event) -> event.data().has("code"))
			.map((event) -> event.data().get("code").asString())
			.findFirst()
			.orElseGet(() -> transcript.last().data().path("finishReason").asString(""));
	}

	private static boolean isEnd(String name) {
		return name.equals("complete") || name.equals("error");
	}

	private static void assertOutcome(UpstreamFault fault, SseTranscript transcript) {
		switch (fault.expected()) {
			case UNAVAILABLE -> {
				assertThat(transcript.names()).containsSubsequence("start", "fallback", "message", "complete");
				assertThat(transcript.last().data().get("source").asString()).isEqualTo("mock");
			}
			case REFUSED -> assertThat(transcript.names()).containsExactly("start", "error");
			case BROKEN_OFF -> {
				assertThat(transcript.content()).isEqualTo("Hello");
				assertThat(transcript.html()).isEqualTo("<p>Hello</p>\n");
				assertThat(transcript.last().name()).isEqualTo("error");
			}
			case WHOLE -> {
				assertThat(transcript.content()).isEqualTo("Hello");
				assertThat(transcript.last().name()).isEqualTo("complete");
			}
		}
	}

	@ParameterizedTest
	@MethodSource("faults")
	void aJsonAnswerIsWholeOrAProblem(UpstreamFault fault) throws Exception {
		UPSTREAM.instead(fault.script());
		HttpResponse<String> response = this.reader.send(this.reader.ask("/api/chat", "{\"message\":\"hi\"}"));
		assertThat(response.body()).doesNotContain(SECRETS);
		switch (fault.expected()) {
			case UNAVAILABLE -> assertThat(response.body()).contains("\"source\":\"mock\"");
			case WHOLE -> assertThat(response.body()).contains("\"content\":\"Hello\"");
			case REFUSED -> assertThat(response.statusCode()).isBetween(400, 499);
			case BROKEN_OFF -> assertThat(response.statusCode()).isIn(429, 502, 503, 504);
		}
	}

}
