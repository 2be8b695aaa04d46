package dev.runnel;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The command line for backups, beside a running server.
 */
@Tag("one-jdk")
@Timeout(600)
class BackupCommandTests {

	/** The number of each visitor's answers that have ended before a kill. */
	private static final int ENDED = 3;

	/** The number of each visitor's answers that are being written at a kill. */
	private static final int OPEN = 3;

	private static final String MARKDOWN = "# So\n\n| a | b |\n| - | - |\n| **1** | `2` |\n\nand\n";

	private static final JsonMapper JSON = JsonMapper.shared();

	@TempDir
	private Path folder;

	/** Runs the command and returns its output, with its exit status before it. */
	private String run(String data, String... arguments) throws IOException, InterruptedException {
		List<String> settings = new ArrayList<>(List.of(arguments));
		settings.add("--runnel.data-dir=" + this.folder.resolve(data));
		List<String> command = ServerJava.command(List.of(), settings);
		Path log = Files.createTempFile(this.folder, "command", null);
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		try {
			assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("the command ends").isTrue();
			return process.exitValue() + " " + Files.readString(log).strip();
		}
		finally {
			process.destroyForcibly();
		}
	}

	/**
	 * Starts a server that keeps its secret in the data directory, as it does by default.
	 */
	private static RunnelProcess start(Path folder, String... settings) throws IOException {
		return RunnelProcess.start(folder, "true",
				Stream
					.concat(Stream.of(settings),
							Stream.of("--runnel.security.secret-file=" + folder.resolve("data/visitor-secret")))
					.toArray(String[]::new));
	}

	private static String html(RunnelProcess server, HttpClient visitor, String conversation) throws Exception {
		return JSON.readTree(get(server, visitor, "/" + conversation)).get("messages").toString();
	}

	@Test
	void aRunningServerIsBackedUpAndItsVisitorsFindTheirConversationsAgain() throws Exception {
		Path first = Files.createDirectory(this.folder.resolve("first"));
		Path second = Files.createDirectory(this.folder.resolve("second"));
		Path file = this.folder.resolve("backup.zip");
		HttpClient visitor = RunnelProcess.visitor();
		String conversation;
		String before;
		try (RunnelProcess server = start(first)) {
			HttpResponse<String> answer = visitor.send(server.question("What is kept?"),
					HttpResponse.BodyHandlers.ofString());
			conversation = JSON.readTree(answer.body()).get("conversationId").asString();
			before = html(server, visitor, conversation);
			assertThat(run("first/data", "backup", file.toString())).startsWith("0 ")
				.endsWith("backup of 1 conversations with 2 messages: " + file);
		}
		assertThat(run("second/data", "restore", file.toString())).startsWith("0 ")
			.endsWith("restore of 1 conversations with 2 messages: " + file);
		try (RunnelProcess server = start(second)) {
			assertThat(html(server, visitor, conversation)).isEqualTo(before);
		}
	}

	@Test
	void aServerThatWasKilledUnderLoadIsRestoredWithTheSameHtml() throws Exception {
		Path first = Files.createDirectory(this.folder.resolve("first"));
		Path second = Files.createDirectory(this.folder.resolve("second"));
		Path file = this.folder.resolve("backup.zip");
		List<HttpClient> visitors = Stream.generate(RunnelProcess::visitor).limit(3).toList();
		try (ScriptedUpstream model = ScriptedUpstream.start().answering(BackupCommandTests::answer)) {
			String[] settings = { "--runnel.openrouter.api-key=key",
					"--runnel.openrouter.base-url=" + model.baseUrl() };
			try (RunnelProcess server = start(first, settings)) {
				for (HttpClient visitor : visitors) {
					load(server, visitor);
				}
			}
			assertThat(run("first/data", "backup", file.toString())).startsWith("0 ");
			assertThat(run("second/data", "restore", file.toString())).startsWith("0 ");
			List<Map<String, String>> killed = pages(first, visitors, settings);
			assertThat(killed).allSatisfy((pages) -> assertThat(pages).hasSizeGreaterThanOrEqualTo(ENDED));
			assertThat(pages(second, visitors, settings)).isEqualTo(killed);
		}
	}

	private static Script answer(ScriptedUpstream.Request question) {
		Script script = Script.stream().reasoning("It is *asked*.").text(MARKDOWN);
		return question.text().contains("open") ? script.stall() : script.finish("stop").done().end();
	}

	/** Has answers that have ended, and others that are being written. */
	private static void load(RunnelProcess server, HttpClient visitor) throws Exception {
		for (int i = 0; i < ENDED; i++) {
			HttpResponse<String> ended = visitor.send(server.question("ended **" + i + "**"),
					HttpResponse.BodyHandlers.ofString());
			assertThat(ended.body()).contains("<table>");
		}
		for (int i = 0; i < OPEN; i++) {
			HttpRequest question = server.request("/api/chat/stream")
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString("{\"message\":\"open **" + i + "**\"}"))
				.build();
			Stream<String> lines = visitor.send(question, HttpResponse.BodyHandlers.ofLines()).body();
			assertThat(lines.anyMatch((line) -> line.contains("table"))).isTrue();
		}
	}

	/** Returns each visitor's conversations as HTML, by id. */
	private static List<Map<String, String>> pages(Path folder, List<HttpClient> visitors, String... settings)
			throws Exception {
		List<Map<String, String>> all = new ArrayList<>();
		try (RunnelProcess server = start(folder, settings)) {
			for (HttpClient visitor : visitors) {
				Map<String, String> pages = new TreeMap<>();
				for (JsonNode head : JSON.readTree(get(server, visitor, "")).get("conversations")) {
					String id = head.get("id").asString();
					await().atMost(Duration.ofSeconds(60))
						.until(() -> !get(server, visitor, "/" + id).contains("\"streaming\""));
					pages.put(id, get(server, visitor, "/" + id + "/export?format=html"));
				}
				all.add(pages);
			}
		}
		return all;
	}

	private static String get(RunnelProcess server, HttpClient visitor, String path) throws Exception {
		HttpResponse<String> read = visitor.send(server.request("/api/conversations" + path).build(),
				HttpResponse.BodyHandlers.ofString());
		assertThat(read.statusCode()).as(read.body()).isEqualTo(200);
		return read.body();
	}

	@Test
	void wrongUseIsExplained() throws Exception {
		assertThat(run("data", "backup")).startsWith("2 ")
			.endsWith("Usage: java -jar runnel.jar backup FILE [--name=value ...]");
		assertThat(run("data", "restore", this.folder.resolve("missing.zip").toString())).startsWith("1 ")
			.contains("The restore failed: ");
	}

}
