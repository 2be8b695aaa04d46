package dev.runnel.chat;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.runnel.markdown.MarkdownRenderer;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An answer with Markdown that is expensive to render delays no other visitor: not while
 * it streams, and not while it is read, exported, imported, searched or continued.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "runnel.stream.max-per-visitor=1000", "runnel.chat.rendering-time=5s" })
@Timeout(180)
class HostileAnswerTests {

	private static final Logger log = LoggerFactory.getLogger(HostileAnswerTests.class);

	private static final List<String> UNITS = List.of("~a~~b~~~c", "[a\n", "[a]: b\n[a][", "*a_b");

	private static final int STREAMED_CHARS = 300_000;

	private static final int STORED_CHARS = 1_000_000;

	/**
	 * Several times the delay seen on a busy machine. With rendering on event loops, half
	 * of the requests waited longer than this, and some waited for more than ten seconds.
	 */
	private static final Duration LIMIT = Duration.ofMillis(500);

	/**
	 * Longer, because reading, exporting and importing large answers also uses the
	 * processor and the disk.
	 */
	private static final Duration STORED_LIMIT = Duration.ofSeconds(2);

	private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.start().answering(HostileAnswerTests::answer);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final HttpReader reader;

	HostileAnswerTests(@LocalServerPort int port) {
		this.reader = new HttpReader(port);
	}

	@DynamicPropertySource
	static void upstream(DynamicPropertyRegistry registry) {
		UPSTREAM.register(registry);
	}

	@AfterAll
	static void close() {
		UPSTREAM.close();
	}

	@AfterEach
	void end() {
		this.threads.shutdownNow();
	}

	/** The answer to a question: {@code pieces 2} or {@code whole 2} of a unit. */
	private static Script answer(ScriptedUpstream.Request request) {
		String asked = request.text();
		for (int i = 0; i < UNITS.size(); i++) {
			if (asked.contains("pieces " + i)) {
				return pieces(repeated(UNITS.get(i), STREAMED_CHARS));
			}
			if (asked.contains("whole " + i)) {
				return Script.stream().text(repeated(UNITS.get(i), STORED_CHARS)).finish("length").done().end();
			}
		}
		return Script.hello();
	}

	private static String repeated(String unit, int length) {
		return unit.repeat(length / unit.length());
	}

	/** Small events, as fast as the connection accepts them. */
	private static Script pieces(String text) {
		Script script = Script.stream();
		for (int at = 0; at < text.length(); at += 8_000) {
			String part = text.substring(at, Math.min(text.length(), at + 8_000));
			script.burst((burst) -> {
				for (int piece = 0; piece < part.length(); piece += 20) {
					burst.text(part.substring(piece, Math.min(part.length(), piece + 20)));
				}
			});
		}
		return script.finish("stop").done().end();
	}

	@ParameterizedTest
	@ValueSource(strings = { "pieces", "whole" })
	void othersGetTheirFirstEventSoonWhileHostileAnswersStream(String kind) throws Exception {
		firstEvents(30, List.of());
		log.info("Without hostile answers: {}", seen(firstEvents(100, List.of()).stream().sorted().toList()));
		List<Future<String>> hostile = new ArrayList<>();
		for (int i = 0; i < UNITS.size(); i++) {
			String question = kind + " " + i % UNITS.size();
			HttpReader stranger = this.reader.stranger();
			hostile.add(this.threads.submit(() -> stranger.stream(question)));
		}
		assertSoon(firstEvents(1000, hostile), LIMIT);
		for (Future<String> answer : hostile) {
			SseTranscript transcript = SseTranscript.of(answer.get());
			assertThat(transcript.last().name()).isEqualTo("complete");
			assertThat(transcript.content().length()).isGreaterThan(STREAMED_CHARS - 100);
			assertThat(transcript.html()).matches((html) -> html.contains("markup-late")
					|| html.equals(MarkdownRenderer.render(transcript.content())));
		}
	}

	/** Sends one question after another while the others are running. */
	private List<Long> firstEvents(int most, List<Future<String>> others) throws Exception {
		HttpReader visitor = this.reader.stranger();
		List<Long> millis = new ArrayList<>();
		while (millis.size() < most && (others.isEmpty() || !others.stream().allMatch(Future::isDone))) {
			long asked = System.nanoTime();
			HttpResponse<InputStream> response = visitor.openStream("hi");
			try (InputStream in = response.body()) {
				HttpReader.readUntil(in, "event: message");
				millis.add((System.nanoTime() - asked) / 1_000_000);
				in.transferTo(OutputStream.nullOutputStream());
			}
		}
		return millis;
	}

	private static void assertSoon(List<Long> millis, Duration limit) {
		List<Long> sorted = millis.stream().sorted().toList();
		String seen = seen(sorted);
		log.info("{}", seen);
		assertThat(sorted).as(seen).hasSizeGreaterThan(10);
		assertThat(sorted.get(sorted.size() / 2)).as(seen).isLessThan(limit.toMillis());
		assertThat(sorted.get(sorted.size() * 99 / 100)).as(seen).isLessThan(10 * limit.toMillis());
	}

	private static String seen(List<Long> sorted) {
		return "%d requests, median %d ms, p99 %d ms, last %d ms".formatted(sorted.size(),
				sorted.get(sorted.size() / 2), sorted.get(sorted.size() * 99 / 100), sorted.get(sorted.size() - 1));
	}

	@Test
	void healthAnswersWhileStoredHostileAnswersAreReadAndContinued() throws Exception {
		List<Future<String>> work = new ArrayList<>();
		for (int i = 0; i < UNITS.size(); i++) {
			SseTranscript asked = SseTranscript.of(this.reader
				.send(this.reader.ask("/api/chat/stream", "{\"message\":\"whole " + i + "\",\"format\":\"markdown\"}"))
				.body());
			assertThat(asked.content()).hasSize(repeated(UNITS.get(i), STORED_CHARS).length());
			String conversation = asked.events().get(0).data().get("conversationId").asString();
			String answer = asked.events().get(0).data().get("messageId").asString();
			for (String path : List.of("/api/conversations/" + conversation, "/ai-demo/c/" + conversation,
					"/api/conversations/" + conversation + "/export?format=html", "/api/conversations?query=a")) {
				work.add(inBackground(() -> this.reader.get(path)));
			}
			// Going on makes the answer longer than an import takes.
			String file = this.reader.get("/api/conversations/" + conversation + "/export?format=json").body();
			work.add(inBackground(() -> this.reader.send(this.reader.ask("/api/conversations/import", file))));
			work.add(inBackground(() -> this.reader
				.send(this.reader.ask("/api/chat/stream", "{\"continueId\":\"" + answer + "\"}"))));
		}
		assertSoon(health(work), STORED_LIMIT);
		for (Future<String> done : work) {
			assertThat(done.get()).isEqualTo("200");
		}
	}

	private Future<String> inBackground(Callable<HttpResponse<String>> request) {
		return this.threads.submit(() -> {
			int status = request.call().statusCode();
			return (status == 201) ? "200" : Integer.toString(status);
		});
	}

	private List<Long> health(List<Future<String>> others) throws Exception {
		List<Long> millis = new ArrayList<>();
		while (millis.size() < 5000 && !others.stream().allMatch(Future::isDone)) {
			long asked = System.nanoTime();
			assertThat(this.reader.get("/actuator/health").statusCode()).isEqualTo(200);
			millis.add((System.nanoTime() - asked) / 1_000_000);
		}
		return millis;
	}

}
