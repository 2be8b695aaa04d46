package dev.runnel.memory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.runnel.RunnelProcess;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server with a small heap, and many clients that ask for a large conversation and do
 * not read it: some are refused, and the server continues to serve.
 */
@Tag("one-jdk")
@Timeout(600)
class SmallHeapReaderTests {

	private static final int READERS = 50;

	private static final int MESSAGES = 8;

	private static final String TIME = "2026-01-31T09:05:00Z";

	private static final String ANSWER = """
			"role":"assistant","answer":{"state":"complete","reasoning":"","source":"openrouter","model":"m"}}
			""";

	private final List<Socket> open = new ArrayList<>();

	@TempDir
	private Path folder;

	private RunnelProcess server;

	private String cookie = "";

	@BeforeEach
	void start() throws IOException {
		this.server = RunnelProcess.start(this.folder, "true", "-Xmx128m", "-XX:+ExitOnOutOfMemoryError");
	}

	@AfterEach
	void stop() throws IOException {
		letGo();
		this.server.close();
	}

	private void letGo() throws IOException {
		for (Socket socket : this.open) {
			socket.close();
		}
		this.open.clear();
	}

	private static String file() {
		String text = "word \\\"quoted\\\" ".repeat(30_000);
		String messages = IntStream.rangeClosed(1, MESSAGES)
			.mapToObj((id) -> "{\"id\":" + id + ",\"parent\":" + ((id > 1) ? id - 1 : null) + ",\"createdAt\":\"" + TIME
					+ "\",\"content\":\"" + text + "\"," + ((id % 2 == 1) ? "\"role\":\"user\"}" : ANSWER))
			.collect(Collectors.joining(","));
		return "{\"format\":\"runnel-conversation\",\"version\":1,\"title\":\"Long\",\"createdAt\":\"" + TIME
				+ "\",\"updatedAt\":\"" + TIME + "\",\"messages\":[" + messages + "],\"current\":" + MESSAGES + "}";
	}

	private String importOne() throws IOException, InterruptedException {
		HttpResponse<String> imported = HttpClient.newHttpClient()
			.send(this.server.request("/api/conversations/import")
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString(file()))
				.build(), HttpResponse.BodyHandlers.ofString());
		assertThat(imported.statusCode()).as(imported.body()).isEqualTo(201);
		String set = imported.headers().firstValue("Set-Cookie").orElseThrow();
		this.cookie = set.substring(0, set.indexOf(';'));
		int id = imported.body().indexOf("\"id\":\"") + 6;
		return imported.body().substring(id, id + 36);
	}

	private int status(String path) throws IOException, InterruptedException {
		return HttpClient.newHttpClient()
			.send(this.server.request(path).header("Cookie", this.cookie).build(),
					HttpResponse.BodyHandlers.discarding())
			.statusCode();
	}

	private Socket ask(String path) throws IOException {
		Socket socket = new Socket();
		this.open.add(socket);
		socket.setReceiveBufferSize(4096);
		socket.setSoTimeout(100_000);
		socket.connect(new InetSocketAddress("127.0.0.1", this.server.port()), 20_000);
		socket.getOutputStream()
			.write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: " + this.cookie + "\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		return socket;
	}

	/** Reads the first line of a response, and no more. */
	private static String firstLine(Socket socket) throws IOException {
		return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
	}

	@Test
	void clientsThatDoNotReadDoNotFillTheHeap() throws Exception {
		String conversation = importOne();
		for (String path : List.of("/api/conversations/ID", "/api/conversations/ID/export?format=html", "/ai-demo/c/ID",
				"/api/conversations/export")) {
			String address = path.replace("ID", conversation);
			List<Socket> asked = new ArrayList<>();
			for (int i = 0; i < READERS; i++) {
				asked.add(ask(address));
			}
			List<String> lines = new ArrayList<>();
			for (Socket socket : asked) {
				lines.add(firstLine(socket));
			}
			assertThat(lines).as(address).contains("HTTP/1.1 200", "HTTP/1.1 503").hasSize(READERS);
			assertThat(lines).isSubsetOf("HTTP/1.1 200", "HTTP/1.1 503");
			assertThat(this.server.isServing()).isTrue();
			letGo();
			Awaitility.await().atMost(100, TimeUnit.SECONDS).until(() -> status(address) == 200);
		}
	}

}
