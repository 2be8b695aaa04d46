package dev.runnel.signin;

import java.io.IOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import dev.runnel.accounts.AccessKeys;
import dev.runnel.accounts.Account;
import dev.runnel.accounts.Accounts;
import dev.runnel.accounts.Links;
import dev.runnel.accounts.Role;
import dev.runnel.accounts.Scope;
import dev.runnel.conversation.store.Backup;
import dev.runnel.conversation.store.BackupConfiguration;
import dev.runnel.conversation.store.Postgres;
import dev.runnel.page.RunningRunnel;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Admins, and nobody else, download a backup of the running server. No file of it stays.
 */
@Timeout(300)
@Tag("one-jdk")
class BackupDownloadTests {

	@RegisterExtension
	static final Postgres postgres = new Postgres();

	private static final String API = "/api/admin/backup";

	private static final String FORM = "/admin/backup";

	private static final String NO_KEY = "--runnel.openrouter.api-key=";

	private static final Duration LIMIT = Duration.ofSeconds(60);

	/** More than the buffers of a connection hold. */
	private static final int LARGE = 32 * 1024 * 1024;

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	@TempDir
	private Path folder;

	/** The settings of a new, empty database. */
	private List<String> place(String kind, String name) {
		return kind.equals("postgresql")
				? List.of("--runnel.data-dir=mem", "--runnel.database-url=" + postgres.newDatabase())
				: List.of("--runnel.data-dir=" + this.folder.resolve(name));
	}

	private static RunningRunnel start(List<String> place, String... settings) {
		return RunningRunnel
			.start(Stream.of(place.stream(), Stream.of("--runnel.sign-in.mode=accounts"), Stream.of(settings))
				.flatMap((part) -> part)
				.toArray(String[]::new));
	}

	private static Browsing browser(RunningRunnel runnel) {
		return new Browsing(runnel.url(""));
	}

	private static Browsing person(RunningRunnel runnel, String name, Role role) {
		String link = Objects.requireNonNull(runnel.context().getBean(Links.class).invite(role).block()).value();
		assertThat(browser(runnel).join("/invitation", link, name).statusCode()).isEqualTo(303);
		return browser(runnel).signIn(name);
	}

	private static String key(RunningRunnel runnel, String owner, Set<Scope> scopes) {
		UUID account = Objects.requireNonNull(runnel.context()
			.getBean(Accounts.class)
			.page(null, 100)
			.filter((found) -> found.name().equals(owner))
			.map(Account::id)
			.blockFirst());
		return Objects
			.requireNonNull(runnel.context().getBean(AccessKeys.class).create(account, "Script", scopes, 1).block())
			.value();
	}

	private static Browsing program(RunningRunnel runnel, String key) {
		return browser(runnel).sending("Authorization", "Bearer " + key);
	}

	/** A client has its file a moment before the next backup may begin. */
	private Path download(String name, HttpRequest.Builder request) {
		HttpResponse<Path> response = Awaitility.await()
			.atMost(LIMIT)
			.until(() -> CLIENT.send(request.build(), BodyHandlers.ofFile(this.folder.resolve(name))),
					(answer) -> answer.statusCode() == 200);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/zip");
		assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
		assertThat(response.headers().firstValue("Content-Disposition").orElse(""))
			.matches("attachment; filename=\"runnel-[0-9-]{10}\\.zip\"");
		return response.body();
	}

