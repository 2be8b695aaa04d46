package dev.runnel.chat;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
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
import org.junit.jupiter.api.Tag;
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
@Tag("one-jdk")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "runnel.stream.max-per-visitor=1000", "runnel.chat.rendering-time=5s" })
@Timeout(180)
class HostileAnswerTests {

	private static final Logger log = LoggerFactory.getLogger(HostileAnswerTests.class);

	private static final List<String> UNITS = List.of("~a~~b~~~c", "[a\n", "[a]: b\n[a][", "*a_b");

	private static final int STREAMED_CHARS = 300_000;

	private static final int STORED_CHARS = 1_000_000;

	/**
	 * A delay that is no fault, however fast the server is without hostile answers. With
	 * rendering on event loops, half of the requests waited longer, and some waited for
	 * more than ten seconds.
	 */
	private static final long HARMLESS_MILLIS = 500;

	/**
	 * Longer, because reading, exporting and importing large answers also uses the
	 * processor and the disk.
	 */
	private static final long STORED_HARMLESS_MILLIS = 2000;

	/** How much later events may be than the slowest without hostile answers. */
	private static final int RATIO = 10;

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
	static Script pieces(String text) {
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
		Times quiet = firstEvents(100, List.of());
		List<Future<String>> hostile = new ArrayList<>();
		for (int i = 0; i < UNITS.size(); i++) {
			String question = kind + " " + i % UNITS.size();
			HttpReader stranger = this.reader.stranger();
			hostile.add(this.threads.submit(() -> stranger.stream(question)));
		}
		assertSoon(firstEvents(1000, hostile), quiet, HARMLESS_MILLIS);
		for (Future<String> answer : hostile) {
			SseTranscript transcript = SseTranscript.of(answer.get());
			assertThat(transcript.last().name()).isEqualTo("complete");
			assertThat(transcript.content().length()).isGreaterThan(STREAMED_CHARS - 100);
			assertThat(transcript.html()).matches((html) -> html.contains("markup-late")
					|| html.equals(MarkdownRenderer.render(transcript.content())));
		}
	}

	/** Sends one question after another while the others are running. */
	private Times firstEvents(int most, List<Future<String>> others) throws Exception {
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
		return Times.of(millis);
	}

	private static void assertSoon(Times busy, Times quiet, long harmless) {
		String seen = "without hostile answers: %s; with them: %s".formatted(quiet, busy);
		log.info("{}", seen);
		long limit = Math.max(harmless, RATIO * quiet.part(99));
		assertThat(busy.sorted()).as(seen).hasSizeGreaterThan(10);
		assertThat(busy.part(50)).as(seen).isLessThan(limit);
		assertThat(busy.part(99)).as(seen).isLessThan(10 * limit);
	}

	@Test
	void healthAnswersWhileStoredHostileAnswersAreReadAndContinued() throws Exception {
		health(30, List.of());
		Times quiet = health(200, List.of());
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
		assertSoon(health(5000, work), quiet, STORED_HARMLESS_MILLIS);
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

	private Times health(int most, List<Future<String>> others) throws Exception {
		List<Long> millis = new ArrayList<>();
		while (millis.size() < most && (others.isEmpty() || !others.stream().allMatch(Future::isDone))) {
			long asked = System.nanoTime();
			assertThat(this.reader.get("/actuator/health").statusCode()).isEqualTo(200);
			millis.add((System.nanoTime() - asked) / 1_000_000);
		}
		return Times.of(millis);
	}

	/**
	 * How long requests took.
	 *
	 * @param sorted the times in milliseconds, the shortest first
	 */
	private record Times(List<Long> sorted) {

		static Times of(List<Long> millis) {
			return new Times(millis.stream().sorted().toList());
		}

		/** The time within which this percentage of the requests were answered. */
		long part(int percent) {
			return this.sorted.get(this.sorted.size() * percent / 100);
		}

		@Override
		public String toString() {
			return "%d requests, median %d ms, p99 %d ms, last %d ms".formatted(this.sorted.size(), part(50), part(99),
					this.sorted.get(this.sorted.size() - 1));
		}

	}

}
