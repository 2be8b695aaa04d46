package dev.runnel.imports;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import dev.runnel.RunnelProcess;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server with a small heap and a small limit of stored text imports zips of two
 * megabytes that unpack to more than a hundred times their size. It imports what fits,
 * refuses the rest, continues to serve, and loses nothing.
 */
@Tag("one-jdk")
@Timeout(1800)
class SmallHeapImportTests {

	private static final int LIMIT = 400;

	private static final int CONVERSATIONS = 300;

	private static final int CHARS = 1_000_000;

	/**
	 * The random part of each conversation, without which the zip is refused as a bomb.
	 */
	private static final int RANDOM_CHARS = 7_000;

	private static final int MAX_MEGABYTES = 40;

	private static final String TIME = "2026-01-31T09:05:00Z";

	private static byte[] zip;

	@TempDir
	private Path folder;

	@BeforeAll
	static void makeZip() throws IOException {
		Random random = new Random(7);
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream out = new ZipOutputStream(bytes)) {
			for (int i = 0; i < CONVERSATIONS; i++) {
				out.putNextEntry(new ZipEntry(i + ".json"));
				out.write(conversation(random).getBytes(StandardCharsets.UTF_8));
			}
		}
		zip = bytes.toByteArray();
		assertThat(zip.length).isBetween(1_300_000, 2_600_000);
	}

	private static String conversation(Random random) {
		StringBuilder text = new StringBuilder();
		random.ints(RANDOM_CHARS, 'a', 'z' + 1).forEach((letter) -> text.append((char) letter));
		text.append(" word".repeat((CHARS - RANDOM_CHARS) / 5));
		String head = "\"format\":\"runnel-conversation\",\"version\":1,\"title\":\"t\"";
		String times = "\"createdAt\":\"" + TIME + "\",\"updatedAt\":\"" + TIME + "\"";
		String message = "{\"id\":1,\"role\":\"user\",\"createdAt\":\"" + TIME + "\",\"content\":\"" + text + "\"}";
		return "{" + head + "," + times + ",\"messages\":[" + message + "]}";
	}

	private RunnelProcess start() throws IOException {
		return RunnelProcess.start(this.folder, "true", "-Xmx256m",
				"--runnel.conversation.max-stored-per-visitor=" + MAX_MEGABYTES + "MB");
	}

	private static CompletableFuture<HttpResponse<String>> upload(RunnelProcess server, HttpClient visitor) {
		return visitor.sendAsync(server.request("/api/conversations/import")
			.header("Content-Type", "application/zip")
			.POST(HttpRequest.BodyPublishers.ofByteArray(zip))
			.build(), HttpResponse.BodyHandlers.ofString());
	}

	private static String conversationOf(RunnelProcess server, HttpClient visitor) throws Exception {
		HttpResponse<String> answer = visitor.send(server.question("What is kept?"),
				HttpResponse.BodyHandlers.ofString());
		assertThat(answer.statusCode()).isEqualTo(200);
		return JsonMapper.shared().readTree(answer.body()).get("conversationId").asString();
	}

	private static String read(RunnelProcess server, HttpClient visitor, String id) throws Exception {
		HttpResponse<String> read = visitor.send(server.request("/api/conversations/" + id).GET().build(),
				HttpResponse.BodyHandlers.ofString());
		assertThat(read.statusCode()).isEqualTo(200);
		return read.body();
	}

	/** Some conversations are imported within the limit, and all others are reported. */
	private static void assertTaken(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
		JsonNode result = JsonMapper.shared().readTree(response.body());
		assertThat(result.get("imported").size()).isBetween(MAX_MEGABYTES - 10, MAX_MEGABYTES * 1024 * 1024 / CHARS);
		assertThat(result.get("imported").size() + result.get("skipped").size()).isEqualTo(CONVERSATIONS);
	}

	private static void assertGoesOn(RunnelProcess server, HttpClient visitor, String kept, String id)
			throws Exception {
		assertThat(read(server, visitor, id)).isEqualTo(kept);
		conversationOf(server, visitor);
		assertThat(server.isServing()).isTrue();
		assertThat(server.log()).doesNotContain("OutOfMemoryError", "The database cannot be used");
	}

	@Test
	void oneIsTakenWithinTheBoundsAndManySearchesInItAreServed() throws Exception {
		try (RunnelProcess server = start()) {
			HttpClient visitor = RunnelProcess.visitor();
			String id = conversationOf(server, visitor);
			String kept = read(server, visitor, id);
			assertTaken(upload(server, visitor).get(LIMIT, TimeUnit.SECONDS));
			Awaitility.await()
				.atMost(LIMIT, TimeUnit.SECONDS)
				.until(() -> found(search(server, visitor).get()) > MAX_MEGABYTES - 15);
			List<CompletableFuture<HttpResponse<String>>> searches = Stream.generate(() -> search(server, visitor))
				.limit(12)
				.toList();
			for (CompletableFuture<HttpResponse<String>> search : searches) {
				assertThat(found(search.get(LIMIT, TimeUnit.SECONDS))).isGreaterThan(MAX_MEGABYTES - 15);
			}
			assertGoesOn(server, visitor, kept, id);
		}
	}

	private static CompletableFuture<HttpResponse<String>> search(RunnelProcess server, HttpClient visitor) {
		return visitor.sendAsync(server.request("/api/conversations?query=word&limit=100").GET().build(),
				HttpResponse.BodyHandlers.ofString());
	}

	private static int found(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return JsonMapper.shared().readTree(response.body()).get("conversations").size();
	}

	@Test
	void threeAtOnceAreTakenOneAfterAnotherOrRefusedForNow() throws Exception {
		try (RunnelProcess server = start()) {
			HttpClient visitor = RunnelProcess.visitor();
			String id = conversationOf(server, visitor);
			String kept = read(server, visitor, id);
			List<CompletableFuture<HttpResponse<String>>> uploads = Stream
				.generate(() -> upload(server, RunnelProcess.visitor()))
				.limit(3)
				.toList();
			int taken = 0;
			for (CompletableFuture<HttpResponse<String>> upload : uploads) {
				HttpResponse<String> response = upload.get(LIMIT, TimeUnit.SECONDS);
				if (response.statusCode() == 503) {
					assertThat(response.headers().firstValue("Retry-After")).isPresent();
				}
				else {
					assertTaken(response);
					taken++;
				}
			}
			assertThat(taken).isGreaterThanOrEqualTo(2);
			assertGoesOn(server, visitor, kept, id);
			Awaitility.await()
				.atMost(20, TimeUnit.SECONDS)
				.untilAsserted(() -> assertThat(this.folder.resolve("data").resolve("tmp")).isEmptyDirectory());
		}
	}

}
