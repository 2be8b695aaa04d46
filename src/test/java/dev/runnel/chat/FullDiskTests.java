package dev.runnel.chat;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.runnel.RunnelApplication;
import dev.runnel.conversation.store.SmallDisk;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A disk that becomes full while an answer is written, and later has space again. Skipped
 * if no small file system can be mounted.
 */
@Timeout(180)
class FullDiskTests {

	private static final String LONG = "x".repeat(30_000);

	@TempDir
	private Path folder;

	@TempDir
	private Path secrets;

	private SmallDisk disk;

	@BeforeEach
	void mount() {
		this.disk = SmallDisk.mount(this.folder);
	}

	@AfterEach
	void unmount() {
		this.disk.close();
	}

	private ConfigurableApplicationContext start(ScriptedUpstream upstream) {
		return new SpringApplicationBuilder(RunnelApplication.class).run("--server.port=0",
				"--runnel.data-dir=" + this.disk.resolve("data"), "--runnel.openrouter.base-url=" + upstream.baseUrl(),
				"--runnel.openrouter.api-key=k", "--runnel.stream.shutdown-wait=0s",
				"--runnel.security.secret-file=" + this.secrets.resolve("secret"));
	}

	private static HttpReader visitor(ConfigurableApplicationContext running) {
		return new HttpReader(running.getEnvironment().getRequiredProperty("local.server.port", int.class));
	}

	private static HttpResponse<String> ask(HttpReader reader, String message) throws Exception {
		return reader.send(reader.ask("/api/chat", "{\"message\":\"" + message + "\"}"));
	}

	/** The free space inside the database's file may accept a few answers. */
	private static HttpResponse<String> askUntilRefused(HttpReader reader) throws Exception {
		HttpResponse<String> answer = ask(reader, LONG);
		for (int i = 0; i < 300 && answer.statusCode() == 200; i++) {
			answer = ask(reader, LONG);
		}
		return answer;
	}

	private static JsonNode json(String text) {
		return JsonMapper.shared().readTree(text);
	}

	private static void untilKept(HttpReader reader, String conversation, String text) {
		Awaitility.await().atMost(60, TimeUnit.SECONDS).ignoreExceptions().untilAsserted(() -> {
			JsonNode answer = json(reader.get("/api/conversations/" + conversation).body()).get("messages").get(1);
			assertThat(answer.get("content").asString()).isEqualTo(text);
			assertThat(answer.get("state").asString()).isEqualTo("complete");
		});
	}

	private static void untilFound(HttpReader reader, String word) {
		Awaitility.await()
			.atMost(60, TimeUnit.SECONDS)
			.untilAsserted(
					() -> assertThat(json(reader.get("/api/conversations?query=" + word).body()).get("conversations"))
						.hasSize(1));
	}

	@Test
	void aRunningAnswerReachesItsReaderAndIsStoredWhenThereIsRoom() throws Exception {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(Script.hello())) {
			HttpReader reader;
			String before;
			String meanwhile;
			try (ConfigurableApplicationContext running = start(upstream)) {
				reader = visitor(running);
				before = json(ask(reader, "before").body()).get("conversationId").asString();
				meanwhile = answeredOnAFullDisk(reader, upstream);
				this.disk.makeRoom();
				untilKept(reader, meanwhile, "first half, the rest");
				untilKept(reader, before, "Hello");
				assertThat(ask(reader, "afterwards").statusCode()).isEqualTo(200);
				untilFound(reader, "afterwards");
				untilFound(reader, "while");
			}
			try (ConfigurableApplicationContext again = start(upstream)) {
				HttpReader same = reader.at(again.getEnvironment().getRequiredProperty("local.server.port", int.class));
				untilKept(same, meanwhile, "first half, the rest");
				untilKept(same, before, "Hello");
			}
		}
	}

	/** Fills the disk while an answer is written. Returns the conversation id. */
	private String answeredOnAFullDisk(HttpReader reader, ScriptedUpstream upstream) throws Exception {
		CountDownLatch full = new CountDownLatch(1);
		upstream
			.instead(Script.stream().text("first half").awaitGate(full).text(", the rest").finish("stop").done().end());
		try (InputStream in = reader.openStream("while").body()) {
			String read = HttpReader.readUntil(in, "first half");
			upstream.instead(Script.hello());
			this.disk.fill();
			HttpResponse<String> refused = askUntilRefused(reader);
			assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
			assertThat(json(refused.body()).get("detail").asString()).contains("cannot be stored");
			full.countDown();
			SseTranscript transcript = SseTranscript.of(read + new String(in.readAllBytes(), StandardCharsets.UTF_8));
			assertThat(transcript.content()).isEqualTo("first half, the rest");
			assertThat(transcript.last().name()).isEqualTo("complete");
			return transcript.events().get(0).data().get("conversationId").asString();
		}
	}

}
