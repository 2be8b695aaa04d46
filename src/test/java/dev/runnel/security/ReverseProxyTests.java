package dev.runnel.security;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLSocket;

import dev.runnel.TestCertificate;
import dev.runnel.page.RunningRunnel;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runnel behind a real nginx and a real Caddy, configured like in docs/deploy.md, and
 * behind an nginx with its own defaults.
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

	/** Returns the example of a program, with the address of this test. */
	private static String documented(String program) throws Exception {
		Matcher example = Pattern.compile("(?s)```" + program + "\n(.*?)```")
			.matcher(Files.readString(Path.of("docs/deploy.md")));
		assertThat(example.find()).isTrue();
		return example.group(1).replace("127.0.0.1:8000", "127.0.0.1:" + runnel.port());
	}

	/** Returns the example of nginx, with the port and the certificate of this test. */
	private String nginx() throws Exception {
		return documented("nginx").replace("listen 443 ssl", "listen LISTEN ssl")
			.replace("/etc/nginx/", this.folder + "/");
	}

	private static String byDefault() {
		return "server { listen LISTEN; location / { proxy_pass " + runnel.url("") + "; } }";
	}

	/**
	 * Sends a request and returns the lines of the response. The model sends the rest of
	 * its answer when the client has seen the beginning.
	 */
	private static List<String> send(RunningProxy proxy, String head, String body) throws Exception {
		try (Socket socket = new Socket("127.0.0.1", proxy.port())) {
			return send(socket, head, body);
		}
	}

	private static List<String> send(Socket socket, String head, String body) throws Exception {
		CountDownLatch seen = new CountDownLatch(1);
		upstream.instead(Script.stream().text("one ").awaitGate(seen).text("two").finish("stop").done().end());
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

	/** Connects with TLS. Caddy may still make its certificate. */
	private static Socket connect(RunningProxy proxy, Path trusted) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.ignoreExceptions()
			.until(() -> handshake(proxy, trusted), Objects::nonNull);
	}

	private static Socket handshake(RunningProxy proxy, Path trusted) throws IOException {
		String authority = trusted.toUri().toString();
		SSLSocket socket = (SSLSocket) SslBundle
			.of(new PemSslStoreBundle(null, PemSslStoreDetails.forCertificate(authority)))
			.createSslContext()
			.getSocketFactory()
			.createSocket(new Socket("127.0.0.1", proxy.port()), "chat.example.org", proxy.port(), true);
		socket.startHandshake();
		return socket;
	}

	private static String question(String path, String host, String origin) {
		return "POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\nOrigin: " + origin
				+ "\r\nContent-Type: application/json\r\n";
	}

	/** Asks as a browser does, and claims what only the proxy may say. */
	private static void assertPassesAnAnswerOn(Socket socket) throws Exception {
		List<String> lines = send(socket,
				question("/api/chat/stream", "chat.example.org", "https://chat.example.org")
						+ "X-Forwarded-Host: evil.example\r\nX-Forwarded-Port: 99\r\nX-Forwarded-Proto: http\r\n",
				"{\"message\":\"hi\"}");
		assertThat(lines.get(0)).isEqualTo("HTTP/1.1 200 OK");
		assertThat(lines).extracting((line) -> line.toLowerCase(Locale.ROOT))
			.anyMatch((line) -> line.startsWith("set-cookie: __host-runnel-") && line.contains("secure"));
		assertThat(lines).contains("event: start", "event: message", "event: complete");
	}

	@Test
	void asDocumentedNginxPassesAnAnswerOnAsItIsWrittenAndNothingThatAStrangerClaims() throws Exception {
		Path certificate = TestCertificate.create(this.folder, "chat.example.org", "dns:chat.example.org");
		try (RunningProxy proxy = RunningProxy.nginx(this.folder, nginx());
				Socket socket = connect(proxy, certificate)) {
			assertPassesAnAnswerOn(socket);
		}
	}

	@Test
	void asDocumentedCaddyPassesAnAnswerOnAsItIsWrittenAndNothingThatAStrangerClaims() throws Exception {
		try (RunningProxy proxy = RunningProxy.caddy(this.folder, documented("caddy"));
				Socket socket = connect(proxy, this.folder.resolve(RunningProxy.AUTHORITY))) {
			assertPassesAnAnswerOn(socket);
		}
	}

	/** The containers have the documented Caddy, at other addresses. */
	@Test
	void theContainersUseTheDocumentedCaddy() throws Exception {
		Map<String, Map<String, Map<String, String>>> compose = new Yaml()
			.load(Files.readString(Path.of("compose.yaml")));
		assertThat(compose.get("configs").get("caddy").get("content").replace("${CHAT_HOST}", "chat.example.org"))
			.isEqualToNormalizingWhitespace(documented("caddy").replace("127.0.0.1:" + runnel.port(), "runnel:8000"));
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
