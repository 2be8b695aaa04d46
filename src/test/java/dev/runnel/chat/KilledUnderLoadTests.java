package dev.runnel.chat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.runnel.ServerJava;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A server that is killed repeatedly while many answers are written. After each start
 * every answer belongs to its writer, no text is lost that was shown more than five
 * seconds before, and the model can continue its answers. On an idle machine two seconds
 * are enough; a busy one writes later. The number of kills: {@code -Drunnel.kills=20}.
 * The result is written to {@code target/killed-under-load.md}.
 */
@Tag("one-jdk")
class KilledUnderLoadTests {

	private static final int KILLS = Integer.getInteger("runnel.kills", 2);

	private static final int VISITORS = 6;

	private static final int STREAMS_EACH = 4;

	private static final int CONTINUED = 4;

	private static final Duration MAY_BE_LOST = Duration.ofSeconds(5);

	private static final JsonMapper JSON = JsonMapper.shared();

	private final HttpClient http = HttpClient.newHttpClient();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final ScriptedUpstream upstream = ScriptedUpstream.start().answering(NumberedWords::script);

	private final AtomicInteger questions = new AtomicInteger();

	private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();

	private final List<String> table = new ArrayList<>(
			List.of("| kill | answers | of a model | of the mock | interrupted | characters lost, at most | gone on |",
					"| ---: | ---: | ---: | ---: | ---: | ---: | ---: |"));

	@TempDir
	private Path folder;

	private int port;

	private Process server;

	private volatile boolean up;

