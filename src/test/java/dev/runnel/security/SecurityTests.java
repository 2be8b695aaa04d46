package dev.runnel.security;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.runnel.HttpClients;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Security headers, refused requests and visitor cookies, over HTTP.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = "runnel.security.hosts=Chat.example,my_host")
class SecurityTests {

	private final WebTestClient client;

	private final int port;

	SecurityTests(@LocalServerPort int port) {
		this.port = port;
		this.client = HttpClients.at("http://127.0.0.1:" + port).build();
	}

	private HttpHeaders get(String path, String... cookie) {
		WebTestClient.RequestHeadersSpec<?> get = this.client.get().uri(path);
		for (String value : cookie) {
			get.header(HttpHeaders.COOKIE, value);
		}
		return get.exchange().expectBody().returnResult().getResponseHeaders();
	}

	private WebTestClient.ResponseSpec post(String header, String value) {
		return this.client.post()
			.uri("/api/chat")
			.contentType(MediaType.APPLICATION_JSON)
			.header(header, value.replace("PORT", Integer.toString(this.port)))
			.bodyValue("{\"message\":\"hi\"}")
			.exchange();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/ai-demo", "/api/models", "/api/nothing", "/actuator/health", "/js/app.js" })
	void everyResponseTellsBrowsersToRunOnlyWhatIsServedHere(String path) {
		HttpHeaders headers = get(path);
		assertThat(headers.getFirst("Content-Security-Policy"))
			.contains("default-src 'self'", "script-src 'self'", "object-src 'none'", "base-uri 'none'",
					"frame-ancestors 'none'")
			.doesNotContain("unsafe");
		assertThat(headers.getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
		assertThat(headers.getFirst("Referrer-Policy")).isEqualTo("same-origin");
		assertThat(headers.getFirst("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
		assertThat(headers.containsHeader("Permissions-Policy")).isTrue();
		assertThat(headers.containsHeader("Access-Control-Allow-Origin")).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "Sec-Fetch-Site, cross-site", "Sec-Fetch-Site, same-site", "Origin, https://evil.example",
			"Origin, null", "Origin, http://127.0.0.1:1", "Origin, http://localhost:PORT", "Origin, not a uri" })
	void refusesWhatABrowserMarksAsAnotherSites(String header, String value) {
		post(header, value).expectStatus()
			.isForbidden()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.code")
			.isEqualTo("invalid_request");
	}

	@ParameterizedTest
	@CsvSource({ "Sec-Fetch-Site, same-origin", "Sec-Fetch-Site, none", "Origin, http://127.0.0.1:PORT",
			"User-Agent, curl" })
	void answersItsOwnPageAndPrograms(String header, String value) {
		post(header, value).expectStatus().isOk().expectBody().jsonPath("$.content").isNotEmpty();
	}

	@Test
	void givesAVisitorACookieThatScriptsCannotRead() {
		assertThat(get("/ai-demo").getFirst("Set-Cookie")).startsWith("runnel-")
			.contains("HTTPOnly", "SameSite=Lax", "Path=/")
			.doesNotContain("Secure");
	}

	@Test
	void keepsAVisitorWhomItKnows() {
		String cookie = cookie(get("/ai-demo"));
		assertThat(cookie(get("/ai-demo", cookie))).isEqualTo(cookie);
		assertThat(get("/api/models", cookie).containsHeader("Set-Cookie")).isFalse();
	}

	private static String cookie(HttpHeaders headers) {
		String set = headers.getFirst("Set-Cookie");
		return set.substring(0, set.indexOf(';'));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/js/app.js", "/icons/icon-192.png", "/nope", "/ai-demo/nope", "/api/nope",
			"/ai-demo/c/00000000-0000-0000-0000-000000000000", "/actuator/health", "/" })
	void givesNoCookieWhereNoVisitorIsNeeded(String path) {
		assertThat(get(path).containsHeader("Set-Cookie")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/models", "/api/presets", "/api/chat/streams", "/api/conversations", "/api/nope",
			"/nope" })
	void cachesKeepNothingOfAVisitor(String path) {
		assertThat(get(path).getFirst("Cache-Control")).isEqualTo("no-store");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/js/app.js", "/css/error.css" })
	void aBrowserKeepsAFileThatHasNotChanged(String path) {
		String modified = get(path).getFirst("Last-Modified");
		this.client.get()
			.uri(path)
			.header("If-Modified-Since", modified)
			.exchange()
			.expectStatus()
			.isNotModified()
			.expectHeader()
			.doesNotExist("Cache-Control");
	}

	@Test
	void theFrontDoorLeadsToThePage() {
		HttpHeaders headers = get("/");
		assertThat(headers.getFirst("Location")).isEqualTo("/ai-demo");
	}

	@Test
	void healthSaysUpAndNothingElseIsOpen() {
		this.client.get()
			.uri("/actuator/health")
			.exchange()
			.expectBody()
			.jsonPath("$.components")
			.doesNotExist()
			.jsonPath("$.status")
			.isEqualTo("UP");
		for (String closed : List.of("/actuator/env", "/actuator/heapdump", "/actuator/configprops", "/actuator/info",
				"/actuator/mappings", "/actuator/loggers", "/actuator")) {
			this.client.get().uri(closed).exchange().expectStatus().isNotFound().expectBody().returnResult();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "liveness", "readiness" })
	void aProbeSaysOnlyWhetherTheServerIsUp(String probe) throws Exception {
		assertThat(answer("GET /actuator/health/" + probe + " HTTP/1.1\r\nHost: evil.example\r\n"))
			.startsWith("HTTP/1.1 200 ")
			.contains("{\"status\":\"UP\"}");
	}

	private String answer(String head) throws Exception {
		try (Socket socket = new Socket("127.0.0.1", this.port)) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream().write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://evil.example/api/models", "HTTP://evil.example/ai-demo", "ftp://127.0.0.1/ai-demo",
			"ai-demo", "http://127.0.0.1@evil.example/", "http:///api/models" })
	void aTargetWithAnotherHostThanTheHeaderIsRefused(String target) throws Exception {
		assertThat(answer("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n")).startsWith("HTTP/1.1 400 ");
	}

	@Test
	void aTargetMayRepeatTheHost() throws Exception {
		assertThat(answer("GET http://127.0.0.1/api/models HTTP/1.1\r\nHost: 127.0.0.1\r\n"))
			.startsWith("HTTP/1.1 200 ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "evil.example", "evil.example:8000", "127.0.0.1.evil.example", "localhost.evil.example",
			"chat.example.evil.example", "127.0.0.1@evil.example", "2130706433", "mybox" })
	void aHostThatIsNotItsOwnIsToldWhichSettingWouldMakeItSo(String host) throws Exception {
		assertThat(answer("GET /api/models HTTP/1.1\r\nHost: " + host + "\r\n")).startsWith("HTTP/1.1 421 ")
			.contains("RUNNEL_SECURITY_HOSTS");
		assertThat(answer("GET /ai-demo HTTP/1.1\r\nAccept: text/html\r\nHost: " + host + "\r\n"))
			.startsWith("HTTP/1.1 421 ")
			.contains("text/plain", "RUNNEL_SECURITY_HOSTS");
		assertThat(answer("GET /actuator/health HTTP/1.1\r\nHost: " + host + "\r\n")).startsWith("HTTP/1.1 200 ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "127.0.0.1:80", "[::1]:8000", "localhost", "LOCALHOST:8000", "chat.example",
			"chat.example.:443", "my_host:8000", "chat.localhost" })
	void aHostOfItsOwnIsAnswered(String host) throws Exception {
		assertThat(answer("GET /api/models HTTP/1.1\r\nHost: " + host + "\r\n")).startsWith("HTTP/1.1 200 ");
	}

	@Test
	void aRequestHasOneHost() throws Exception {
		assertThat(answer("GET /api/models HTTP/1.1\r\n")).startsWith("HTTP/1.1 400 ");
		assertThat(answer("GET /api/models HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: chat.example\r\n"))
			.startsWith("HTTP/1.1 400 ");
	}

	@ParameterizedTest
	@CsvSource({ "http://chat.example:8080, 127.0.0.1:8000", "http://chat.example:8080, chat.example" })
	void aHostThatAProxyChangedIsToldHowToPassIt(String origin, String host) throws Exception {
		assertThat(answer(
				"POST /api/chat HTTP/1.1\r\nContent-Length: 0\r\nHost: " + host + "\r\nOrigin: " + origin + "\r\n"))
			.startsWith("HTTP/1.1 403 ")
			.contains("proxy_set_header Host $http_host");
	}

	@ParameterizedTest
	@CsvSource({ "https://chat.example, chat.example:443", "https://chat.example, chat.example",
			"http://chat.example, chat.example:80", "http://chat.example:8080, chat.example:8080" })
	void theSameHostWithOrWithoutItsUsualPortIsTheSame(String origin, String host) throws Exception {
		assertThat(answer(
				"POST /api/chat HTTP/1.1\r\nContent-Length: 0\r\nHost: " + host + "\r\nOrigin: " + origin + "\r\n"))
			.startsWith("HTTP/1.1 415 ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "200-ok", "100-continue, 200-ok", "100-continue\r\nExpect: 200-ok", "100-continue=yes" })
	void anExpectationThatItDoesNotKnowFailsBeforeTheBodyIsSent(String expected) throws Exception {
		String head = "POST /api/chat HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
				+ "Content-Length: 16\r\nExpect: " + expected + "\r\n\r\n";
		try (Socket socket = new Socket("127.0.0.1", this.port)) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
			String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(answer).startsWith("HTTP/1.1 417 ").contains("application/problem+json", "invalid_request");
		}
	}

	@Test
	void aClientThatAsksWhetherToGoOnIsToldBeforeItSendsTheBody() throws Exception {
		String head = "POST /api/chat HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: 16\r\n"
				+ "Expect: 100-Continue\r\nContent-Type: ";
		try (Socket socket = new Socket("127.0.0.1", this.port)) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream().write((head + "application/json\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
			assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
				.isEqualTo("HTTP/1.1 100");
			socket.getOutputStream().write("{\"message\":\"hi\"}".getBytes(StandardCharsets.US_ASCII));
			assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
				.contains("HTTP/1.1 200 ");
		}
		assertThat(answer(head + "text/plain\r\n")).startsWith("HTTP/1.1 415 ");
	}

	@Test
	void aPageSaysItsCharacters() {
		assertThat(get("/ai-demo").getFirst("Content-Type")).isEqualToIgnoringCase("text/html;charset=UTF-8");
	}

	@Test
	void aHostThatNoUriMayHaveIsComparedAllTheSame() throws Exception {
		try (Socket socket = new Socket("127.0.0.1", this.port)) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream()
				.write(("POST /api/chat HTTP/1.1\r\nHost: my_host\r\nOrigin: http://other_host\r\n"
						+ "Content-Length: 0\r\nConnection: close\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(answer).startsWith("HTTP/1.1 403 ").contains("\"type\":\"about:blank\"");
		}
	}

}
