package dev.runnel.export;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import dev.runnel.attachments.SampleFiles;
import dev.runnel.conversation.web.Api;
import dev.runnel.upstream.Attachment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Export and import over HTTP, with a real database.
 */
@Tag("one-jdk")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "runnel.mock.pace=0", "runnel.import.max-size=20MB", "runnel.data-dir=mem" })
class ArchiveTests {

	private static final String UNKNOWN = "0b6f3a0e-0000-7000-8000-000000000000";

	private static final String IMPORT = "/api/conversations/import";

	private static final MediaType ZIP = MediaType.valueOf("application/zip");

	private static final String FILE = Samples.json(Samples.branched());

	private final int port;

	private Api api;

	ArchiveTests(@LocalServerPort int port) {
		this.port = port;
	}

	@BeforeEach
	void arrive() {
		this.api = Api.visitor(this.port);
	}

	private static EntityExchangeResult<byte[]> download(WebTestClient.ResponseSpec response) {
		return response.expectStatus().isOk().expectBody().returnResult();
	}

	private static byte[] exportAll(Api api) {
		return download(api.get("/api/conversations/export")).getResponseBody();
	}

	private static JsonNode importInto(Api api, byte[] zip) {
		return Api.json(api.send(HttpMethod.POST, IMPORT, ZIP, zip).expectStatus().isCreated());
	}

