package dev.runnel.chat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import dev.runnel.CpuTime;
import dev.runnel.upstream.Script;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The processor time of the server for a stored text is linear in its length, whatever
 * text is repeated: the text is imported, found, shown on the page, and exported.
 */
@Tag("one-jdk")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Timeout(120)
class StoredTextTimeTests {

	private static final Logger log = LoggerFactory.getLogger(StoredTextTimeTests.class);

	private static final double MOST = 3;

	/** Below this time, everything but the text decides the result. */
	private static final Duration NOTICEABLE = Duration.ofMillis(15);

	private static final int ATTEMPTS = 4;

	private static final int CHARS = 100_000;

	private static final String FILE = """
			{"format": "runnel-conversation", "version": 1, "title": "Tea", "pinned": false,
			"createdAt": "2026-01-31T09:05:00Z", "updatedAt": "2026-01-31T09:05:02Z", "settings": {},
			"messages": [
			{"id": 1, "parent": null, "role": "user", "createdAt": "2026-01-31T09:05:01Z", "content": "How?"},
			{"id": 2, "parent": 1, "role": "assistant", "createdAt": "2026-01-31T09:05:02Z", "content": %s,
			"answer": {"state": "complete", "reasoning": "", "source": "openrouter", "model": "acme/chat-1"}}],
			"current": 2}
			""";

	private final HttpReader reader;

	StoredTextTimeTests(@LocalServerPort int port) {
		this.reader = new HttpReader(port);
	}

	/** What is asked for about a conversation with a long text. */
	private enum Request {

		PAGE("/ai-demo/c/%s"), MARKDOWN("/api/conversations/%s/export?format=markdown"),
		JSON("/api/conversations/%s/export?format=json"), HTML("/api/conversations/%s/export?format=html"),
		TEXT("/api/conversations/%s/export?format=text"), SEARCH("/api/conversations?query=a");

		private final String path;

		Request(String path) {
			this.path = path;
		}

	}

	@BeforeEach
	void warmUp() {
		for (int i = 0; i < 3; i++) {
			Chat chat = new Chat(file("*a* `b`\n\n- c\n", CHARS));
			for (Request request : Request.values()) {
				chat.get(request);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "~a~~b~~~c", "[a\n", "[a]: b\n[a][", "- a\n\n", "> - a\n", "[^1]<sub>a</sub> ", "|a" })
	void twiceTheTextTakesLessThanThreeTimesTheTime(String unit) {
		String single = file(unit, CHARS);
		String twice = file(unit, 2 * CHARS);
		assertLinear(unit, "IMPORT", () -> time(() -> new Chat(single)), () -> time(() -> new Chat(twice)));
		Chat small = new Chat(single);
		Chat large = new Chat(twice);
		for (Request request : Request.values()) {
			assertLinear(unit, request.name(), () -> time(() -> small.get(request)),
					() -> time(() -> large.get(request)));
		}
	}

	private static String file(String unit, int chars) {
		return FILE.formatted(Script.quote(unit.repeat(chars / unit.length())));
	}

	/** Compilation and garbage collection disturb single times, so the least counts. */
	private static void assertLinear(String unit, String work, Supplier<Duration> single, Supplier<Duration> twice) {
		Duration one = single.get();
		Duration two = twice.get();
		for (int i = 1; i < ATTEMPTS && !isLinear(one, two); i++) {
			one = least(one, single.get());
			two = least(two, twice.get());
		}
		String seen = "<%s> %s: %d ms, twice as long %d ms".formatted(unit, work, one.toMillis(), two.toMillis());
		log.info("{}", seen);
		assertThat(isLinear(one, two)).as(seen).isTrue();
	}

	private static boolean isLinear(Duration one, Duration two) {
		return two.compareTo(NOTICEABLE) < 0 || two.toNanos() < MOST * one.toNanos();
	}

	private static Duration least(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

	/** The time of all threads but those of this test and of its HTTP clients. */
	private static Duration time(Runnable work) {
		String own = Thread.currentThread().getName();
		return CpuTime.of((name) -> !name.equals(own) && !name.startsWith("HttpClient-"), work);
	}

	/** A visitor whose only conversation is imported and can be found. */
	private final class Chat {

		private final HttpReader visitor = StoredTextTimeTests.this.reader.stranger();

		private final String id;

		Chat(String file) {
			String imported = body(this.visitor.ask("/api/conversations/import", file), 201);
			int start = imported.indexOf("\"id\":\"") + 6;
			this.id = imported.substring(start, start + 36);
			await().atMost(Duration.ofSeconds(20)).until(() -> get(Request.SEARCH).contains(this.id));
		}

		String get(Request request) {
			try {
				return checked(this.visitor.get(request.path.formatted(this.id)), 200);
			}
			catch (IOException | InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

		private String body(HttpRequest request, int status) {
			try {
				return checked(this.visitor.send(request), status);
			}
			catch (IOException | InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

		private static String checked(HttpResponse<String> response, int status) {
			assertThat(response.statusCode()).isEqualTo(status);
			return response.body();
		}

	}

}
