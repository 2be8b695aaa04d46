package dev.runnel.security;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.runnel.page.RunningRunnel;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runnel behind a real nginx, once configured like in docs/deploy.md, once with the
 * defaults of nginx.
 */
class ReverseProxyTests {

	private static ScriptedUpstream upstream;

	private static RunningRunnel runnel;

	@TempDir
	private Path folder;

	@BeforeAll
	static void start() {
		upstream = ScriptedUpstream.start();
		runnel = RunningRunnel.start("--runnel.data-dir=mem", "--runnel.openrouter.api-key=key",
				"--runnel.openrouter.base-url=" + upstream.baseUrl(), "--runnel.security.trusted-proxies=127.0.0.1",
				"--runnel.security.hosts=chat.example.org");
	}

	@AfterAll
	static void stop() {
		runnel.close();
		upstream.close();
	}

	/**
	 * Returns the nginx example with the address of this test. It claims https without
	 * TLS.
	 */
	private static String documented() throws Exception {
		Matcher example = Pattern.compile("(?s)```nginx\n(.*?)```")
			.matcher(Files.readString(Path.of("docs/deploy.md")));
		assertThat(example.find()).isTrue();
		return example.group(1)
			.replace("listen 443 ssl", "listen LISTEN")
			.replace("$scheme", "https")
			.replace("http://127.0.0.1:8000", runnel.url(""));
	}

	private static String byDefault() {
		return "server { listen LISTEN; location / { proxy_pass " + runnel.url("") + "; } }";
	}

	/**
	 * Sends a request and returns the lines of the response. The model sends the rest of
	 * its answer when the client has seen the beginning.
	 */
	private static List<String> send(RunningProxy proxy, String head, String body) throws Exception {
		CountDownLatch seen = new CountDownLatch(1);
		upstream.instead(Script.stream().text("one ").awaitGate(seen).text("two").finish("stop").done().end());
		try (Socket socket = new Socket("127.0.0.1", proxy.port())) {
			socket.setSoTimeout(20_000);
			socket.getOutputStream()
				.write((head + "Content-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body)
					.getBytes(StandardCharsets.US_ASCII));
			BufferedReader reader = new BufferedReader(
					new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
			List<String> lines = new ArrayList<>();
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				lines.add(line);
				if (line.equals("event: message")) {
					seen.countDown();
				}
			}
			return lines;
		}
	}

	private static String question(String path, String host, String origin) {
		return "POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\nOrigin: " + origin
				+ "\r\nContent-Type: application/json\r\n";
	}

	@Test
	void asDocumentedAnAnswerIsSeenAsItIsWritten() throws Exception {
		try (RunningProxy proxy = RunningProxy.nginx(this.folder, documented())) {
			List<String> lines = send(proxy,
					question("/api/chat/stream", "chat.example.org", "https://chat.example.org"),
					"{\"message\":\"hi\"}");
			assertThat(lines.get(0)).isEqualTo("HTTP/1.1 200 OK");
			assertThat(lines).extracting((line) -> line.toLowerCase(Locale.ROOT))
				.anyMatch((line) -> line.startsWith("set-cookie: __host-runnel-") && line.contains("secure"));
			assertThat(lines).contains("event: start", "event: message", "event: complete");
		}
	}

	@Test
	void byItselfNginxIsToldWhatItHasToPass() throws Exception {
		try (RunningProxy proxy = RunningProxy.nginx(this.folder, byDefault())) {
			List<String> lines = send(proxy, question("/api/chat", "chat.example.org", "http://chat.example.org"),
					"{\"message\":\"hi\"}");
			assertThat(lines.get(0)).startsWith("HTTP/1.1 403 ");
			assertThat(lines).anyMatch((line) -> line.contains("proxy_set_header Host $http_host"));
		}
	}

	@Test
	void throughNginxByItselfAStreamIsNotHeldBack() throws Exception {
		try (RunningProxy proxy = RunningProxy.nginx(this.folder, byDefault())) {
			List<String> lines = send(proxy, question("/api/chat/stream", "x", "http://127.0.0.1:" + runnel.port()),
					"{\"message\":\"hi\"}");
			assertThat(lines).contains("event: start", "event: message", "event: complete");
		}
	}

}
