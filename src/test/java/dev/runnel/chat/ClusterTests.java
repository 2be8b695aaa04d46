package dev.runnel.chat;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.runnel.RunnelCluster;
import dev.runnel.RunnelProcess;
import dev.runnel.conversation.store.Postgres;
import dev.runnel.markdown.MarkdownRenderer;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
 * Two servers in processes of their own that share a PostgreSQL and a Redis. Each test
 * has a visitor of its own.
 */
@Tag("one-jdk")
@Timeout(400)
class ClusterTests {

	@RegisterExtension
	static final Postgres postgres = new Postgres();

	private static final Script HALF = Script.stream()
		.reasoning("Hm. ")
		.text("one ")
		.text("two ")
		.text("three")
		.stall();

	@TempDir
	private static Path folder;

	private static RunnelCluster cluster;

	private static RunnelProcess first;

	private static RunnelProcess second;

	private HttpReader atFirst;

	private HttpReader atSecond;

	@BeforeAll
	static void start() throws Exception {
		cluster = new RunnelCluster(folder, postgres, HALF, "--runnel.stream.shutdown-wait=1s");
		List<RunnelProcess> both = cluster.add(2);
		first = both.get(0);
		second = both.get(1);
	}

	/** Some tests end the first server. */
	@BeforeEach
	void comeAsAnotherVisitor() throws Exception {
		if (!first.isAlive()) {
			first = cluster.add();
		}
		cluster.upstream().instead(HALF);
		this.atFirst = new HttpReader(first.port());
		this.atSecond = this.atFirst.at(second.port());
		// Both requests of the visitor then have the cookie.
		this.atFirst.get("/api/models");
	}

	@AfterAll
	static void end() {
		if (cluster != null) {
			cluster.close();
		}
	}

	private String onlyStream() throws Exception {
		JsonNode streams = JsonMapper.shared().readTree(this.atSecond.get("/api/chat/streams").body());
		assertThat(streams.size()).isEqualTo(1);
		return streams.get(0).get("streamId").asString();
	}

	@Test
	void anAnswerIsReadAndStoppedOnTheOtherServer() throws Exception {
		try (InputStream own = this.atFirst.openStream("hi").body()) {
			HttpReader.readUntil(own, "three");
			String stream = onlyStream();
			try (InputStream other = this.atSecond.openAgain(stream, 0).body()) {
				HttpReader.readUntil(other, "three");
				assertThat(this.atSecond.delete("/api/chat/stream/" + stream).statusCode()).isEqualTo(204);
				HttpReader.readUntil(own, "\"status\":\"stopped\"");
				HttpReader.readUntil(other, "\"status\":\"stopped\"");
			}
		}
	}

	@Test
	void theDeletionOfAConversationEndsItsAnswerOnTheOtherServer() throws Exception {
		try (InputStream own = this.atFirst.openStream("hi").body()) {
			HttpReader.readUntil(own, "three");
			ScriptedUpstream.Connection model = cluster.upstream().takeConnection();
			String stream = onlyStream();
			try (InputStream other = this.atSecond.openAgain(stream, 0).body()) {
				HttpReader.readUntil(other, "three");
				String conversation = "/api/conversations/" + onlyConversation();
				assertThat(this.atSecond.delete(conversation).statusCode()).isEqualTo(204);
				HttpReader.readUntil(own, "\"status\":\"stopped\"");
				HttpReader.readUntil(other, "\"status\":\"stopped\"");
				model.awaitClientClosed();
				assertThat(this.atFirst.get(conversation).statusCode()).isEqualTo(404);
			}
		}
		JsonNode streams = JsonMapper.shared().readTree(this.atSecond.get("/api/chat/streams").body());
		assertThat(streams.findValuesAsString("state")).containsExactly("stopped");
	}

