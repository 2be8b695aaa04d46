package dev.runnel.signin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import dev.runnel.accounts.AccessKey;
import dev.runnel.accounts.AccessKeys;
import dev.runnel.accounts.Account;
import dev.runnel.accounts.Accounts;
import dev.runnel.accounts.Links;
import dev.runnel.accounts.Role;
import dev.runnel.accounts.Scope;
import dev.runnel.accounts.Session;
import dev.runnel.accounts.Sessions;
import dev.runnel.attachments.SampleFiles;
import dev.runnel.page.RunningRunnel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The conversations, streams and keys of one person do not exist for another one, on
 * every endpoint, in a browser and with a key. The endpoints are those of the running
 * server, so a new one fails these tests until it is named here.
 */
@Timeout(120)
class OwnershipTests {

	private static final String SECRET = "quetzalcoatl";

	private static final String RENAMED = "{\"title\":\"Mine\",\"name\":\"Mine\"}";

	/**
	 * How the owner calls each endpoint that has an id in its path. Deletions are last.
	 */
	private static final List<Call> CALLS = List.of(
			new Call("GET /ai-demo/c/{id:[0-9a-fA-F-]{36}}", "/ai-demo/c/{conversation}", "", 200),
			new Call("GET /ai-demo/c/{id:[0-9a-fA-F-]{36}}/beginning/{message:[0-9a-fA-F-]{36}}/{pieces:[0-9]{1,9}}",
					"/ai-demo/c/{conversation}/beginning/{question}/1", "", 200),
			new Call(
					"GET /ai-demo/c/{id:[0-9a-fA-F-]{36}}/beginning/{message:[0-9a-fA-F-]{36}}/reasoning"
							+ "/{pieces:[0-9]{1,9}}",
					"/ai-demo/c/{conversation}/beginning/{answer}/reasoning/1", "", 200),
			new Call("GET /api/conversations/{id}", "/api/conversations/{conversation}", "", 200),
			new Call("GET /api/conversations/{id}/export", "/api/conversations/{conversation}/export", "", 200),
			new Call("PATCH /api/conversations/{id}", "/api/conversations/{conversation}", RENAMED, 200),
			new Call("POST /api/conversations/{id}/branches", "/api/conversations/{conversation}/branches",
					"{\"messageId\":\"{answer}\"}", 201),
			new Call("GET /api/chat/stream/{streamId}", "/api/chat/stream/{stream}", "", 200),
			new Call("GET /api/files/{id}", "/api/files/{file}", "", 200),
			new Call("POST /api/files/{id}/pages", "/api/files/{file}/pages", "{\"first\":1,\"last\":1}", 201),
			new Call("PUT /api/presets/{id}", "/api/presets/{preset}", RENAMED, 200),
			new Call("DELETE /api/presets/{id}", "/api/presets/{preset}", "", 204),
			new Call("DELETE /api/files/{id}", "/api/files/{file}", "", 204),
			new Call("DELETE /api/chat/stream/{streamId}", "/api/chat/stream/{stream}", "", 204),
			new Call("DELETE /api/conversations/{id}", "/api/conversations/{conversation}", "", 204));

	private static RunningRunnel runnel;

	private static Browsing owner;

	private static Browsing other;

	private static Map<String, String> ids;

	private static List<Browsing> strangers;

	private record Call(String mapping, String path, String json, int status) {

		String method() {
			return this.mapping.substring(0, this.mapping.indexOf(' '));
		}

		HttpResponse<String> by(Browsing browser) {
			return browser.api(method(), filled(this.path), filled(this.json));
		}

		@Override
		public String toString() {
			return this.mapping;
		}

	}

	@BeforeAll
	static void start() {
		runnel = RunningRunnel.start("--runnel.data-dir=mem", "--runnel.openrouter.api-key=",
				"--runnel.sign-in.mode=accounts");
		owner = person("Olga", Role.USER);
		other = person("Otto", Role.USER);
		Browsing admin = person("Ada", Role.ADMIN);
		ids = ids(owner);
		strangers = List.of(other, admin, program("Otto"), program("Ada"));
	}

	@AfterAll
	static void stop() {
		runnel.close();
	}

	private static <T> T bean(Class<T> type) {
		return runnel.context().getBean(type);
	}