	private static byte[] zip(Map<String, String> files) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			for (Map.Entry<String, String> file : files.entrySet()) {
				zip.putNextEntry(new ZipEntry(file.getKey()));
				zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
			}
		}
		return bytes.toByteArray();
	}

	private static List<String> names(byte[] zip) throws IOException {
		List<String> names = new ArrayList<>();
		try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
			for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
				names.add(entry.getName());
			}
		}
		return names;
	}

	@Test
	void aThousandConversationsComeBackEqual() throws IOException {
		Map<String, String> files = new TreeMap<>();
		for (int i = 0; i < 1000; i++) {
			files.put("%04d.json".formatted(i), Samples.json(RandomConversation.of(new Random(i))));
		}
		JsonNode first = importInto(this.api, zip(files));
		assertThat(first.get("imported")).hasSize(1000);
		assertThat(first.get("skipped")).isEmpty();
		byte[] exported = exportAll(this.api);
		assertThat(names(exported)).hasSize(1000).doesNotHaveDuplicates();
		Api other = Api.visitor(this.port);
		assertThat(importInto(other, exported).get("imported")).hasSize(1000);
		assertThat(exportAll(other)).isEqualTo(exported);
	}

	@ParameterizedTest
	@CsvSource({ "markdown,text/markdown;charset=UTF-8,md", "text,text/plain;charset=UTF-8,txt",
			"html,text/html;charset=UTF-8,html", "json,application/json,json" })
	void aConversationIsADownload(String format, String type, String extension) {
		String id = this.api.begin("Grüße / 茶?");
		EntityExchangeResult<byte[]> file = download(
				this.api.get("/api/conversations/" + id + "/export?format=" + format));
		HttpHeaders headers = file.getResponseHeaders();
		assertThat(headers.getFirst("Content-Type")).isEqualTo(type);
		assertThat(headers.getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
		assertThat(headers.getFirst("Cache-Control")).isEqualTo("no-store");
		assertThat(headers.getFirst("Content-Disposition")).startsWith("attachment; ")
			.contains("filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%E8%8C%B6%20")
			.endsWith("." + extension);
		assertThat(new String(file.getResponseBody(), StandardCharsets.UTF_8)).contains("Grüße / 茶?");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "html&lang=de | <span>Sie</span>", "markdown&lang=de | ## Sie · ", "text&lang=fr | You, " })
	void aFileForPeopleSpeaksTheLanguageOfThePage(String form, String byline) {
		String path = "/api/conversations/" + this.api.begin("Tee") + "/export?format=" + form;
		assertThat(new String(download(this.api.get(path)).getResponseBody(), StandardCharsets.UTF_8)).contains(byline);
	}

	@Test
	void aPlainNameNeedsNoEncoding() {
		String id = this.api.begin("Tea");
		assertThat(download(this.api.get("/api/conversations/" + id + "/export")).getResponseHeaders()
			.getFirst("Content-Disposition")).matches("attachment; filename=\"Tea \\d{4}-\\d\\d-\\d\\d\\.md\"");
	}

	@Test
	void theZipIsADownload() throws IOException {
		this.api.begin("one");
		this.api.begin("one");
		EntityExchangeResult<byte[]> file = download(this.api.get("/api/conversations/export"));
		assertThat(file.getResponseHeaders().getFirst("Content-Type")).isEqualTo("application/zip");
		assertThat(file.getResponseHeaders().getFirst("Content-Disposition"))
			.matches("attachment; filename=\"Conversations \\d{4}-\\d\\d-\\d\\d\\.zip\"");
		assertThat(names(file.getResponseBody())).hasSize(2).doesNotHaveDuplicates();
	}

	@Test
	void visitorWithoutConversationsGetsAnEmptyZipWhoseImportIsRefused() throws IOException {
		byte[] zip = exportAll(this.api);
		assertThat(names(zip)).isEmpty();
		this.api.send(HttpMethod.POST, IMPORT, ZIP, zip)
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.detail")
			.value(String.class, (detail) -> assertThat(detail).contains("the file has no conversations"))
			.jsonPath("$.reason")
			.isEqualTo("file_empty");
	}

	@Test
	void onlyTheCurrentBranchIsInAFileForPeople() {
		String id = this.api.begin("old question");
		String question = this.api.conversation(id).get("messages").get(0).get("id").asString();
		this.api.ask(
				"{\"message\":\"new question\",\"conversationId\":\"%s\",\"parentId\":\"%s\"}".formatted(id, question));
		for (String format : List.of("markdown", "text", "html")) {
			String path = "/api/conversations/" + id + "/export?format=" + format;
			String file = new String(download(this.api.get(path)).getResponseBody(), StandardCharsets.UTF_8);
			String turns = file.substring(file.indexOf("You"));
			assertThat(turns).contains("new question").doesNotContain("old question");
		}
	}

	@Test
	void refusesAFormatThatThereIsNot() {
		String id = this.api.begin("hi");
		JsonNode problem = Api.problem(this.api.get("/api/conversations/" + id + "/export?format=pdf"), 400);
		assertThat(problem.get("errors").get(0).get("field").asString()).isEqualTo("format");
	}

	@Test
	void doesNotExportUnknownConversationsOrThoseOfOthers() throws IOException {
		String id = this.api.begin("secret");
		Api stranger = Api.visitor(this.port);
		for (String format : List.of("markdown", "text", "html", "json")) {
			Api.problem(stranger.get("/api/conversations/" + id + "/export?format=" + format), 404);
			Api.problem(this.api.get("/api/conversations/" + UNKNOWN + "/export?format=" + format), 404);
		}
		Api.problem(this.api.get("/api/conversations/nonsense/export"), 400);
		assertThat(names(exportAll(stranger))).isEmpty();
	}

	@Test
	void importsOneConversation() {
		JsonNode result = Api.json(this.api.send(HttpMethod.POST, IMPORT, FILE).expectStatus().isCreated());
		assertThat(result.propertyNames()).containsExactly("imported", "omitted", "skipped");
		JsonNode imported = result.get("imported").get(0);
		assertThat(imported.propertyNames()).containsExactly("id", "title");
		assertThat(imported.get("title").asString()).isEqualTo("Tea & <milk>");
		String id = imported.get("id").asString();
		JsonNode conversation = this.api.conversation(id);
		assertThat(conversation.get("createdAt").asString()).isEqualTo("2026-01-31T09:05:00Z");
		assertThat(conversation.get("messages")).hasSize(6);
		assertThat(conversation.get("messages").get(5).get("source").asString()).isEqualTo("mock");
		assertThat(
				new String(download(this.api.get("/api/conversations/" + id + "/export?format=json")).getResponseBody(),
						StandardCharsets.UTF_8))
			.isEqualTo(FILE);
		Api.problem(Api.visitor(this.port).get("/api/conversations/" + id), 404);
	}

	private String upload(String name, byte[] content) {
		MediaType type = MediaType.APPLICATION_OCTET_STREAM;
		return Api.json(this.api.send(HttpMethod.POST, "/api/files?name=" + name, type, content)).get("id").asString();
	}

	private static byte[] exportJson(Api api, String id) {
		return download(api.get("/api/conversations/" + id + "/export?format=json")).getResponseBody();
	}

	@Test
	void attachedFilesComeBackEqual() throws IOException {
		String map = upload("map.png", SampleFiles.picture("png", 300, 200));
		String notes = upload("notes.txt", "Low tide at six.".getBytes(StandardCharsets.UTF_8));
		JsonNode answer = this.api.ask("{\"message\":\"When?\",\"attachments\":[\"%s\",\"%s\"]}".formatted(map, notes));
		byte[] file = exportJson(this.api, answer.get("conversationId").asString());
		Api other = Api.visitor(this.port);
		JsonNode result = Api.json(other.send(HttpMethod.POST, IMPORT, MediaType.APPLICATION_JSON, file));
		assertThat(result.get("omitted")).isEmpty();
		String id = result.get("imported").get(0).get("id").asString();
		assertThat(exportJson(other, id)).isEqualTo(file);
		JsonNode attached = other.conversation(id).get("messages").get(0).get("attachments");
		assertThat(attached).hasSize(2);
		assertThat(attached.get(0).get("width").asInt()).isEqualTo(300);
		assertThat(download(other.get("/api/files/" + attached.get(1).get("id").asString())).getResponseBody())
			.asString(StandardCharsets.UTF_8)
			.isEqualTo("Low tide at six.");
		byte[] zip = exportAll(other);
		Api third = Api.visitor(this.port);
		assertThat(importInto(third, zip).get("imported")).hasSize(1);
		assertThat(exportAll(third)).isEqualTo(zip);
	}

	@Test
	void aFileThatCannotBeAttachedIsLeftOut() {
		Attachment file = new Attachment(new UUID(0, 1), "PK\3\4\0", "text/plain", 5, null, null, null, false, 1);
		String json = Samples.json(Samples.conversation("T", List.of(Samples.question(1, 0, "See?", List.of(file)))));
		JsonNode result = Api.json(this.api.send(HttpMethod.POST, IMPORT, json));
		assertThat(result.get("omitted").toString()).isEqualTo("[{\"kind\":\"file\",\"count\":1}]");
		String id = result.get("imported").get(0).get("id").asString();
		assertThat(this.api.conversation(id).get("messages").get(0).has("attachments")).isFalse();
	}

	@Test
	void anImportedConversationGoesOn() {
		String id = Api.json(this.api.send(HttpMethod.POST, IMPORT, FILE)).get("imported").get(0).get("id").asString();
		this.api.ask("{\"message\":\"more\",\"conversationId\":\"" + id + "\"}");
		assertThat(this.api.conversation(id).get("messages")).hasSize(8);
	}

	@Test
	void importsChatGptsFile() throws IOException {
		byte[] file = ArchiveTests.class.getResourceAsStream("/export/chatgpt-conversations.json").readAllBytes();
		JsonNode result = Api.json(this.api.send(HttpMethod.POST, IMPORT, MediaType.APPLICATION_JSON, file));
		assertThat(result.get("imported")).hasSize(2);
	}

	@Test
	void aPreviewStoresNothing() throws IOException {
		byte[] file = ArchiveTests.class.getResourceAsStream("/export/chatgpt-conversations.json").readAllBytes();
		byte[] zip = zip(new TreeMap<>(Map.of("conversations.json", withIds(file))));
		JsonNode preview = preview(zip);
		assertThat(preview.propertyNames()).containsExactly("found", "imported", "omitted", "skipped");
		assertThat(preview.get("imported")).isEmpty();
		assertThat(preview.get("found")).hasSize(2);
		JsonNode bread = preview.get("found").get(0);
		assertThat(bread.propertyNames()).containsExactly("title", "messages", "createdAt", "updatedAt");
		assertThat(bread.get("title").asString()).isEqualTo("Sourdough basics");
		assertThat(bread.get("messages").asInt()).isEqualTo(5);
		assertThat(bread.get("updatedAt").asString()).isEqualTo("2024-03-01T10:05:00Z");
		assertThat(preview.get("omitted").toString()).contains("\"picture\"");
		assertThat(Api.json(this.api.get("/api/conversations")).get("conversations")).isEmpty();
		assertThat(preview.get("omitted")).isEqualTo(importInto(this.api, zip).get("omitted"));
		assertThat(preview(zip).has("found")).isFalse();
		assertThat(preview(zip).get("known")).hasSize(2);
	}

	private JsonNode preview(byte[] zip) {
		return Api.json(this.api.send(HttpMethod.POST, IMPORT + "?preview=true", ZIP, zip).expectStatus().isOk());
	}

	@Test
	void aPreviewOfAUselessFileSaysWhy() {
		JsonNode problem = Api.problem(this.api.send(HttpMethod.POST, IMPORT + "?preview=true", "{"), 400);
		assertThat(problem.get("detail").asString()).startsWith("Nothing was imported: the file");
	}

	@Test
	void aSecondImportMakesNoDoubles() throws IOException {
		byte[] file = ArchiveTests.class.getResourceAsStream("/export/chatgpt-conversations.json").readAllBytes();
		Map<String, String> twice = new TreeMap<>(Map.of("conversations.json", withIds(file)));
		JsonNode first = importInto(this.api, zip(twice));
		assertThat(first.get("imported")).hasSize(2);
		assertThat(first.has("known")).isFalse();
		JsonNode second = importInto(this.api, zip(twice));
		assertThat(second.get("imported")).isEmpty();
		assertThat(second.get("known")).hasSize(2);
		assertThat(second.get("known").get(0)).isEqualTo(first.get("imported").get(0));
		assertThat(Api.json(this.api.get("/api/conversations")).get("conversations")).hasSize(2);
		assertThat(importInto(Api.visitor(this.port), zip(twice)).get("imported")).hasSize(2);
	}

	@Test
	void anImportOfTheOwnExportBringsBackOnlyWhatWasDeleted() throws IOException {
		String kept = this.api.begin("kept");
		String deleted = this.api.begin("deleted");
		importInto(this.api, zip(new TreeMap<>(Map.of("a.json", FILE))));
		byte[] all = exportAll(this.api);
		assertThat(importInto(this.api, all).get("known")).hasSize(3);
		assertThat(preview(all).has("found")).isFalse();
		assertThat(exportAll(this.api)).isEqualTo(all);
		this.api.delete("/api/conversations/" + deleted).expectStatus().isNoContent();
		JsonNode again = importInto(this.api, all);
		assertThat(again.get("known")).hasSize(2).anyMatch((one) -> one.get("id").asString().equals(kept));
		assertThat(again.get("imported")).singleElement()
			.returns("deleted", (one) -> one.get("title").asString())
			.matches((one) -> !one.get("id").asString().equals(deleted));
		assertThat(importInto(this.api, all).get("known")).hasSize(3);
		assertThat(names(exportAll(this.api))).hasSize(3);
	}

	/**
	 * Returns a file of ChatGPT's with an id for each conversation, as newer exports have
	 * it.
	 */
	private static String withIds(byte[] file) {
		ArrayNode conversations = (ArrayNode) Samples.MAPPER.readTree(file);
		for (int i = 0; i < conversations.size(); i++) {
			((ObjectNode) conversations.get(i)).put("conversation_id", "c" + i);
		}
		return conversations.toString();
	}

	@Test
	void tellsWhatWasNotTaken() throws IOException {
		JsonNode result = importInto(this.api, zip(new TreeMap<>(
				Map.of("a.json", FILE, "b.json", "{", "../c.json", FILE, "d.json", "[{\"mapping\":{}}]"))));
		assertThat(result.get("imported")).hasSize(1);
		assertThat(result.get("skipped")).hasSize(3);
		assertThat(result.get("skipped").get(0).propertyNames()).containsExactly("where", "reason", "cause");
		assertThat(result.get("skipped").get(0).get("where").asString()).isEqualTo("../c.json");
	}

	@ParameterizedTest
	@ValueSource(strings = { " ", "{", "[5]", "{\"format\":\"runnel-conversation\",\"version\":9}" })
	void aFileOfNoUseIsABadRequestThatSaysWhy(String json) {
		JsonNode problem = Api.problem(this.api.send(HttpMethod.POST, IMPORT, json), 400);
		assertThat(problem.get("code").asString()).isEqualTo("invalid_request");
		assertThat(problem.get("detail").asString()).startsWith("Nothing was imported: the file");
		assertThat(problem.get("errors").get(0).get("field").asString()).startsWith("the file");
		assertThat(problem.get("reason").asString()).matches("file_empty|import_(?:damaged|unknown|newer)");
		assertThat(Api.json(this.api.get("/api/conversations")).get("conversations")).isEmpty();
	}

	@Test
	void aDeepFileAndABrokenZipAreBadRequests() {
		Api.problem(this.api.send(HttpMethod.POST, IMPORT, "[".repeat(10_000)), 400);
		JsonNode problem = Api.problem(this.api.send(HttpMethod.POST, IMPORT, ZIP, "PK no zip".getBytes()), 400);
		assertThat(problem.get("detail").asString()).contains("is not a zip that can be read");
	}

	@Test
	void aZipBombIsTooLarge() throws IOException {
		JsonNode problem = Api
			.problem(this.api.send(HttpMethod.POST, IMPORT, ZIP, zip(Map.of("a.json", " ".repeat(32 << 20)))), 413);
		assertThat(problem.get("code").asString()).isEqualTo("payload_too_large");
		assertThat(problem.get("detail").asString()).contains("unpacks to more than");
	}

	@Test
	void aFileMayBeLargerThanOtherBodiesButNotThanItsBound() {
		String large = FILE.replace("And coffee?", "x".repeat(1_000_000));
		assertThat(Api.json(this.api.send(HttpMethod.POST, IMPORT, large)).get("imported")).hasSize(1);
		byte[] tooLarge = new byte[(20 << 20) + 1];
		JsonNode problem = Api.problem(this.api.send(HttpMethod.POST, IMPORT, ZIP, tooLarge), 413);
		assertThat(problem.get("code").asString()).isEqualTo("payload_too_large");
		assertThat(problem.get("detail").asString()).contains("20 MB");
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/octet-stream", "text/plain", "multipart/form-data",
			"application/x-www-form-urlencoded" })
	void onlyJsonAndZipAct(String type) {
		JsonNode problem = Api.problem(this.api.send(HttpMethod.POST, IMPORT, MediaType.valueOf(type), FILE.getBytes()),
				415);
		assertThat(problem.get("code").asString()).isEqualTo("unsupported_media_type");
		assertThat(problem.get("detail").asString())
			.isEqualTo("Send the request as application/json or application/zip.");
	}

}