	@Test
	void anAnswerOfAKilledServerEndsOnTheOtherWithAllThatWasShown() throws Exception {
		try (InputStream own = this.atFirst.openStream("hi").body()) {
			HttpReader.readUntil(own, "three");
			try (InputStream other = this.atSecond.openAgain(onlyStream(), 0).body()) {
				HttpReader.readUntil(other, "three");
				first.close();
				assertThat(HttpReader.readUntil(other, "\"retryable\":true}\n\n")).contains("event: error")
					.contains("\"code\":\"interrupted\"");
			}
		}
		Awaitility.await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> {
			JsonNode answer = answer();
			assertThat(answer.get("state").asString()).isEqualTo("interrupted");
			assertThat(answer.get("content").asString()).isEqualTo("one two three");
			assertThat(answer.get("reasoning").asString()).isEqualTo("Hm. ");
		});
	}

	@Test
	void anAnswerOfAServerThatStopsEndsOnTheOther() throws Exception {
		try (InputStream own = this.atFirst.openStream("hi").body()) {
			HttpReader.readUntil(own, "three");
			try (InputStream other = this.atSecond.openAgain(onlyStream(), 0).body()) {
				HttpReader.readUntil(other, "three");
				first.stop();
				HttpReader.readUntil(own, "\"code\":\"interrupted\"");
				HttpReader.readUntil(other, "\"code\":\"interrupted\"");
			}
		}
		first.awaitEnd();
		assertThat(answer().get("content").asString()).isEqualTo("one two three");
	}

	@Test
	void aLateReaderOnTheOtherServerHasTheHtmlOfFoldedReasoningAndText() throws Exception {
		List<String> thoughts = paragraphs("Thought");
		List<String> texts = paragraphs("Text");
		Script script = Script.stream();
		thoughts.forEach(script::reasoning);
		texts.forEach(script::text);
		cluster.upstream().instead(script.text("At *last*").text("\n\n").stall());
		try (InputStream own = this.atFirst.openStream("hi").body()) {
			HttpReader.readUntil(own, "last");
			Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> cluster.redis().keys("runnel:*:fold") == 1);
			try (InputStream other = this.atSecond.openAgain(onlyStream(), 0).body()) {
				SseTranscript late = SseTranscript.of(HttpReader.readUntil(other, "last</em></p>\\n\"}]}\n\n"));
				assertThat(late.thoughtHtml()).isEqualTo(MarkdownRenderer.render(String.join("", thoughts)));
				assertThat(late.html()).isEqualTo(MarkdownRenderer.render(String.join("", texts) + "At *last*"));
			}
		}
	}

	/** Redis has a log with twice as much text folded. */
	private static List<String> paragraphs(String name) {
		return IntStream.rangeClosed(1, 100)
			.mapToObj((i) -> name + " *" + i + "* " + "word ".repeat(800) + "\n\n")
			.toList();
	}

	@Test
	void readersOfBothServersSeeTextThatMovesToTheReasoning() throws Exception {
		cluster.upstream()
			.instead(Script.stream()
				.text("Hm, *wait*.\n\n")
				.text("Yes.")
				.text("</think>\n\n")
				.text("So **it** is.")
				.text("\n\nEnd")
				.stall());
		try (InputStream own = this.atFirst.openStream("hi").body()) {
			SseTranscript atWriter = SseTranscript.of(HttpReader.readUntil(own, "End</p>\\n\"}]}\n\n"));
			assertThat(atWriter.names()).contains("moved");
			assertThat(atWriter.thoughtHtml()).isEqualTo(MarkdownRenderer.render("Hm, *wait*.\n\nYes."));
			try (InputStream other = this.atSecond.openAgain(onlyStream(), 0).body()) {
				SseTranscript atOther = SseTranscript.of(HttpReader.readUntil(other, "End</p>\\n\"}]}\n\n"));
				assertThat(atOther.thoughtHtml()).isEqualTo(atWriter.thoughtHtml());
				assertThat(atOther.html()).isEqualTo(atWriter.html());
				assertThat(atOther.said()).isEqualTo(atWriter.said());
				first.close();
				HttpReader.readUntil(other, "\"code\":\"interrupted\"");
			}
		}
		Awaitility.await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> {
			assertThat(answer().get("state").asString()).isEqualTo("interrupted");
			assertThat(answer().get("reasoning").asString()).isEqualTo("Hm, *wait*.\n\nYes.");
			assertThat(answer().get("content").asString()).isEqualTo("So **it** is.\n\nEnd");
		});
	}

	private String onlyConversation() throws Exception {
		JsonNode list = JsonMapper.shared().readTree(this.atSecond.get("/api/conversations").body());
		return list.get("conversations").get(0).get("id").asString();
	}

	private JsonNode answer() throws Exception {
		JsonNode conversation = JsonMapper.shared()
			.readTree(this.atSecond.get("/api/conversations/" + onlyConversation()).body());
		return conversation.get("messages").get(1);
	}

}
