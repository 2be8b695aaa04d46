package dev.runnel.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import dev.runnel.markdown.MarkdownRenderer;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.jsoup.Jsoup;
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
 * The pages that a model service names reach the client, the conversation and its files.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Timeout(120)
class CitationTests {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final String LINK = "<a class=\"citation\" href=\"https://a.example/1\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">[1]</a>";

	private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.start(Script.hello());

	private final HttpReader reader;

	CitationTests(@LocalServerPort int port) {
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

	private JsonNode ask(Script script) throws Exception {
		UPSTREAM.instead(script);
		return JSON.readTree(this.reader.send(this.reader.ask("/api/chat", "{\"message\":\"q\"}")).body());
	}

	private void assertCited(JsonNode answer) throws Exception {
		assertThat(answer.get("citations").toString())
			.isEqualTo("[{\"url\":\"https://a.example/1\",\"title\":\"A page\"}]");
		assertThat(answer.get("html").asString()).isEqualTo("<p>So it is " + LINK + ".</p>\n");
		String conversation = "/api/conversations/" + answer.get("conversationId").asString();
		JsonNode stored = JSON.readTree(this.reader.get(conversation).body()).get("messages").get(1);
		assertThat(stored.get("citations")).isEqualTo(answer.get("citations"));
		assertThat(stored.get("html")).isEqualTo(answer.get("html"));
		assertThat(this.reader.get(conversation + "/export?format=json").body()).contains("\"title\":\"A page\"");
		assertThat(this.reader.get(conversation + "/export?format=markdown").body())
			.contains("1. [A page](<https://a.example/1>)");
		assertThat(this.reader.get(conversation + "/export?format=text").body())
			.contains("[1] A page, https://a.example/1");
		assertThat(this.reader.get(conversation + "/export?format=html").body()).contains(LINK,
				">A page</a></li></ol>");
		assertThat(this.reader.get("/ai-demo/c/" + answer.get("conversationId").asString()).body()).contains(LINK,
				">A page</a></li></ol>");
	}

	@Test
	void annotationsOfTheLastChunkAreKept() throws Exception {
		assertCited(ask(Script.stream()
			.text("So it is [1].")
			.data("{\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"annotations\":[{\"type\":\"url_citation\","
					+ "\"url_citation\":{\"url\":\"https://a.example/1\",\"title\":\"A page\",\"start_index\":9,\"end_index\":12}}]},"
					+ "\"finish_reason\":null}]}")
			.finish("stop")
			.done()
			.end()));
	}

	/**
	 * OpenRouter sends the pages of a search first, one in each chunk, and then the text.
	 */
	private static String found(String url, String title) {
		return "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\",\"role\":\"assistant\",\"annotations\":[{\"type\":\"url_citation\","
				+ "\"url_citation\":{\"url\":\"%s\",\"title\":\"%s\",\"start_index\":0,\"end_index\":0,\"content\":\"# Much text\"}}]},"
					.formatted(url, title)
				+ "\"finish_reason\":null}]}";
	}

	@Test
	void pagesThatComeBeforeTheFirstWordAreKept() throws Exception {
		assertCited(ask(Script.stream()
			.comment()
			.data(found("https://a.example/1", "A page"))
			.comment()
			.text("So it is [1].")
			.finish("stop")
			.data("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":9,"
					+ "\"completion_tokens\":3,\"cost\":0.0077,\"server_tool_use_details\":{\"web_search_requests\":1}}}")
			.done()
			.end()));
	}

	@Test
	void aPageWithoutATitleIsKeptInItsPlace() throws Exception {
		JsonNode answer = ask(Script.stream()
			.data(found("https://a.example/1", ""))
			.data(found("https://b.example/2", "B page"))
			.text("Both [1] and [2].")
			.finish("stop")
			.done()
			.end());
		assertThat(answer.get("citations").toString()).isEqualTo("[{\"url\":\"https://a.example/1\",\"title\":null},"
				+ "{\"url\":\"https://b.example/2\",\"title\":\"B page\"}]");
		assertThat(answer.get("html").asString()).contains("href=\"https://a.example/1\"",
				"href=\"https://b.example/2\"");
	}

	/** The titles are as awkward as those that a search finds. */
	@Test
	void everyFormOfAnAnswerHasTheSameSources() throws Exception {
		Script script = Script.stream();
		List<String> sources = new ArrayList<>();
		for (String title : List.of("one/two: How it is ...", "", "A \u00b7 B", "[x](y) *z* `c`", "1 < 2 & 3 > 2")) {
			String url = "https://a.example/" + sources.size() + "_(x)?a=1&b=*2*";
			script.comment().data(found(url, title));
			sources.add((title.isEmpty() ? url : title) + " " + url);
		}
		JsonNode answer = ask(script.text("All [1] to [5].").finish("stop").done().end());
		String conversation = "/api/conversations/" + answer.get("conversationId").asString();
		assertThat(listed(answer)).isEqualTo(sources);
		assertThat(listed(JSON.readTree(this.reader.get(conversation).body()).get("messages").get(1)))
			.isEqualTo(sources);
		assertThat(listed(JSON.readTree(export(conversation, "json")).findValue("answer"))).isEqualTo(sources);
		assertThat(linked(MarkdownRenderer.render(export(conversation, "markdown")), "ol a")).isEqualTo(sources);
		assertThat(linked(export(conversation, "html"), "ol.citations a")).isEqualTo(sources);
		String page = this.reader.get("/ai-demo/c/" + answer.get("conversationId").asString()).body();
		assertThat(linked(page, "ol.citations a")).isEqualTo(sources);
		assertThat(Pattern.compile("(?m)^\\[(\\d)] (.*)$")
			.matcher(export(conversation, "text"))
			.results()
			.map((line) -> line.group(2).startsWith("https:") ? line.group(2) + " " + line.group(2)
					: line.group(2).replace(", https:", " https:")))
			.isEqualTo(sources);
	}

	private String export(String conversation, String format) throws Exception {
		return this.reader.get(conversation + "/export?format=" + format).body();
	}

	private static List<String> listed(JsonNode answer) {
		return answer.get("citations").valueStream().map((page) -> {
			String url = page.get("url").asString();
			return page.path("title").asString(url) + " " + url;
		}).toList();
	}

	private static List<String> linked(String html, String links) {
		return Jsoup.parse(html).select(links).stream().map((link) -> link.text() + " " + link.attr("href")).toList();
	}

	@Test
	void citationsOfEachChunkGetTheTitlesOfTheSearchResults() throws Exception {
		assertCited(ask(Script.stream()
			.data("{\"citations\":[\"https://a.example/1\"],\"choices\":[{\"index\":0,\"delta\":{\"content\":\"So it is \"}}]}")
			.data("{\"citations\":[\"https://a.example/1\"],\"search_results\":[{\"title\":\"A page\",\"url\":\"https://a.example/1\"}],"
					+ "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"[1].\"}}]}")
			.finish("stop")
			.done()
			.end()));
	}

}
