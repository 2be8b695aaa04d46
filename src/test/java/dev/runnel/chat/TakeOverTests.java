package dev.runnel.chat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.runnel.RunnelCluster;
import dev.runnel.RunnelProcess;
import dev.runnel.conversation.store.Postgres;
import dev.runnel.markdown.MarkdownRenderer;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server is killed or stopped during an answer, and another one asks the model to go
 * on.
 */
@Tag("one-jdk")
@Timeout(600)
class TakeOverTests {

	@RegisterExtension
	static final Postgres postgres = new Postgres();

	private static final String WHOLE = "one two, **three**";

	@TempDir
	private Path folder;

	private RunnelCluster cluster;

	@BeforeEach
	void start() throws IOException {
		this.cluster = new RunnelCluster(this.folder, postgres,
				Script.stream().reasoning("Hm. ").text("one ").text("two").stall(),
				"--runnel.stream.take-over=continue", "--runnel.stream.shutdown-wait=1s");
		this.cluster.upstream().then(Script.stream().text(", **thr").text("ee**").finish("stop").done().end());
	}

	@AfterEach
	void end() {
		if (this.cluster != null) {
			this.cluster.close();
		}
	}

	@Test
	void theAnswerGoesOnOnceInTheSameStream() throws Exception {
		List<RunnelProcess> servers = this.cluster.add(3);
		RunnelProcess first = servers.get(0);
		RunnelProcess second = servers.get(1);
		RunnelProcess third = servers.get(2);
		HttpReader visitor = new HttpReader(first.port());
		HttpReader atThird = visitor.at(third.port());
		// Both requests of the visitor then have the cookie.
		visitor.get("/api/models");
		SseTranscript seen;
		try (InputStream own = visitor.openStream("hi").body()) {
			String beginning = HttpReader.readUntil(own, "two");
			String stream = SseTranscript.of(beginning).events().get(0).data().get("streamId").asString();
			try (InputStream other = visitor.at(second.port()).openAgain(stream, 0).body()) {
				String shown = HttpReader.readUntil(other, "two");
				first.close();
				seen = SseTranscript.of(shown + rest(other));
			}
			check(seen);
			check(SseTranscript.of(atThird.get("/api/chat/stream/" + stream).body()));
		}
		assertAskedToGoOn();
		assertStored(atThird);
	}

	@Test
	void theAnswerOfAServerThatStopsGoesOnInTheSameStream() throws Exception {
		List<RunnelProcess> servers = this.cluster.add(2);
		RunnelProcess first = servers.get(0);
		RunnelProcess second = servers.get(1);
		HttpReader visitor = new HttpReader(first.port());
		HttpReader atSecond = visitor.at(second.port());
		visitor.get("/api/models");
		try (InputStream own = visitor.openStream("hi").body()) {
			String beginning = HttpReader.readUntil(own, "two");
			String stream = SseTranscript.of(beginning).events().get(0).data().get("streamId").asString();
			try (InputStream other = atSecond.openAgain(stream, 0).body()) {
				String shown = HttpReader.readUntil(other, "two");
				first.stop();
				String sentAway = beginning + rest(own);
				assertThat(SseTranscript.of(sentAway).names()).doesNotContain("complete", "error");
				try (InputStream again = atSecond.openAgain(stream, SseTranscript.of(sentAway).lastId()).body()) {
					check(SseTranscript.of(sentAway + rest(again)));
				}
				check(SseTranscript.of(shown + rest(other)));
			}
		}
		first.awaitEnd();
		assertAskedToGoOn();
		assertStored(atSecond);
	}

	private static String rest(InputStream response) throws IOException {
		return new String(response.readAllBytes(), StandardCharsets.UTF_8);
	}

	private void assertAskedToGoOn() {
		List<String> questions = this.cluster.upstream()
			.requests()
			.stream()
			.filter((request) -> request.method().equals("POST"))
			.map(ScriptedUpstream.Request::text)
			.toList();
		assertThat(questions).hasSize(2);
		assertThat(questions.get(1)).contains("\"one two\"");
	}

	private static void assertStored(HttpReader visitor) {
		Awaitility.await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> {
			JsonNode answer = answer(visitor);
			assertThat(answer.get("state").asString()).isEqualTo("complete");
			assertThat(answer.get("content").asString()).isEqualTo(WHOLE);
			assertThat(answer.get("reasoning").asString()).isEqualTo("Hm. ");
		});
	}

	private static void check(SseTranscript transcript) {
		assertThat(transcript.said()).isEqualTo(WHOLE);
		assertThat(transcript.html()).isEqualTo(MarkdownRenderer.render(WHOLE));
		assertThat(transcript.thought()).isEqualTo("Hm. ");
		assertThat(transcript.thoughtHtml()).isEqualTo(MarkdownRenderer.render("Hm. "));
		assertThat(transcript.names()).containsOnlyOnce("start", "complete").doesNotContain("error");
		List<Long> ids = transcript.events().stream().map(SseTranscript.Event::id).toList();
		assertThat(ids).doesNotHaveDuplicates().isSorted();
	}

	private static JsonNode answer(HttpReader visitor) throws Exception {
		JsonNode list = JsonMapper.shared().readTree(visitor.get("/api/conversations").body());
		String id = list.get("conversations").get(0).get("id").asString();
		JsonNode conversation = JsonMapper.shared().readTree(visitor.get("/api/conversations/" + id).body());
		return conversation.get("messages").get(1);
	}

}
