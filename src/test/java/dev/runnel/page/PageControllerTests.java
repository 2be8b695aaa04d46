package dev.runnel.page;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.runnel.HttpClients;
import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.MessageId;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The responses at the page's addresses.
 */
class PageControllerTests {

	@RegisterExtension
	static final ChatSite site = new ChatSite();

	@Test
	void sendsTheRootToThePage() {
		get("/").expectStatus().is3xxRedirection().expectHeader().location("/ai-demo").expectBody().isEmpty();
	}

	@Test
	void servesThePageAndEachConversationsAddress() {
		ConversationId kept = site.chat().conversations.keep("Kept", Instant.EPOCH);
		for (String path : List.of("/ai-demo", "/ai-demo/c/" + kept)) {
			get(path).expectStatus()
				.isOk()
				.expectHeader()
				.contentTypeCompatibleWith(MediaType.TEXT_HTML)
				.expectBody(String.class)
				.value((page) -> assertThat(page).contains("role=\"log\"", "<noscript>").doesNotContain("th:"));
		}
	}

	@Test
	void rendersAConversationAndTheListBesideIt() {
		Message question = ScriptedConversations.question(null, "Is <b> safe?");
		Message answer = ScriptedConversations.answer(question.id(), complete("It *is*: <b>"));
		ConversationId id = site.chat().conversations.keep("On <safety>", Instant.now(), question, answer);
		get("/ai-demo/c/" + id).expectBody(String.class)
			.value((page) -> assertThat(page)
				.contains("Is &lt;b&gt; safe?", "<p>It <em>is</em>: &lt;b&gt;</p>", "id=\"m-" + answer.id() + "\"",
						"<title>On &lt;safety&gt; · Runnel</title>", "aria-current=\"page\"", "Today",
						"name=\"token\" value=\"token\"")
				.doesNotContain("<b>", "<safety>"));
	}

	@Test
	void rendersTheCurrentBranch() {
		Message question = ScriptedConversations.question(null, "Which?");
		Message first = ScriptedConversations.answer(question.id(), complete("The first"));
		Message second = ScriptedConversations.answer(question.id(), complete("The second"));
		ConversationId id = site.chat().conversations.keep("Branches", Instant.now(), question, first, second);
		get("/ai-demo/c/" + id).expectBody(String.class)
			.value((page) -> assertThat(page).contains("The second").doesNotContain("The first"));
	}

	@Test
	void aLongConversationComesWholeAndInOrder() {
		List<Message> messages = new ArrayList<>();
		for (int turn = 0; turn < 33; turn++) {
			MessageId parent = messages.isEmpty() ? null : messages.get(messages.size() - 1).id();
			messages.add(ScriptedConversations.question(parent, "Part " + turn));
		}
		ConversationId id = site.chat().conversations.keep("Long", Instant.now(), messages.toArray(new Message[0]));
		String page = get("/ai-demo/c/" + id).expectBody(String.class).returnResult().getResponseBody();
		assertThat(Pattern.compile("id=\"m-([^\"]+)\"").matcher(page).results().map((found) -> found.group(1)))
			.containsExactlyElementsOf(messages.stream().map((message) -> message.id().toString()).toList());
		assertThat(page).endsWith("</html>\n");
	}

