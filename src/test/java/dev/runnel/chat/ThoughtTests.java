package dev.runnel.chat;

import java.util.ArrayList;
import java.util.List;

import dev.runnel.markdown.MarkdownRenderer;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Thoughts that a model writes into its text, over HTTP, with a scripted upstream.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "runnel.chat.title-timeout=0")
@Timeout(120)
class ThoughtTests {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.start(Script.hello());

	private final HttpReader reader;

	ThoughtTests(@LocalServerPort int port) {
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

	private static Script says(String... deltas) {
		Script script = Script.stream();
		for (String delta : deltas) {
			script.text(delta);
		}
		return script.finish("stop").done().end();
	}

	private String post(String path, String body) throws Exception {
		return this.reader.send(this.reader.ask(path, body)).body();
	}

	private JsonNode answer(String conversation) throws Exception {
		return JSON.readTree(this.reader.get("/api/conversations/" + conversation).body()).get("messages").get(1);
	}

	@Test
	void aThoughtStaysOutOfTheAnswerTheNextQuestionTheSearchAndTheExport() throws Exception {
		UPSTREAM.instead(says("<thi", "nk>\nzebra plan</th", "ink>\n\nThe *answer*."), says("Again."));
		JsonNode first = JSON.readTree(post("/api/chat", "{\"message\":\"q1\"}"));
		assertThat(first.get("content").asString()).isEqualTo("The *answer*.");
		String id = first.get("conversationId").asString();
		assertThat(answer(id).get("content").asString()).isEqualTo("The *answer*.");
		assertThat(answer(id).get("reasoning").asString()).isEqualTo("zebra plan");
		post("/api/chat", "{\"message\":\"q2\",\"conversationId\":\"%s\"}".formatted(id));
		List<String> asked = new ArrayList<>();
		UPSTREAM.takeRequest();
		JSON.readTree(UPSTREAM.takeRequest().text())
			.get("messages")
			.forEach((message) -> asked.add(message.get("content").asString()));
		assertThat(asked).containsSubsequence("q1", "The *answer*.", "q2");
		assertThat(this.reader.get("/api/conversations?query=zebra").body()).doesNotContain(id);
		assertThat(this.reader.get("/api/conversations/" + id + "/export?format=markdown").body())
			.doesNotContain("think>");
	}

	@Test
	void aClosingTagAloneMovesTheTextAndTheNextAnswerBeginsAsAThought() throws Exception {
		UPSTREAM.instead(says("Hm, *wait*.\n\n", "Yes.", "</think>\n\n", "So **it** is."));
		SseTranscript first = SseTranscript.of(post("/api/chat/stream", "{\"message\":\"q\"}"));
		assertThat(first.names()).contains("moved").endsWith("complete");
		assertThat(first.html()).isEqualTo(MarkdownRenderer.render("So **it** is."));
		assertThat(first.thought()).isEqualTo("Hm, *wait*.\n\nYes.");
		assertThat(first.thoughtHtml()).isEqualTo(MarkdownRenderer.render("Hm, *wait*.\n\nYes."));
		JsonNode start = first.events().get(0).data();
		JsonNode stored = answer(start.get("conversationId").asString());
		assertThat(stored.get("content").asString()).isEqualTo("So **it** is.");
		assertThat(stored.get("reasoning").asString()).isEqualTo("Hm, *wait*.\n\nYes.");
		SseTranscript again = SseTranscript
			.of(this.reader.get("/api/chat/stream/" + start.get("streamId").asString() + "?after=0").body());
		assertThat(again.names()).containsSubsequence("start", "message", "moved", "message", "complete");
		assertThat(again.html()).isEqualTo(first.html());
		assertThat(again.thoughtHtml()).isEqualTo(first.thoughtHtml());
		SseTranscript next = SseTranscript.of(post("/api/chat/stream", "{\"message\":\"q\"}"));
		assertThat(next.names()).doesNotContain("moved");
		assertThat(next.reasoning()).isEqualTo("Hm, *wait*.\n\nYes.");
		assertThat(next.thoughtHtml()).isEqualTo(first.thoughtHtml());
		assertThat(next.content()).isEqualTo("So **it** is.");
	}

}