	private static HttpRequest.Builder form(Browsing admin) {
		assertThat(admin.get("/admin").body()).contains("action=\"" + FORM + "\"");
		return admin.request(FORM)
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers
				.ofString("token=" + URLEncoder.encode(admin.formToken(), StandardCharsets.UTF_8)));
	}

	private static void restore(List<String> place, Path file) throws Exception {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(BackupConfiguration.class)
			.web(WebApplicationType.NONE)
			.run(place.toArray(String[]::new))) {
			context.getBean(Backup.class).restore(file);
		}
	}

	/** Begins an answer that goes on for as long as somebody reads it. */
	private static void begin(Browsing program) throws Exception {
		HttpRequest question = program.request("/api/chat/stream")
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{\"message\":\"open\"}"))
			.build();
		Stream<String> lines = CLIENT.send(question, BodyHandlers.ofLines()).body();
		assertThat(lines.anyMatch((line) -> line.contains("endless"))).isTrue();
	}

	private static Script answer(ScriptedUpstream.Request question) {
		return question.text().contains("open")
				? Script.stream().repeat("data: " + Script.textChunk("endless ") + "\n\n", Duration.ofMillis(5))
				: Script.stream().text("# So\n\n**it** is").finish("stop").done().end();
	}

	/** Returns the newest conversation, as it is stored. */
	private static JsonNode newest(Browsing program) {
		JsonNode list = JsonMapper.shared().readTree(program.api("GET", "/api/conversations", "").body());
		return JsonMapper.shared()
			.readTree(program.api("GET", "/api/conversations/" + list.at("/conversations/0/id").asString(), "").body());
	}

	/** Returns the stored text of the answer that was being written. */
	private static String cutText(Browsing program) {
		Awaitility.await()
			.atMost(LIMIT)
			.until(() -> newest(program).at("/messages/1/state").asString().equals("interrupted"));
		return newest(program).at("/messages/1/content").asString();
	}

	@ParameterizedTest
	@ValueSource(strings = { "embedded", "postgresql" })
	void twoDownloadsWhileAnAnswerStreamsRestoreToTheSameContent(String kind) throws Exception {
		try (ScriptedUpstream model = ScriptedUpstream.start().answering(BackupDownloadTests::answer)) {
			String[] settings = { "--runnel.openrouter.api-key=key",
					"--runnel.openrouter.base-url=" + model.baseUrl() };
			Path first;
			Path second;
			String key;
			String export;
			String before;
			try (RunningRunnel runnel = start(place(kind, "source"), settings)) {
				Browsing admin = person(runnel, "Ada", Role.ADMIN);
				key = key(runnel, "Ada", EnumSet.allOf(Scope.class));
				Browsing program = program(runnel, key);
				String ended = "/api/conversations/" + program.ask("What is kept?");
				assertThat(program.api("PATCH", ended, "{\"title\":\"Kept\"}").statusCode()).isEqualTo(200);
				export = ended + "/export?format=json";
				before = program.api("GET", export, "").body();
				begin(program);
				Awaitility.await()
					.atMost(LIMIT)
					.until(() -> newest(program).at("/messages/1/content").asString().contains("endless"));
				first = download("first.zip", program.request(API).POST(HttpRequest.BodyPublishers.noBody()));
				second = download("second.zip", form(admin));
				Awaitility.await()
					.atMost(LIMIT)
					.untilAsserted(() -> assertThat(admin.get("/admin/audit").body()).contains(">backup downloaded<",
							"conversations=2"));
			}
			String cut = "";
			for (Path file : List.of(first, second)) {
				List<String> place = place(kind, file.getFileName() + "-restored");
				restore(place, file);
				try (RunningRunnel runnel = start(place, settings)) {
					assertThat(program(runnel, key).api("GET", export, "").body()).isEqualTo(before);
					assertThat(cutText(program(runnel, key))).startsWith(cut).contains("endless");
					cut = cutText(program(runnel, key));
				}
			}
		}
	}

	@Test
	void onlyAnAdminGetsIt() {
		try (RunningRunnel runnel = start(place("embedded", "source"), NO_KEY)) {
			Browsing admin = person(runnel, "Ada", Role.ADMIN);
			Browsing user = person(runnel, "Bob", Role.USER);
			assertThat(browser(runnel).api("POST", API, "").statusCode()).isEqualTo(401);
			assertThat(user.api("POST", API, "").statusCode()).isEqualTo(403);
			user.get("/account");
			assertThat(user.post(FORM, Map.of()).statusCode()).isEqualTo(403);
			String all = key(runnel, "Bob", EnumSet.allOf(Scope.class));
			assertThat(program(runnel, all).api("POST", API, "").statusCode()).isEqualTo(403);
			String read = key(runnel, "Ada", EnumSet.of(Scope.ASK, Scope.READ));
			assertThat(program(runnel, read).api("POST", API, "").statusCode()).isEqualTo(403);
			assertThat(admin.postWith("forged", FORM, Map.of()).statusCode()).isIn(400, 403);
			assertThat(admin.get("/admin/audit").body()).doesNotContain(">backup downloaded<");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "owner" })
	void whereNobodySignsInTheCommandIsNamed(String mode) {
		try (RunningRunnel runnel = RunningRunnel.start("--runnel.data-dir=" + this.folder.resolve("data"), NO_KEY,
				"--runnel.sign-in.mode=" + mode)) {
			HttpResponse<String> refused = browser(runnel).api("POST", API, "");
			assertThat(refused.statusCode()).isEqualTo(403);
			assertThat(refused.body()).contains("java -jar runnel.jar backup FILE");
			assertThat(browser(runnel).post(FORM, Map.of()).statusCode()).isEqualTo(403);
		}
	}

	@Test
	void theOperatorCanRefuseIt() {
		try (RunningRunnel runnel = start(place("embedded", "source"), NO_KEY, "--runnel.backup.download=false")) {
			Browsing admin = person(runnel, "Ada", Role.ADMIN);
			assertThat(admin.get("/admin").body()).doesNotContain(FORM);
			HttpResponse<String> refused = admin.api("POST", API, "");
			assertThat(refused.statusCode()).isEqualTo(403);
			assertThat(refused.body()).contains("RUNNEL_BACKUP_DOWNLOAD");
		}
	}

	/** Sends a request on a connection that the test reads and closes itself. */
	private static Socket post(RunningRunnel runnel, String key) throws IOException {
		Socket socket = new Socket("127.0.0.1", runnel.port());
		socket.setSoTimeout((int) LIMIT.toMillis());
		socket.getOutputStream()
			.write(("POST " + API + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key
					+ "\r\nContent-Length: 0\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		return socket;
	}

	private long temporaryFiles() throws IOException {
		try (Stream<Path> files = Files.list(this.folder.resolve("source/tmp"))) {
			return files.count();
		}
	}

	private void awaitTemporaryFiles(long number) {
		Awaitility.await().atMost(LIMIT).until(() -> temporaryFiles() == number);
	}

	/** Returns the file on the disk that an attached file has. */
	private Path attach(Browsing program) throws IOException {
		assertThat(program.upload("note.txt", "note".getBytes(StandardCharsets.US_ASCII)).statusCode()).isEqualTo(201);
		try (Stream<Path> files = Files.list(this.folder.resolve("source/files"))) {
			return files.filter(Files::isRegularFile).findFirst().orElseThrow();
		}
	}

	@Test
	void noFileStaysIfTheClientLeavesWhileItReads() throws Exception {
		try (RunningRunnel runnel = start(place("embedded", "source"), NO_KEY)) {
			person(runnel, "Ada", Role.ADMIN);
			String key = key(runnel, "Ada", EnumSet.allOf(Scope.class));
			byte[] noise = new byte[LARGE];
			new Random(1).nextBytes(noise);
			Files.write(attach(program(runnel, key)), noise);
			try (Socket leaving = post(runnel, key)) {
				byte[] begun = leaving.getInputStream().readNBytes(15);
				assertThat(new String(begun, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200 OK");
				assertThat(temporaryFiles()).isEqualTo(1);
				HttpResponse<String> second = program(runnel, key).api("POST", API, "");
				assertThat(second.statusCode()).isEqualTo(429);
				assertThat(second.headers().firstValue("Retry-After")).isPresent();
			}
			awaitTemporaryFiles(0);
			awaitDownload(runnel, key);
		}
	}

	/** A named pipe in the place of an attached file holds the writing up. */
	@Test
	void noFileStaysIfTheClientLeavesWhileItIsWritten() throws Exception {
		try (RunningRunnel runnel = start(place("embedded", "source"), NO_KEY)) {
			person(runnel, "Ada", Role.ADMIN);
			String key = key(runnel, "Ada", EnumSet.allOf(Scope.class));
			Path content = attach(program(runnel, key));
			Files.delete(content);
			assertThat(new ProcessBuilder("mkfifo", content.toString()).start().waitFor()).isZero();
			try (Socket leaving = post(runnel, key)) {
				awaitTemporaryFiles(1);
				assertThat(leaving.isConnected()).isTrue();
			}
			assertThat(program(runnel, key).api("POST", API, "").statusCode()).isEqualTo(429);
			Files.writeString(content, "note");
			awaitTemporaryFiles(0);
			Files.delete(content);
			Files.writeString(content, "note");
			awaitDownload(runnel, key);
			assertThat(program(runnel, key).ask("Is the database open?")).isNotEmpty();
		}
	}

	private void awaitDownload(RunningRunnel runnel, String key) {
		Awaitility.await().atMost(LIMIT).until(() -> program(runnel, key).api("POST", API, "").statusCode() == 200);
		awaitTemporaryFiles(0);
	}

}
