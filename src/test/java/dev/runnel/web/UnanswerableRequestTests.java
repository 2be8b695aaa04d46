package dev.runnel.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import dev.runnel.HttpClients;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Requests that cannot be answered through no fault of the server. The client gets an
 * error; the log does not.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = "logging.level.dev.runnel.web=debug")
@ExtendWith(OutputCaptureExtension.class)
class UnanswerableRequestTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private final int port;

	UnanswerableRequestTests(@LocalServerPort int port) {
		this.port = port;
	}

	@ParameterizedTest
	@CsvSource({ "/ai-demo, garbage, 406", "/ai-demo, text/html;q=x, 406", "/ai-demo, application/json, 406",
			"/nope, /, 404" })
	void aTypeThatCannotBeHadIsToldAsAProblem(String path, String accepted, int status) {
		client().get()
			.uri(path)
			.header("Accept", accepted)
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	@Test
	void moreTypesThanCanBeSortedAreRefused(CapturedOutput output) {
		client().get()
			.uri("/ai-demo")
			.header("Accept", "text/html, ".repeat(60) + "text/html")
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.NOT_ACCEPTABLE);
		assertThat(output).doesNotContain("ERROR");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Transfer-Encoding: chunked\r\n\r\n-5\r\n",
			"Transfer-Encoding: chunked\r\n\r\nffffffffff\r\n", "Transfer-Encoding: chunked\r\n\r\n2\r\n{}xx",
			"Transfer-Encoding: chunked\r\n\r\n23\n{\"message\": \"hi\", \"temporary\":true}\n0\n\n" })
	void aRequestThatIsMalformedAfterItsHeadIsNoError(String rest, CapturedOutput output) throws IOException {
		assertMalformed("/api/chat", rest, output);
	}

	/**
	 * The handler has run, and its response comes behind that of the codec.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "zz\r\n", "0\r\nbad trailer\r\n\r\n" })
	void aMalformedChunkBehindAWholeBodyIsNoError(String rest, CapturedOutput output) throws IOException {
		String body = "1a\r\n{\"name\":\"a\",\"settings\":{}}\r\n";
		assertMalformed("/api/presets", "Transfer-Encoding: chunked\r\n\r\n" + body + rest, output);
	}

	private void assertMalformed(String path, String rest, CapturedOutput output) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.setSoTimeout((int) LIMIT.toMillis());
			String head = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n";
			socket.getOutputStream().write((head + rest).getBytes(StandardCharsets.US_ASCII));
			socket.getOutputStream().flush();
			assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
				.startsWith("HTTP/1.1 400 ");
		}
		Awaitility.await()
			.atMost(LIMIT)
			.untilAsserted(() -> assertThat(output).contains(path + ": the request is malformed after its head"));
		assertThat(output).doesNotContain("ERROR");
	}

	@Test
	void aFailureInTheMiddleOfAResponseIsAnError(CapturedOutput output) {
		assertThatThrownBy(
				() -> client().get().uri("/failing").exchange().expectStatus().isOk().expectBody().returnResult())
			.isNotNull();
		Awaitility.await()
			.atMost(LIMIT)
			.untilAsserted(() -> assertThat(output).contains("ERROR", "the second part is missing"));
	}

	/**
	 * The codec would write a line for each header, with a name that the client chose.
	 */
	@Test
	void aMalformedHeadWithManyHeadersIsNoThousandLines(CapturedOutput output) throws IOException {
		StringBuilder head = new StringBuilder("GET /ai-demo HTTP/1.1\r\nHost: 127.0.0.1\r\n");
		for (int i = 0; i < 900; i++) {
			head.append('h').append(i).append(":\r\n");
		}
		long before = output.toString().lines().count();
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.setSoTimeout((int) LIMIT.toMillis());
			socket.getOutputStream().write((head + "bad name: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
			socket.getOutputStream().flush();
			assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
				.startsWith("HTTP/1.1 400 ");
		}
		assertThat(output.toString().lines().count() - before).isLessThan(5);
	}

	@Test
	void aClientThatLeavesInTheMiddleOfItsRequestIsNoError(CapturedOutput output) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.getOutputStream().write("""
					POST /api/chat HTTP/1.1\r
					Host: 127.0.0.1\r
					Content-Type: application/json\r
					Content-Length: 100\r
					\r
					{"message":""".getBytes(StandardCharsets.US_ASCII));
			socket.getOutputStream().flush();
		}
		Awaitility.await()
			.atMost(LIMIT)
			.untilAsserted(() -> assertThat(output).contains("/api/chat: the client went away"));
		assertThat(output).doesNotContain("ERROR");
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Failing {

		@RestController
		static class FailingController {

			@GetMapping(path = "/failing", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
			Flux<String> fail() {
				return Flux.concat(Flux.just("first"),
						Flux.error(() -> new IllegalStateException("the second part is missing")));
			}

		}

	}

	private WebTestClient client() {
		return HttpClients.at("http://127.0.0.1:" + this.port).build();
	}

}