	private static Browsing browser() {
		return new Browsing(runnel.url(""));
	}

	private static Browsing person(String name, Role role) {
		String link = Objects.requireNonNull(bean(Links.class).invite(role).block()).value();
		assertThat(browser().join("/invitation", link, name).statusCode()).isEqualTo(303);
		return browser().signIn(name);
	}

	/** A program with a key that may do everything that keys may do. */
	private static Browsing program(String owner) {
		String key = Objects
			.requireNonNull(
					bean(AccessKeys.class).create(account(owner), "Script", EnumSet.allOf(Scope.class), 1).block())
			.value();
		return browser().sending("Authorization", "Bearer " + key);
	}

	private static UUID account(String name) {
		return Objects.requireNonNull(bean(Accounts.class).page(null, 100)
			.filter((found) -> found.name().equals(name))
			.map(Account::id)
			.blockFirst());
	}

	/** Gives a person one of everything that has an id. */
	private static Map<String, String> ids(Browsing person) {
		String conversation = person.ask(SECRET);
		String messages = person.api("GET", "/api/conversations/" + conversation, "").body();
		String streams = person.api("GET", "/api/chat/streams", "").body();
		String preset = person.api("POST", "/api/presets", "{\"name\":\"" + SECRET + "\"}").body();
		String file = person.upload(SECRET + ".pdf", SampleFiles.pdf(2, SECRET)).body();
		return Map.of("file", first(file, "\"id\":\"([^\"]+)\""), "conversation", conversation, "question",
				first(messages, "\"id\":\"([^\"]+)\",\"parentId\":null,\"role\":\"user\""), "answer",
				first(messages, "\"currentMessageId\":\"([^\"]+)\""), "stream",
				first(streams, "\"streamId\":\"([^\"]+)\""), "preset", first(preset, "\"id\":\"([^\"]+)\""));
	}

	private static String first(String text, String pattern) {
		return Pattern.compile(pattern)
			.matcher(text)
			.results()
			.map((found) -> found.group(1))
			.findFirst()
			.orElseThrow(() -> new AssertionError(pattern + " is not in " + text));
	}

	private static String filled(String text) {
		String result = text;
		for (Map.Entry<String, String> id : ids.entrySet()) {
			result = result.replace("{" + id.getKey() + "}", id.getValue());
		}
		return result;
	}

