package dev.runnel.chat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.runnel.ServerJava;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The server on a machine with a Turkish locale, in which upper and lower case of the
 * letter i follow other rules.
 */
@Timeout(180)
class TurkishServerTests {

	@TempDir
	private Path folder;

	private static int port(BufferedReader log) throws IOException {
		for (String line = log.readLine(); line != null; line = log.readLine()) {
			int at = line.indexOf("Runnel is at http://");
			if (at >= 0) {
				return Integer.parseInt(line.substring(at).replaceFirst("^[^:]+://[^:]+:(\\d+).*", "$1"));
			}
		}
		throw new IOException("The server did not start");
	}

	@ParameterizedTest
	@ValueSource(strings = { "tr", "az" })
	void asksListsSearchesAndExports(String language) throws Exception {
		List<String> settings = List.of("--server.port=0", "--runnel.data-dir=" + this.folder.resolve("data"),
				"--runnel.mock.pace=1ms");
		Process server = new ProcessBuilder(ServerJava.command(List.of("-Duser.language=" + language), settings))
			.redirectErrorStream(true)
			.start();
		try (BufferedReader log = new BufferedReader(
				new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
			int port = CompletableFuture.supplyAsync(() -> {
				try {
					return port(log);
				}
				catch (IOException ex) {
					throw new IllegalStateException(ex);
				}
			}).get(90, TimeUnit.SECONDS);
			assertThatAllWorks(new HttpReader(port));
		}
		finally {
			server.destroyForcibly().waitFor();
		}
	}

	private static void assertThatAllWorks(HttpReader reader) throws Exception {
		HttpResponse<String> answer = reader.send(reader.ask("/api/chat", "{\"message\":\"ILIK istasyon\"}"));
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		String id = JsonMapper.shared().readTree(answer.body()).get("conversationId").asString();
		for (String path : new String[] { "/ai-demo", "/api/conversations", "/api/conversations/" + id,
				"/api/conversations/" + id + "/export?format=json", "/api/conversations/" + id + "/export?format=html",
				"/ai-demo/c/" + id }) {
			assertThat(reader.get(path).statusCode()).as(path).isEqualTo(200);
		}
		Awaitility.await()
			.atMost(20, TimeUnit.SECONDS)
			.untilAsserted(() -> assertThat(reader.get("/api/conversations?query=ilik").body()).contains(id));
	}

}
