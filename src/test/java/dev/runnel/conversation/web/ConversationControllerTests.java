package dev.runnel.conversation.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.runnel.markdown.MarkdownRenderer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of stored conversations over HTTP.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "runnel.mock.pace=0")
class ConversationControllerTests {

	private static final String UNKNOWN = "0b6f3a0e-0000-7000-8000-000000000000";

	private final int port;

	private Api api;

	ConversationControllerTests(@LocalServerPort int port) {
		this.port = port;
	}

	@BeforeEach
	void arrive() {
		this.api = Api.visitor(this.port);
	}

	private static List<String> values(JsonNode array, String field) {
		List<String> values = new ArrayList<>();
		array.forEach((node) -> values.add(node.get(field).asString()));
		return values;
	}

	@Test
	void listsTheNewestFirstInPages() {
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			ids.add(0, this.api.begin("question " + i));
		}
		List<String> listed = new ArrayList<>();
		String cursor = "";
		do {
			JsonNode page = Api.json(this.api.get("/api/conversations?limit=2&cursor={cursor}", cursor));
			listed.addAll(values(page.get("conversations"), "id"));
			cursor = page.get("nextCursor").asString(null);
		}
		while (cursor != null);
		assertThat(listed).isEqualTo(ids);
	}

	@Test
	void anEntryOfTheListHasTheFieldsOfTheContract() {
		String id = this.api.begin("# What is *tea*?\n\nReally.");
		JsonNode entry = Api.json(this.api.get("/api/conversations")).get("conversations").get(0);
		assertThat(entry.propertyNames()).containsExactly("id", "title", "pinned", "createdAt", "updatedAt",
				"currentMessageId");
		assertThat(entry.get("id").asString()).isEqualTo(id);
		assertThat(entry.get("title").asString()).isEqualTo("What is tea?");
		assertThat(entry.get("pinned").asBoolean()).isFalse();
		assertThat(entry.get("createdAt").asString()).endsWith("Z");
	}

	@Test
	void listsPinnedOnesApart() {
		String one = this.api.begin("one");
		String two = this.api.begin("two");
		assertThat(this.api.patch(one, "{\"pinned\":true}").get("pinned").asBoolean()).isTrue();
		assertThat(values(Api.json(this.api.get("/api/conversations?pinned=true")).get("conversations"), "id"))
			.containsExactly(one);
		assertThat(values(Api.json(this.api.get("/api/conversations?pinned=false")).get("conversations"), "id"))
			.containsExactly(two);
	}

	@Test
	void findsWordsByTheirBeginningAndMarksThem() {
		String id = this.api.begin("Tell me about giraffes in Zanzibar");
		this.api.begin("Tell me about nothing");
		JsonNode found = find("zanzi GIRAFFE");
		assertThat(values(found, "id")).containsExactly(id);
		JsonNode entry = found.get(0);
		assertThat(entry.get("snippet")).anySatisfy((piece) -> {
			assertThat(piece.get("hit").asBoolean()).isTrue();
			assertThat(piece.get("text").asString()).isEqualToIgnoringCase("zanzibar");
		});
		assertThat(entry.propertyNames()).contains("messageId");
	}

	/**
	 * Waits until the search finds something, because the index is updated a moment
	 * later.
	 */
	private JsonNode find(String query) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> Api.json(this.api.get("/api/conversations?query={query}", query)).get("conversations"),
					(found) -> !found.isEmpty());
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "nothing-like-this", "a\u0000b", "%", "'", "\"", "* ? ~ ( : ^", "\uD83D\uDE00", "-", "&|!" })
	void aStrangeSearchFindsNothingAndDoesNoHarm(String query) {
		this.api.begin("hello");
		assertThat(Api.json(this.api.get("/api/conversations?query={query}", query)).get("conversations")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "limit=0,limit", "limit=101,limit", "limit=x,limit", "pinned=perhaps,pinned",
			"cursor=bWFkZSB1cA,cursor", "cursor=%00,cursor", "cursor=-1,cursor", "query=a&cursor=zzz,cursor",
			"query=a&pinned=true,pinned" })
	void namesTheParameterThatIsWrong(String parameters, String field) {
		JsonNode problem = Api.problem(
				this.api
					.get(java.net.URI.create("/api/conversations?" + parameters).toString().replace("%00", "\u0000")),
				400);
		assertThat(problem.get("code").asString()).isEqualTo("invalid_request");
		assertThat(problem.get("errors").get(0).get("field").asString()).isEqualTo(field);
	}

	@Test
	void refusesAQueryThatIsTooLong() {
		JsonNode problem = Api.problem(this.api.get("/api/conversations?query={query}", "a".repeat(201)), 400);
		assertThat(problem.get("errors").get(0).get("field").asString()).isEqualTo("query");
	}

	@Test
	void readsAConversationWithItsTree() {
		JsonNode first = this.api.ask("{\"message\":\"**hi** <b>\"}");
		String id = first.get("conversationId").asString();
		this.api.ask("{\"message\":\"again\",\"conversationId\":\"" + id + "\"}");
		JsonNode conversation = this.api.conversation(id);
		assertThat(conversation.propertyNames()).containsExactly("id", "title", "pinned", "createdAt", "updatedAt",
				"currentMessageId", "settings", "messages");
		assertThat(conversation.get("settings").propertyNames()).containsExactly("model", "system", "temperature",
				"topP", "maxTokens", "reasoningEffort", "webSearch");
		JsonNode messages = conversation.get("messages");
		assertThat(values(messages, "role")).containsExactly("user", "assistant", "user", "assistant");
		assertThat(conversation.get("currentMessageId")).isEqualTo(messages.get(3).get("id"));
		assertThat(messages.get(0).get("parentId").isNull()).isTrue();
		for (int i = 1; i < 4; i++) {
			assertThat(messages.get(i).get("parentId")).isEqualTo(messages.get(i - 1).get("id"));
		}
	}

	@Test
	void aMessageHasTheFieldsOfTheContract() {
		JsonNode first = this.api.ask("{\"message\":\"**hi** <b>\"}");
		JsonNode messages = this.api.conversation(first.get("conversationId").asString()).get("messages");
		assertThat(messages.get(0).propertyNames()).containsExactly("id", "parentId", "role", "content", "createdAt",
				"html");
		assertThat(messages.get(0).get("content").asString()).isEqualTo("**hi** <b>");
		assertThat(messages.get(0).get("html").asString()).isEqualTo("<p><strong>hi</strong> &lt;b&gt;</p>\n");
		JsonNode answer = messages.get(1);
		assertThat(answer.propertyNames()).containsExactly("id", "parentId", "role", "content", "createdAt", "html",
				"reasoning", "model", "provider", "source", "state", "finishReason", "usage", "timing");
		assertThat(answer.get("id")).isEqualTo(first.get("messageId"));
		assertThat(answer.get("content")).isEqualTo(first.get("content"));
		assertThat(answer.get("html").asString()).isEqualTo(MarkdownRenderer.render(first.get("content").asString()));
		assertThat(answer.get("source").asString()).isEqualTo("mock");
		assertThat(answer.get("state").asString()).isEqualTo("complete");
		assertThat(answer.get("timing").propertyNames()).containsExactly("firstTokenMs", "totalMs");
	}

	@Test
	void reasoningHasHtmlToo() {
		String id = this.api.begin("/mock reasoning");
		JsonNode answer = this.api.conversation(id).get("messages").get(1);
		assertThat(answer.get("reasoning").asString()).isNotEmpty();
		assertThat(answer.get("reasoningHtml").asString())
			.isEqualTo(MarkdownRenderer.render(answer.get("reasoning").asString()));
		assertThat(Api.json(this.api.get("/api/conversations/" + id + "?format=markdown"))
			.get("messages")
			.get(1)
			.has("reasoningHtml")).isFalse();
	}

	@Test
	void leavesHtmlOutWhereOnlyMarkdownIsWanted() {
		String id = this.api.begin("hi");
		JsonNode messages = Api.json(this.api.get("/api/conversations/" + id + "?format=markdown")).get("messages");
		assertThat(messages.get(0).has("html")).isFalse();
		assertThat(messages.get(1).has("html")).isFalse();
		assertThat(messages.get(1).get("content").asString()).isNotEmpty();
	}

	@Test
	void renamesWithATitleOfOneLine() {
		String id = this.api.begin("hi");
		JsonNode head = this.api.patch(id, "{\"title\":\"  About\\n\\u0000 tea \\uD83D\"}");
		assertThat(head.propertyNames()).containsExactly("id", "title", "pinned", "createdAt", "updatedAt",
				"currentMessageId", "settings");
		assertThat(head.get("title").asString()).isEqualTo("About tea \uFFFD");
		assertThat(this.api.conversation(id).get("title").asString()).isEqualTo("About tea \uFFFD");
	}

	@Test
	void aTitleMayHave200Characters() {
		String id = this.api.begin("hi");
		String title = "x".repeat(200);
		assertThat(this.api.patch(id, "{\"title\":\" " + title + " \"}").get("title").asString()).isEqualTo(title);
	}

	@Test
	void choosesABranchByAnyOfItsMessages() {
		JsonNode first = this.api.ask("{\"message\":\"one\"}");
		String id = first.get("conversationId").asString();
		this.api.ask("{\"message\":\"two\",\"conversationId\":\"" + id + "\"}");
		JsonNode messages = this.api.conversation(id).get("messages");
		String question = messages.get(0).get("id").asString();
		String leaf = messages.get(3).get("id").asString();
		JsonNode other = this.api
			.ask("{\"message\":\"other one\",\"conversationId\":\"" + id + "\",\"parentId\":\"" + question + "\"}");
		assertThat(this.api.conversation(id).get("currentMessageId")).isEqualTo(other.get("messageId"));
		JsonNode head = this.api.patch(id, "{\"currentMessageId\":\"" + question + "\"}");
		assertThat(head.get("currentMessageId").asString()).isEqualTo(leaf);
		assertThat(this.api.conversation(id).get("currentMessageId").asString()).isEqualTo(leaf);
	}

	@Test
	void keepsSettingsAsAWhole() {
		String id = this.api.begin("hi");
		JsonNode settings = this.api.patch(id,
				"{\"settings\":{\"system\":\"Be brief.\",\"temperature\":0.5,\"topP\":0.9,\"maxTokens\":50,\"reasoningEffort\":\"low\",\"webSearch\":true}}")
			.get("settings");
		assertThat(settings.get("system").asString()).isEqualTo("Be brief.");
		assertThat(settings.get("temperature").asDouble()).isEqualTo(0.5);
		assertThat(settings.get("reasoningEffort").asString()).isEqualTo("low");
		assertThat(settings.get("webSearch").asBoolean()).isTrue();
		assertThat(this.api.conversation(id).get("settings")).isEqualTo(settings);
		JsonNode replaced = this.api.patch(id, "{\"settings\":{\"topP\":1}}").get("settings");
		assertThat(replaced.get("system").isNull()).isTrue();
		assertThat(replaced.get("topP").asDouble()).isEqualTo(1);
	}

	@Test
	void aChangeOfNothingChangesNothing() {
		String id = this.api.begin("hi");
		JsonNode before = this.api.conversation(id);
		JsonNode head = this.api.patch(id, "{\"title\":null,\"unknown\":1}");
		assertThat(head.get("title")).isEqualTo(before.get("title"));
		assertThat(head.get("updatedAt")).isEqualTo(before.get("updatedAt"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "{\"title\":\" \"} | title", "{\"title\":\"\"} | title",
			"{\"title\":5} | title", "{\"title\":[\"a\"]} | title", "{\"pinned\":\"yes\"} | pinned",
			"{\"currentMessageId\":\"x\"} | currentMessageId", "{\"settings\":5} | settings",
			"{\"settings\":{\"temperature\":3}} | settings.temperature", "{\"settings\":{\"topP\":0}} | settings.topP",
			"{\"settings\":{\"maxTokens\":0}} | settings.maxTokens",
			"{\"settings\":{\"maxTokens\":1.5}} | settings.maxTokens",
			"{\"settings\":{\"reasoningEffort\":\"x\"}} | settings.reasoningEffort",
			"{\"settings\":{\"model\":\"\"}} | settings.model",
			"{\"settings\":{\"model\":\"no/such-model\"}} | settings.model" })
	void namesTheFieldThatIsWrong(String body, String field) {
		String id = this.api.begin("hi");
		JsonNode problem = Api.problem(this.api.send(HttpMethod.PATCH, "/api/conversations/" + id, body), 400);
		assertThat(problem.get("code").asString()).isEqualTo("invalid_request");
		assertThat(problem.get("errors").get(0).get("field").asString()).isEqualTo(field);
	}

	@Test
	void refusesATitleThatIsTooLong() {
		String id = this.api.begin("hi");
		JsonNode problem = Api.problem(
				this.api.send(HttpMethod.PATCH, "/api/conversations/" + id, "{\"title\":\"" + "x".repeat(201) + "\"}"),
				400);
		assertThat(problem.get("errors").get(0).get("message").asString()).contains("200");
	}

	@Test
	void refusesABranchOfAnotherConversation() {
		String id = this.api.begin("hi");
		JsonNode other = this.api.ask("{\"message\":\"other\"}");
		for (String message : List.of(UNKNOWN, other.get("messageId").asString())) {
			JsonNode problem = Api.problem(this.api.send(HttpMethod.PATCH, "/api/conversations/" + id,
					"{\"currentMessageId\":\"" + message + "\"}"), 404);
			assertThat(problem.get("code").asString()).isEqualTo("not_found");
		}
	}

	@Test
	void deletesForGood() {
		String id = this.api.begin("hi");
		this.api.delete("/api/conversations/" + id).expectStatus().isNoContent();
		Api.problem(this.api.get("/api/conversations/" + id), 404);
		Api.problem(this.api.delete("/api/conversations/" + id), 404);
		assertThat(Api.json(this.api.get("/api/conversations")).get("conversations")).isEmpty();
		assertThat(Api.json(this.api.get("/api/conversations?query=hi")).get("conversations")).isEmpty();
	}

	@Test
	void objectsOfOthersDoNotExist() {
		String id = this.api.begin("secret plan");
		String message = this.api.conversation(id).get("currentMessageId").asString();
		Api stranger = Api.visitor(this.port);
		String own = stranger.begin("own");
		Api.problem(stranger.get("/api/conversations/" + id), 404);
		Api.problem(stranger.send(HttpMethod.PATCH, "/api/conversations/" + id, "{\"title\":\"mine\"}"), 404);
		Api.problem(stranger.send(HttpMethod.PATCH, "/api/conversations/" + own,
				"{\"currentMessageId\":\"" + message + "\"}"), 404);
		Api.problem(stranger.delete("/api/conversations/" + id), 404);
		assertThat(values(Api.json(stranger.get("/api/conversations")).get("conversations"), "id"))
			.containsExactly(own);
		assertThat(Api.json(stranger.get("/api/conversations?query=secret")).get("conversations")).isEmpty();
		assertThat(this.api.conversation(id).get("title").asString()).isEqualTo("secret plan");
	}

	@ParameterizedTest
	@ValueSource(strings = { "nonsense", "0b6f3a0e", "0b6f3a0e-0000-7000-8000-00000000000g" })
	void aMalformedIdIsABadRequest(String id) {
		String path = "/api/conversations/" + id;
		Api.problem(this.api.get(path), 400);
		Api.problem(this.api.delete(path), 400);
		Api.problem(this.api.send(HttpMethod.PATCH, path, "{}"), 400);
	}

	@Test
	void anUnknownIdIsNotFound() {
		String path = "/api/conversations/" + UNKNOWN;
		Api.problem(this.api.get(path), 404);
		Api.problem(this.api.delete(path), 404);
		Api.problem(this.api.send(HttpMethod.PATCH, path, "{\"title\":\"a\"}"), 404);
	}

	@Test
	void refusesAFormatThatThereIsNot() {
		String id = this.api.begin("hi");
		JsonNode problem = Api.problem(this.api.get("/api/conversations/" + id + "?format=pdf"), 400);
		assertThat(problem.get("errors").get(0).get("field").asString()).isEqualTo("format");
	}

	@Test
	void temporaryConversationIsNotListed() {
		JsonNode answer = this.api.ask("{\"message\":\"between us\",\"temporary\":true}");
		Api.problem(this.api.get("/api/conversations/" + answer.get("conversationId").asString()), 404);
		assertThat(Api.json(this.api.get("/api/conversations")).get("conversations")).isEmpty();
	}

	@Test
	void aBranchBecomesAConversationOfItsOwn() {
		String id = this.api.begin("first");
		this.api.ask("{\"message\":\"second\",\"conversationId\":\"" + id + "\"}");
		JsonNode messages = this.api.conversation(id).get("messages");
		JsonNode copied = Api.json(branch(id, "{\"messageId\":\"" + messages.get(1).get("id").asString() + "\"}"));
		JsonNode copy = this.api.conversation(copied.get("id").asString());
		assertThat(copy.get("id").asString()).isNotEqualTo(id);
		assertThat(copy.get("title").asString()).isEqualTo("first");
		assertThat(values(copy.get("messages"), "content")).containsExactly("first",
				messages.get(1).get("content").asString());
		assertThat(this.api.conversation(id).get("messages")).hasSize(4);
	}

	@Test
	void aBranchEndsWithAMessageOfItsConversation() {
		String id = this.api.begin("first");
		Api.problem(branch(id, "{\"messageId\":\"" + UNKNOWN + "\"}"), 404);
		Api.problem(branch(id, "{}"), 400);
	}

	private WebTestClient.ResponseSpec branch(String id, String json) {
		return this.api.send(HttpMethod.POST, "/api/conversations/" + id + "/branches", json);
	}

}