	@Test
	void leavesOutTheBeginningOfAVeryLongAnswerAndServesItApart() {
		Message question = ScriptedConversations.question(null, "All?");
		Message answer = ScriptedConversations.answer(question.id(),
				complete("- first\n" + "- item\n".repeat(9000) + "- last\n"));
		ConversationId id = site.chat().conversations.keep("Very long", Instant.now(), question, answer);
		String page = get("/ai-demo/c/" + id).expectBody(String.class).returnResult().getResponseBody();
		String beginning = get(addressOfBeginning(page)).expectHeader()
			.cacheControl(CacheControl.noStore())
			.expectHeader()
			.contentType("text/html;charset=UTF-8")
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		assertThat(page).contains(">last</li>").doesNotContain(">first</li>");
		assertThat(beginning).startsWith("<div class=\"block cut\"><ul>")
			.contains(">first</li>")
			.doesNotContain(">last</li>")
			.endsWith("</ul></div><!---->");
		assertThat((beginning + page).split(">item</li>", -1)).hasSize(9001);
		assertThat(page.split(">item</li>", -1)).hasSizeLessThan(4000);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void leavesOutTheBeginningOfAVeryLongQuestionAndOfVeryLongReasoning(boolean isReasoning) {
		String list = "- first\n" + "- item\n".repeat(6000) + "- last\n";
		Message question = ScriptedConversations.question(null, isReasoning ? "All?" : list);
		Answer answer = new Answer(AnswerState.COMPLETE, "So.", isReasoning ? list : "", Source.OPENROUTER,
				"small/model", null, FinishReason.STOP, null, null, null);
		ConversationId id = site.chat().conversations.keep("Very long", Instant.now(), question,
				ScriptedConversations.answer(question.id(), answer));
		String page = get("/ai-demo/c/" + id).expectBody(String.class).returnResult().getResponseBody();
		assertThat(page).contains(">last</li>").doesNotContain(">first</li>");
		String address = addressOfBeginning(page);
		assertThat(address.contains("/reasoning/")).isEqualTo(isReasoning);
		get(address).expectBody(String.class)
			.value((beginning) -> assertThat(beginning).contains(">first</li>").doesNotContain(">last</li>"));
	}

	@Test
	void rendersQuestionsAndReasoningAndKeepsTheSourceOfAQuestion() {
		Message question = ScriptedConversations.question(null, "Is `<b>` *safe*?\nReally?");
		Message answer = ScriptedConversations.answer(question.id(), new Answer(AnswerState.COMPLETE, "So.",
				"1. *Hm* <i>", Source.OPENROUTER, "small/model", null, FinishReason.STOP, null, null, null));
		ConversationId id = site.chat().conversations.keep("Rendered", Instant.now(), question, answer);
		get("/ai-demo/c/" + id).expectBody(String.class)
			.value((page) -> assertThat(page)
				.contains("<p>Is <code>&lt;b&gt;</code> <em>safe</em>?\nReally?</p>", "<em>Hm</em> &lt;i&gt;</li>",
						"data-markdown=\"Is `&lt;b&gt;` *safe*?\nReally?\"")
				.doesNotContain("<b>", "<i>Hm"));
	}

	@Test
	void aBeginningOfNoTextIsNotFound() {
		Message question = ScriptedConversations.question(null, "All?");
		ConversationId id = site.chat().conversations.keep("A question", Instant.now(), question);
		for (String text : List.of(question.id() + "/reasoning", UUID.randomUUID().toString())) {
			get("/ai-demo/c/" + id + "/beginning/" + text + "/1").expectStatus().isNotFound();
		}
	}

	@Test
	void theBeginningOfAnAnswerStaysTheSameWhileTheAnswerGrows() {
		Message question = ScriptedConversations.question(null, "All?");
		Message answer = ScriptedConversations.answer(question.id(), complete("- item\n".repeat(3000)));
		ConversationId id = site.chat().conversations.keep("Growing", Instant.now(), question, answer);
		String page = get("/ai-demo/c/" + id).expectBody(String.class).returnResult().getResponseBody();
		String address = addressOfBeginning(page);
		String before = get(address).expectBody(String.class).returnResult().getResponseBody();
		String grown = "- item\n".repeat(6000);
		site.chat().conversations.put(id,
				new Message(answer.id(), question.id(), answer.role(), grown, answer.createdAt(), complete(grown)));
		assertThat(get(address).expectBody(String.class).returnResult().getResponseBody()).isEqualTo(before);
		assertThat((before + page).split(">item</li>", -1)).hasSize(3001);
	}

	private static String addressOfBeginning(String page) {
		Matcher link = Pattern.compile("href=\"(/ai-demo/c/[^\"]+/beginning/[^\"]+)\"").matcher(page);
		assertThat(link.find()).isTrue();
		return link.group(1);
	}

	@Test
	void aConversationThatIsNotTheVisitorsIsAFriendlyPage() {
		String page = HttpClients.at(site.url(""))
			.build()
			.get()
			.uri("/ai-demo/c/" + UUID.randomUUID())
			.accept(MediaType.TEXT_HTML)
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		assertThat(page).contains("Chat not found.", "href=\"/ai-demo\"");
	}

	@Test
	void findsWithoutAScript() {
		site.chat().conversations.keep("Rivers of Europe", Instant.now());
		site.chat().conversations.keep("Mountains", Instant.now());
		get("/ai-demo?query=river").expectBody(String.class)
			.value((page) -> assertThat(page).contains("<mark>River</mark>s of Europe").doesNotContain("Mountains"));
	}

	@Test
	void searchesForNoMoreThanTheApi() {
		HttpClients.at(site.url(""))
			.build()
			.get()
			.uri("/ai-demo?query=" + "x".repeat(201))
			.accept(MediaType.TEXT_HTML)
			.exchange()
			.expectStatus()
			.isBadRequest();
		get("/ai-demo?query=" + "x".repeat(200)).expectStatus().isOk();
	}

	@Test
	void namesItsFilesByTheirContentForBrowsersToKeep() {
		String page = get("/ai-demo").expectHeader()
			.cacheControl(CacheControl.noCache().cachePrivate())
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		List<String> files = Pattern.compile("(?:src|href)=\"(/assets/[^\"]+)\"")
			.matcher(page)
			.results()
			.map((file) -> file.group(1))
			.toList();
		assertThat(files).hasSizeBetween(5, 8).anyMatch((file) -> file.endsWith("/js/app.js"));
		assertThat(files).allSatisfy((file) -> get(file).expectStatus()
			.isOk()
			.expectHeader()
			.cacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable()));
	}

