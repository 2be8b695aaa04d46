package dev.runnel.chat;

import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A visitor with a plain HTTP client that keeps its cookie.
 */
final class HttpReader {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private final HttpClient client;

	private final int port;

	HttpReader(int port) {
		this(port,
				HttpClient.newBuilder()
					.version(HttpClient.Version.HTTP_1_1)
					.cookieHandler(new CookieManager())
					.build());
	}

	private HttpReader(int port, HttpClient client) {
		this.port = port;
		this.client = client;
	}

	/** The same visitor on another port of the server. */
	HttpReader at(int otherPort) {
		return new HttpReader(otherPort, this.client);
	}

	/** Another visitor of the same server. */
	HttpReader stranger() {
		return new HttpReader(this.port);
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path)).timeout(LIMIT);
	}

	HttpRequest ask(String path, String json) {
		return request(path).header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(json))
			.build();
	}

	HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
		return this.client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
	}

	HttpResponse<InputStream> open(HttpRequest request) throws IOException, InterruptedException {
		return this.client.send(request, HttpResponse.BodyHandlers.ofInputStream());
	}

	HttpResponse<InputStream> openStream(String message) throws IOException, InterruptedException {
		return open(ask("/api/chat/stream", "{\"message\":\"" + message + "\"}"));
	}

	HttpResponse<InputStream> openAgain(String streamId, long after) throws IOException, InterruptedException {
		return open(request("/api/chat/stream/" + streamId + "?after=" + after).GET().build());
	}

	String stream(String message) throws IOException, InterruptedException {
		return send(ask("/api/chat/stream", "{\"message\":\"" + message + "\"}")).body();
	}

	HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
		HttpRequest.Builder get = request(path).GET();
		return send(((headers.length > 0) ? get.headers(headers) : get).build());
	}

	HttpResponse<String> delete(String path) throws IOException, InterruptedException {
		return send(request(path).DELETE().build());
	}

	/** Reads from a running stream until a text has come. */
	static String readUntil(InputStream in, String text) throws IOException {
		StringBuilder read = new StringBuilder();
		byte[] buffer = new byte[8192];
		while (read.indexOf(text) < 0) {
			int count = in.read(buffer);
			if (count < 0) {
				throw new AssertionError("the stream ended before '" + text + "': " + read);
			}
			read.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
		}
		return read.toString();
	}

}
