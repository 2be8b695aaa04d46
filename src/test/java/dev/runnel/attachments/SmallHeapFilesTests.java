package dev.runnel.attachments;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.runnel.RunnelProcess;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server with the smallest heap takes, sends and exports files that together are larger
 * than what the heap has left.
 */
@Timeout(600)
@Tag("one-jdk")
class SmallHeapFilesTests {

	private static final int FILES = 3;

	private static final int BYTES = 18 * 1024 * 1024;

	private static final long LIMIT = 200;

	@TempDir
	private Path folder;

	/** Each file is made anew, so that the test needs less memory itself. */
	private static byte[] file(int number) {
		return SampleFiles.largePng(BYTES + number);
	}

	private static CompletableFuture<String> upload(RunnelProcess server, HttpClient visitor, int number) {
		return visitor
			.sendAsync(server.request("/api/files?name=" + number + ".png")
				.header("Content-Type", "application/octet-stream")
				.POST(HttpRequest.BodyPublishers.ofByteArray(file(number)))
				.build(), BodyHandlers.ofString())
			.thenApply((response) -> json(response, 201).get("id").asString());
	}

	private static JsonNode json(HttpResponse<String> response, int status) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
		return JsonMapper.shared().readTree(response.body());
	}

	private static byte[] read(RunnelProcess server, HttpClient visitor, String path) throws Exception {
		HttpResponse<byte[]> response = visitor.send(server.request(path).GET().build(), BodyHandlers.ofByteArray());
		assertThat(response.statusCode()).as(path).isEqualTo(200);
		return response.body();
	}

	private static String ask(RunnelProcess server, HttpClient visitor, List<String> files) throws Exception {
		String ids = files.stream().map((id) -> "\"" + id + "\"").collect(Collectors.joining(","));
		HttpResponse<String> answer = visitor.send(server.request("/api/chat")
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{\"message\":\"See?\",\"attachments\":[" + ids + "]}"))
			.build(), BodyHandlers.ofString());
		return json(answer, 200).get("conversationId").asString();
	}

	@Test
	void filesAreNeverInMemoryAsAWhole() throws Exception {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(Script.hello());
				RunnelProcess server = RunnelProcess.start(this.folder, "true", "-Xmx96m",
						"-XX:+ExitOnOutOfMemoryError", "--runnel.openrouter.base-url=" + upstream.baseUrl(),
						"--runnel.openrouter.api-key=test-key")) {
			HttpClient visitor = RunnelProcess.visitor();
			read(server, visitor, "/api/presets");
			List<CompletableFuture<String>> uploads = IntStream.range(0, FILES)
				.mapToObj((number) -> upload(server, visitor, number))
				.toList();
			List<String> files = uploads.stream().map((one) -> one.orTimeout(LIMIT, TimeUnit.SECONDS).join()).toList();
			String conversation = ask(server, visitor, files);
			assertThat(upstream.takeRequest().body()).hasSizeGreaterThan(FILES * (BYTES / 3 * 4));
			for (int i = 0; i < FILES; i++) {
				assertThat(read(server, visitor, "/api/files/" + files.get(i))).isEqualTo(file(i));
			}
			assertThat(read(server, visitor, "/api/conversations/" + conversation + "/export?format=html"))
				.hasSizeGreaterThan(FILES * (BYTES / 3 * 4));
			assertThat(server.isServing()).isTrue();
			assertThat(server.log()).doesNotContain("OutOfMemoryError");
		}
	}

}
