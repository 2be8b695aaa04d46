package dev.runnel.chat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.runnel.ServerJava;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server with a small heap and more work than fits: it refuses questions or ends
 * answers early, keeps serving, and loses no text that it has shown.
 */
@Tag("one-jdk")
@Timeout(900)
class SmallHeapTests {

	private static final int VISITORS = 50;

	private static final int ROUNDS = 2;

	/** Four thousand characters each: one megabyte in total. */
	private static final int PARAGRAPHS = 250;

	private static final List<String> NESTED = List.of("</details>\n\n<details>\n\n- ", "> <details>\n",
			"</details>\n\n<details>\n\n- ", "> <details>\n", "-\n", "> > > > > > > > > > > > > > [a\nb\nb\nb\nb\n");

	private static final int NESTED_CHARACTERS = 300_000;

	private static final int PIECE = 400;

	@TempDir
	private Path folder;

	private ScriptedUpstream upstream;

	private Process server;

	private int port;

	@BeforeEach
	void start() throws IOException {
		this.upstream = ScriptedUpstream.start();
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.port = free.getLocalPort();
		}
		this.server = new ProcessBuilder(ServerJava.command(List.of("-Xmx96m"),
				List.of("--server.port=" + this.port, "--runnel.data-dir=" + this.folder.resolve("data"),
						"--runnel.openrouter.api-key=k", "--runnel.openrouter.base-url=" + this.upstream.baseUrl())))
			.inheritIO()
			.start();
		Awaitility.await()
			.atMost(60, TimeUnit.SECONDS)
			.ignoreExceptions()
			.until(() -> new HttpReader(this.port).get("/actuator/health").statusCode() == 200);
	}

	@AfterEach
	void stop() throws InterruptedException {
		this.server.destroyForcibly().waitFor();
		this.upstream.close();
	}

	private static Script longAnswer() {
		Script script = Script.stream();
		for (int i = 0; i < PARAGRAPHS; i++) {
			script.text(paragraph(i));
		}
		return script.finish("stop").done().end();
	}

	private static String paragraph(int number) {
		return ("paragraph " + number + " has **words**, ").repeat(130) + "\n\n";
	}

	@Test
	void nothingIsLostWhereMoreIsAskedThanFits() throws Exception {
		this.upstream.answering((request) -> longAnswer());
		for (int round = 0; round < ROUNDS; round++) {
			assertThat(askAll()).contains("complete").isSubsetOf("complete", "error", "refused");
			assertThat(this.server.isAlive()).isTrue();
			assertThat(new HttpReader(this.port).get("/actuator/health").statusCode()).isEqualTo(200);
		}
		this.upstream.answering((request) -> Script.hello());
		Awaitility.await()
			.atMost(20, TimeUnit.SECONDS)
			.until(() -> new HttpReader(this.port).stream("again").contains("\"status\":\"completed\""));
	}

	/**
	 * Blocks in blocks, and blocks that cannot be cut: their trees must not add up, and
	 * none may be too large.
	 */
	@Test
	void nestedBlocksTakeNoMoreMemoryThanOthers() throws Exception {
		AtomicInteger asked = new AtomicInteger();
		this.upstream.answering((request) -> nested(NESTED.get(Math.floorMod(asked.getAndIncrement(), NESTED.size()))));
		assertThat(askAll()).contains("complete").isSubsetOf("complete", "error", "refused");
		assertThat(this.server.isAlive()).isTrue();
		assertThat(new HttpReader(this.port).get("/actuator/health").statusCode()).isEqualTo(200);
	}

	private static Script nested(String unit) {
		Script script = Script.stream();
		String text = unit.repeat(NESTED_CHARACTERS / unit.length());
		for (int start = 0; start < text.length(); start += PIECE) {
			script.text(text.substring(start, Math.min(text.length(), start + PIECE)));
		}
		return script.finish("stop").done().end();
	}

	private List<String> askAll() throws Exception {
		ExecutorService visitors = Executors.newFixedThreadPool(VISITORS);
		try {
			List<Future<String>> asked = new ArrayList<>();
			for (int i = 0; i < VISITORS; i++) {
				asked.add(visitors.submit(this::ask));
			}
			List<String> outcomes = new ArrayList<>();
			for (Future<String> outcome : asked) {
				outcomes.add(outcome.get(300, TimeUnit.SECONDS));
			}
			return outcomes;
		}
		finally {
			visitors.shutdownNow();
		}
	}

	/**
	 * Returns the result of a question. The text that was shown must be the text that is
	 * stored.
	 */
	private String ask() throws IOException, InterruptedException {
		HttpReader reader = new HttpReader(this.port);
		HttpResponse<String> response = reader.send(reader.ask("/api/chat/stream", "{\"message\":\"Write much.\"}"));
		if (response.statusCode() != 200) {
			assertThat(response.statusCode()).isIn(429, 503);
			assertThat(response.headers().firstValue("Retry-After")).isPresent();
			assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
			return "refused";
		}
		SseTranscript shown = SseTranscript.of(response.body());
		assertThat(shown.named("complete").size() + shown.named("error").size()).isEqualTo(1);
		if (shown.last().name().equals("error")) {
			assertThat(shown.last().data().get("code").asString()).isEqualTo("interrupted");
		}
		String conversation = shown.events().get(0).data().get("conversationId").asString();
		Awaitility.await().atMost(60, TimeUnit.SECONDS).ignoreExceptions().untilAsserted(() -> {
			JsonNode kept = JsonMapper.shared()
				.readTree(reader.get("/api/conversations/" + conversation + "?format=markdown").body());
			assertThat(kept.get("messages").get(1).get("content").asString().equals(shown.content())).isTrue();
		});
		return shown.last().name();
	}

}