	@BeforeEach
	void findAPort() throws IOException {
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.port = free.getLocalPort();
		}
	}

	@AfterEach
	void end() throws IOException {
		this.up = false;
		this.server.destroyForcibly();
		this.threads.shutdownNow();
		this.upstream.close();
		Files.createDirectories(Path.of("target"));
		Files.write(Path.of("target", "killed-under-load.md"), this.table);
	}

	@Test
	void everyAnswerKeepsItsTextAndItsWriter() throws Exception {
		start();
		for (int kill = 1; kill <= KILLS; kill++) {
			load();
			TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(8000, 10000));
			long killed = kill();
			start();
			check(kill, killed);
		}
	}

	private void start() throws IOException {
		this.server = new ProcessBuilder(ServerJava.command(List.of(),
				List.of("--server.port=" + this.port, "--runnel.data-dir=" + this.folder.resolve("data"),
						"--runnel.openrouter.api-key=key", "--runnel.openrouter.base-url=" + this.upstream.baseUrl(),
						"--runnel.chat.title-timeout=0s", "--runnel.mock.pace=20ms",
						"--runnel.security.secret-file=" + this.folder.resolve("secret"))))
			.redirectErrorStream(true)
			.redirectOutput(this.folder.resolve("log-" + System.nanoTime()).toFile())
			.start();
		await().atMost(90, TimeUnit.SECONDS)
			.ignoreExceptions()
			.until(() -> send("", "/actuator/health", null).statusCode() == 200);
		this.up = true;
	}

	private long kill() throws InterruptedException {
		this.up = false;
		long killed = System.nanoTime();
		this.server.destroyForcibly().waitFor();
		return killed;
	}

	private void load() throws Exception {
		this.asked.clear();
		for (int visitor = 0; visitor < VISITORS; visitor++) {
			String cookie = send("", "/api/models", null).headers()
				.firstValue("Set-Cookie")
				.orElseThrow()
				.split(";")[0];
			for (int stream = 0; stream < STREAMS_EACH; stream++) {
				this.threads.execute(() -> askOn(cookie));
			}
		}
	}

	private void askOn(String cookie) {
		while (this.up) {
			int number = this.questions.getAndIncrement();
			String model = List.of("acme/a", "acme/b", "acme/down").get(number % 3);
			Asked one = new Asked(cookie, "q" + number, model);
			try {
				HttpResponse<Stream<String>> response = this.http.send(request(cookie, "/api/chat/stream",
						"{\"message\":\"%s\",\"model\":\"%s\",\"format\":\"markdown\"}".formatted(one.question, model)),
						HttpResponse.BodyHandlers.ofLines());
				response.body().filter((line) -> line.startsWith("data:")).forEach((line) -> note(one, line));
			}
			catch (IOException | UncheckedIOException ex) {
				// The server was killed.
			}
			catch (InterruptedException ex) {
				return;
			}
		}
	}

	private void note(Asked one, String line) {
		JsonNode data = JSON.readTree(line.substring("data:".length()));
		if (data.has("streamId")) {
			one.start = data;
			this.asked.add(one);
		}
		else if (data.has("content")) {
			one.shown.add(new Shown(System.nanoTime(), data.get("content").asString()));
		}
	}

	private void check(int kill, long killed) throws Exception {
		List<Asked> begun = List.copyOf(this.asked);
		List<Asked> open = new ArrayList<>();
		int mocked = 0;
		int lost = 0;
		for (Asked one : begun) {
			JsonNode answer = ended(one);
			assertWriter(one, answer);
			String stored = answer.get("content").asString();
			String shown = one.shownBefore(killed);
			assertThat(stored).startsWith(one.shownBefore(killed - MAY_BE_LOST.toNanos()));
			lost = Math.max(lost, shown.length() - Math.min(stored.length(), shown.length()));
			boolean mock = answer.get("source").asString().equals("mock");
			mocked += mock ? 1 : 0;
			if (!mock && answer.get("state").asString().equals("interrupted")) {
				open.add(one);
			}
		}
		assertThat(begun).hasSizeGreaterThan(VISITORS);
		assertThat(open).isNotEmpty();
		List<Asked> continued = open.subList(0, Math.min(CONTINUED, open.size()));
		for (Asked one : continued) {
			goOn(one);
		}
		this.table.add("| %d | %d | %d | %d | %d | %d | %d |".formatted(kill, begun.size(), begun.size() - mocked,
				mocked, open.size(), lost, continued.size()));
	}

	private JsonNode ended(Asked one) {
		return await().atMost(20, TimeUnit.SECONDS)
			.until(() -> answerOf(one), (answer) -> !answer.get("state").asString().equals("streaming"));
	}

	private JsonNode answerOf(Asked one) throws Exception {
		HttpResponse<String> response = send(one.cookie,
				"/api/conversations/" + one.start.get("conversationId").asString(), null);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return JSON.readTree(response.body()).get("messages").get(1);
	}

	private static void assertWriter(Asked one, JsonNode answer) {
		String content = answer.get("content").asString();
		String writer = answer.get("source").asString() + " " + answer.get("model").asString();
		if (!one.model.equals("acme/down")) {
			assertThat(writer)
				.isEqualTo("openrouter " + (content.isEmpty() ? one.model : NumberedWords.named(one.model)));
			assertThat(NumberedWords.all(one.question)).startsWith(content);
		}
		else if (!content.isEmpty()) {
			assertThat(writer).isEqualTo("mock mock");
		}
	}

	private void goOn(Asked one) throws Exception {
		String body = "{\"continueId\":\"%s\"}".formatted(one.start.get("messageId").asString());
		HttpResponse<String> response = send(one.cookie, "/api/chat", body);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		JsonNode answer = JSON.readTree(response.body());
		assertThat(answer.get("content").asString()).isEqualTo(NumberedWords.all(one.question));
		assertThat(answer.get("source").asString()).isEqualTo("openrouter");
		assertWriter(one, answerOf(one));
	}

	private HttpResponse<String> send(String cookie, String path, String body) throws Exception {
		return this.http.send(request(cookie, path, body), HttpResponse.BodyHandlers.ofString());
	}

	private HttpRequest request(String cookie, String path, String body) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
			.timeout(Duration.ofSeconds(60))
			.header("Content-Type", "application/json");
		if (!cookie.isEmpty()) {
			request.header("Cookie", cookie);
		}
		return ((body != null) ? request.POST(HttpRequest.BodyPublishers.ofString(body)) : request.GET()).build();
	}

	/** A question, and the part of its answer that was shown. */
	private static final class Asked {

		private final String cookie;

		private final String question;

		private final String model;

		private final Queue<Shown> shown = new ConcurrentLinkedQueue<>();

		private volatile JsonNode start;

		Asked(String cookie, String question, String model) {
			this.cookie = cookie;
			this.question = question;
			this.model = model;
		}

		String shownBefore(long nanos) {
			return this.shown.stream()
				.filter((one) -> one.nanos() - nanos < 0)
				.map(Shown::content)
				.collect(Collectors.joining());
		}

	}

	private record Shown(long nanos, String content) {
	}

	/**
	 * A model whose answer to each question is a known list of words, and which continues
	 * where an answer ends.
	 */
	private static final class NumberedWords {

		private static final int WORDS = 500;

		private static final Duration PACE = Duration.ofMillis(20);

		static Script script(ScriptedUpstream.Request request) {
			JsonNode body = JSON.readTree(request.text());
			String model = body.get("model").asString();
			if (model.equals("acme/down")) {
				return Script.error(401, "x");
			}
			JsonNode messages = body.get("messages");
			boolean goesOn = messages.get(messages.size() - 1).get("content").asString().startsWith("Continue");
			String question = messages.get(messages.size() - (goesOn ? 3 : 1)).get("content").asString();
			String written = goesOn ? messages.get(messages.size() - 2).get("content").asString() : "";
			Script script = Script.stream();
			for (String word : all(question).substring(written.length()).split("(?<= )")) {
				script.pause(goesOn ? Duration.ZERO : PACE).data(chunk(model, word));
			}
			return script.finish("stop").done().end();
		}

		private static String chunk(String model, String word) {
			return "{\"model\":\"%s\",\"choices\":[{\"index\":0,\"delta\":{\"content\":%s}}]}".formatted(named(model),
					Script.quote(word));
		}

		static String named(String model) {
			return model.endsWith("-dated") ? model : model + "-dated";
		}

		static String all(String question) {
			return IntStream.range(0, WORDS).mapToObj((word) -> question + "." + word).collect(Collectors.joining(" "));
		}

	}

}