	private static TreeSet<String> mappings() {
		return runnel.context()
			.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
			.getHandlerMethods()
			.keySet()
			.stream()
			.flatMap(OwnershipTests::mappings)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Stream<String> mappings(RequestMappingInfo mapping) {
		return mapping.getMethodsCondition()
			.getMethods()
			.stream()
			.map(RequestMethod::name)
			.flatMap((method) -> mapping.getPatternsCondition()
				.getPatterns()
				.stream()
				.map((pattern) -> method + " " + pattern));
	}

	@Test
	void everyIdInAPathIsUnknownToOthersAndKnownToItsOwner() {
		assertThat(CALLS.stream().map(Call::mapping)).containsExactlyInAnyOrderElementsOf(
				mappings().stream().filter((mapping) -> mapping.contains("{")).toList());
		for (Call call : CALLS) {
			for (Browsing stranger : strangers) {
				HttpResponse<String> answer = call.by(stranger);
				boolean pageForProgram = answer.statusCode() == 403 && call.path().startsWith("/ai-demo");
				assertThat(answer.statusCode() == 404 || pageForProgram).as("%s: %s", call, answer.statusCode())
					.isTrue();
				assertThat(answer.body()).doesNotContain(SECRET);
			}
		}
		Map<String, String> before = ids;
		ids = ids(owner);
		CALLS.forEach((call) -> assertThat(call.by(owner).statusCode()).as(call.toString()).isEqualTo(call.status()));
		ids = before;
	}

	@Test
	void everyIdInABodyIsUnknownToOthers() {
		String own = other.ask("Mine");
		List<String> questions = List.of("{\"message\":\"Hi\",\"conversationId\":\"{conversation}\"}",
				"{\"message\":\"Hi\",\"conversationId\":\"{conversation}\",\"parentId\":\"{answer}\"}",
				"{\"message\":\"Hi\",\"conversationId\":\"" + own + "\",\"parentId\":\"{answer}\"}",
				"{\"continueId\":\"{answer}\",\"conversationId\":\"{conversation}\"}",
				"{\"continueId\":\"{answer}\",\"conversationId\":\"" + own + "\"}");
		for (String question : questions) {
			assertThat(other.api("POST", "/api/chat", filled(question)).statusCode()).as(question).isEqualTo(404);
			assertThat(other.api("POST", "/api/chat/stream", filled(question)).statusCode()).as(question)
				.isEqualTo(404);
		}
		for (String path : List.of("/api/chat", "/api/chat/stream")) {
			HttpResponse<String> asked = other.api("POST", path,
					filled("{\"message\":\"Hi\",\"attachments\":[\"{file}\"]}"));
			assertThat(asked.statusCode()).as(path).isEqualTo(400);
			assertThat(asked.body()).doesNotContain(SECRET);
		}
		assertThat(other.api("PATCH", "/api/conversations/" + own, filled("{\"currentMessageId\":\"{answer}\"}"))
			.statusCode()).isEqualTo(404);
		other.get("/ai-demo");
		assertThat(other.post("/ai-demo", Map.of("message", "Hi", "conversationId", filled("{conversation}")))
			.statusCode()).isEqualTo(404);
		assertThat(owner.api("GET", filled("/api/conversations/{conversation}"), "").body()).doesNotContain("\"Hi\"");
	}

	@Test
	void nothingThatListsNamesWhatBelongsToOthers() throws Exception {
		List<String> lists = mappings().stream()
			.filter((mapping) -> mapping.startsWith("GET /api") && !mapping.contains("{"))
			.map((mapping) -> mapping.substring("GET ".length()))
			.toList();
		assertThat(lists).contains("/api/conversations", "/api/conversations/export", "/api/chat/streams",
				"/api/presets");
		List<String> all = Stream
			.concat(lists.stream(), Stream.of("/api/conversations?query=" + SECRET, "/ai-demo", "/account"))
			.toList();
		StringBuilder ofOwner = new StringBuilder();
		for (String path : all) {
			ofOwner.append(text(owner, path));
			for (Browsing stranger : strangers) {
				assertThat(text(stranger, path)).as(path).doesNotContain(SECRET).doesNotContain(ids.values());
			}
		}
		assertThat(ofOwner.toString()).contains(SECRET, filled("{conversation}"), filled("{stream}"),
				filled("{preset}"));
	}

	/** Reads a response, and what is in it if it is a zip file. */
	private static String text(Browsing browser, String path) throws Exception {
		HttpRequest request = browser.request(path).GET().build();
		byte[] body = HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray()).body();
		return path.endsWith("/export") ? unzipped(body) : new String(body, StandardCharsets.UTF_8);
	}

	private static String unzipped(byte[] zip) throws IOException {
		StringBuilder text = new StringBuilder();
		try (ZipInputStream files = new ZipInputStream(new ByteArrayInputStream(zip))) {
			for (ZipEntry file = files.getNextEntry(); file != null; file = files.getNextEntry()) {
				text.append(file.getName()).append(new String(files.readAllBytes(), StandardCharsets.UTF_8));
			}
		}
		return text.toString();
	}

	@Test
	void sessionsAndKeysOfAnotherPersonCannotBeEnded() {
		Browsing program = program("Olga");
		UUID account = account("Olga");
		List<UUID> own = Stream
			.concat(bean(Sessions.class).list(account).map(Session::id).toStream(),
					bean(AccessKeys.class).list(account).map(AccessKey::id).toStream())
			.toList();
		assertThat(own).hasSizeGreaterThanOrEqualTo(2);
		other.get("/account");
		for (UUID id : own) {
			assertThat(other.post("/account/sessions", Map.of("id", id.toString())).statusCode()).isEqualTo(303);
			assertThat(other.post("/account/keys/delete", Map.of("id", id.toString())).statusCode()).isEqualTo(303);
		}
		assertThat(owner.api("GET", "/api/presets", "").statusCode()).isEqualTo(200);
		assertThat(program.api("GET", "/api/presets", "").statusCode()).isEqualTo(200);
	}

}
