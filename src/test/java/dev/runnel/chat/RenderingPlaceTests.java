package dev.runnel.chat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.junit.jupiter.api.AfterAll;
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
 * Long texts are rendered on threads of their own: not on event loops, threads of the
 * database or those of timers.
 */
@Tag("one-jdk")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "runnel.stream.max-per-visitor=1000", "runnel.chat.title-timeout=0s" })
@Timeout(120)
class RenderingPlaceTests {

	private static final Logger log = LoggerFactory.getLogger(RenderingPlaceTests.class);

	private static final String LIVE = "markdown-live-";

	private static final String STORED = "markdown-stored-";

	private static final int CHARS = 300_000;

	/** The first small pieces of an answer are rendered before their time is known. */
	private static final int HARMLESS = 5;

	private static final int ENOUGH = 5;

	private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.start().answering(RenderingPlaceTests::answer);

	private final HttpReader reader;

	RenderingPlaceTests(@LocalServerPort int port) {
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

	private static Script answer(ScriptedUpstream.Request request) {
		String asked = request.text();
		if (asked.contains("whole")) {
			return Script.stream().text(repeated("*a_b")).finish("length").done().end();
		}
		if (asked.contains("pieces")) {
			return HostileAnswerTests.pieces(repeated("~a~~b~~~c"));
		}
		if (asked.contains("one block")) {
			return HostileAnswerTests.pieces("$$\n" + repeated("x + y\n"));
		}
		return Script.hello();
	}

	private static String repeated(String unit) {
		return unit.repeat(CHARS / unit.length());
	}

	@ParameterizedTest
	@ValueSource(strings = { "whole", "pieces", "one block" })
	void aLongAnswerIsRenderedThereWhileItStreams(String kind) throws Exception {
		this.reader.stranger().stream(kind);
		Map<String, Integer> seen = seenWhile(kind, () -> this.reader.stream(kind));
		assertThat(seen.getOrDefault(LIVE, 0)).isGreaterThan(ENOUGH);
		assertNoOthers(seen, LIVE);
	}

	@Test
	void aLongQuestionIsRenderedThere() throws Exception {
		String question = "~a~~b~~~c".repeat(3_000);
		assertNoOthers(seenWhile("a question", () -> this.reader.stream(question)), LIVE);
	}

	@Test
	void aStoredTextIsRenderedThere() throws Exception {
		SseTranscript asked = SseTranscript
			.of(this.reader.send(this.reader.ask("/api/chat/stream", "{\"message\":\"whole\",\"format\":\"markdown\"}"))
				.body());
		String conversation = "/api/conversations/" + asked.events().get(0).data().get("conversationId").asString();
		String answer = asked.events().get(0).data().get("messageId").asString();
		String page = conversation.replace("/api/conversations", "/ai-demo/c");
		for (String path : List.of(conversation, page, page + "/beginning/" + answer + "/1",
				conversation + "/export?format=html")) {
			Map<String, Integer> seen = seenWhile(path, () -> this.reader.get(path).statusCode());
			assertThat(seen.getOrDefault(STORED, 0)).as(path).isGreaterThan(ENOUGH);
			assertNoOthers(seen, STORED);
		}
		for (String path : List.of(conversation + "/export?format=markdown", conversation + "/export?format=json",
				conversation + "/export?format=text", "/api/conversations?query=a")) {
			assertNoOthers(seenWhile(path, () -> this.reader.get(path).statusCode()), STORED);
		}
		String file = this.reader.get(conversation + "/export?format=json").body();
		assertNoOthers(seenWhile("an import", () -> {
			HttpResponse<String> imported = this.reader.send(this.reader.ask("/api/conversations/import", file));
			return (imported.statusCode() == 201) ? 200 : imported.statusCode();
		}), STORED);
		Map<String, Integer> seen = seenWhile("going on",
				() -> this.reader.send(this.reader.ask("/api/chat/stream", "{\"continueId\":\"" + answer + "\"}"))
					.statusCode());
		assertThat(seen.getOrDefault(STORED, 0)).isGreaterThan(ENOUGH);
		assertNoOthers(seen, STORED, LIVE);
	}

	private static Map<String, Integer> seenWhile(String what, Callable<Object> work) throws Exception {
		try (RenderingSampler sampler = new RenderingSampler()) {
			Object result = work.call();
			assertThat(result).as(what)
				.satisfiesAnyOf((status) -> assertThat(status).isEqualTo(200),
						(stream) -> assertThat(stream).asString().contains("event: complete"));
			Map<String, Integer> seen = sampler.end();
			log.info("{}: {}", what, seen);
			return seen;
		}
	}

	private static void assertNoOthers(Map<String, Integer> seen, String... pools) {
		List<String> own = List.of(pools);
		assertThat(seen).allSatisfy((thread, times) -> {
			if (!own.contains(thread)) {
				assertThat(times).as(thread).isLessThanOrEqualTo(HARMLESS);
			}
		});
	}

}