	@Test
	void sendsFilesCompressedToThoseWhoAcceptIt() {
		String script = site.assets() + "/js/app.js";
		get(script).expectHeader()
			.doesNotExist(HttpHeaders.CONTENT_ENCODING)
			.expectHeader()
			.valueEquals(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
		byte[] compressed = get(script, HttpHeaders.ACCEPT_ENCODING, "gzip, deflate, br").expectHeader()
			.valueEquals(HttpHeaders.CONTENT_ENCODING, "gzip")
			.expectHeader()
			.valueEquals(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
			.expectHeader()
			.contentType("text/javascript")
			.expectBody()
			.returnResult()
			.getResponseBody();
		assertThat(Path.of("target/classes/bundle/js/app.js.gz")).hasBinaryContent(compressed);
		get(site.assets() + "/manifest.webmanifest").expectHeader().contentType("application/manifest+json");
	}

	@ParameterizedTest
	@ValueSource(strings = { "gzip", "identity" })
	void sendsAFileThatABrowserHasWithoutItsContent(String encoding) {
		String style = site.assets() + "/css/page.css";
		String modified = get(style, HttpHeaders.ACCEPT_ENCODING, encoding).expectBody(byte[].class)
			.returnResult()
			.getResponseHeaders()
			.getFirst(HttpHeaders.LAST_MODIFIED);
		client().get()
			.uri(style)
			.header(HttpHeaders.ACCEPT_ENCODING, encoding)
			.header(HttpHeaders.IF_MODIFIED_SINCE, modified)
			.exchange()
			.expectStatus()
			.isNotModified()
			.expectHeader()
			.valueEquals(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
			.expectBody()
			.isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 101, 900 })
	void sendsAFileWholeToThoseWhoAskForParts(int parts) {
		String ranges = IntStream.range(0, parts).mapToObj((from) -> from + "-").collect(Collectors.joining(","));
		byte[] whole = get("/icons/icon-192.png").expectBody(byte[].class).returnResult().getResponseBody();
		get("/icons/icon-192.png", HttpHeaders.RANGE, "bytes=" + ranges).expectStatus()
			.isOk()
			.expectBody(byte[].class)
			.isEqualTo(whole);
	}

	@Test
	void readsNoVeryLongListOfLanguages() {
		String languages = "de" + ",xy".repeat(332);
		get("/ai-demo", HttpHeaders.ACCEPT_LANGUAGE, languages).expectBody(String.class)
			.value((page) -> assertThat(page).contains("<html lang=\"de\""));
		get("/ai-demo", HttpHeaders.ACCEPT_LANGUAGE, languages + ",xy").expectBody(String.class)
			.value((page) -> assertThat(page).contains("<html lang=\"en\""));
	}

	@Test
	void hasNoFilesOfAnotherVersion() {
		get("/assets/0000000000000000/js/app.js").expectStatus().isNotFound().expectBody(String.class);
	}

	@Test
	void leadsFromAnAddressWithoutAPageBackToTheChat() {
		String page = HttpClients.at(site.url(""))
			.build()
			.get()
			.uri("/nowhere?x=<script>")
			.accept(MediaType.TEXT_HTML)
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		assertThat(page).contains("There is no page at this address.", "href=\"/ai-demo\"")
			.doesNotContain("<script>", "nowhere", "Exception", "Whitelabel");
	}

	@Test
	void carriesNothingInlineThatThePolicyForbids() {
		get("/ai-demo").expectBody(String.class)
			.value((page) -> assertThat(page).doesNotContainPattern(
					"<script(?![^>]*(?:src=|type=\"application/json\"))|<style|\\sstyle=|\\son[a-z]+="));
	}

	@Test
	void saysNothingAboutAMissingModelIfThereIsOne() {
		get("/ai-demo").expectBody(String.class)
			.value((page) -> assertThat(page).contains("model-choice").doesNotContain("OPENROUTER_API_KEY"));
	}

	@Test
	void knowsNoConversationByAnotherName() {
		get("/ai-demo/c/last").expectStatus().isNotFound().expectBody(String.class);
	}

	static Answer complete(String content) {
		return new Answer(AnswerState.COMPLETE, content, "", Source.OPENROUTER, "small/model", null, FinishReason.STOP,
				null, null, null);
	}

	private static WebTestClient.ResponseSpec get(String path) {
		return client().get().uri(path).exchange();
	}

	private static WebTestClient.ResponseSpec get(String path, String header, String value) {
		return client().get().uri(path).header(header, value).exchange();
	}

	/** Another client than the default, which decompresses responses. */
	private static WebTestClient client() {
		return HttpClients.at(site.url("")).build();
	}

}
