package dev.runnel.security;

import java.util.List;

import dev.runnel.web.ClientAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

/**
 * The client address and the requested address behind trusted and other proxies.
 */
class ForwardedHeadersTests {

	/** Answers with the client address and the URI that handlers see. */
	private static Mono<Void> tell(ServerWebExchange exchange) {
		String seen = ClientAddress.of(exchange).network() + " " + exchange.getRequest().getURI();
		return exchange.getResponse()
			.writeWith(Mono.just(exchange.getResponse().bufferFactory().wrap(seen.getBytes(UTF_8))));
	}

	private static String seen(List<String> trusted, String headers) {
		return seen(new ForwardedHeaders(new TrustedProxies(trusted)), headers);
	}

	private static String seen(ForwardedHeaders forwarded, String headers) {
		WebHandler handler = ForwardedHeadersTests::tell;
		DisposableServer server = HttpServer.create()
			.host("127.0.0.1")
			.forwarded(forwarded)
			.handle(new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.webHandler(handler).build()))
			.bindNow(ofSeconds(10));
		try {
			return HttpClient.newConnection().headers((sent) -> headers.lines().forEach((line) -> {
				String[] parts = line.split(": ", 2);
				sent.add(parts[0], parts[1]);
			}))
				.get()
				.uri("http://127.0.0.1:" + server.port() + "/x")
				.responseSingle((response, body) -> body.asString())
				.block(ofSeconds(10))
				.replace(":" + server.port(), ":PORT");
		}
		finally {
			server.disposeNow(ofSeconds(10));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { //
			"X-Forwarded-For: 192.0.2.7 | 192.0.2.7 http://127.0.0.1:PORT/x",
			"X-Forwarded-For: 192.0.2.66, 192.0.2.7 | 192.0.2.7 http://127.0.0.1:PORT/x",
			"X-Forwarded-For: 192.0.2.66, 192.0.2.7, 10.1.2.3 | 192.0.2.7 http://127.0.0.1:PORT/x",
			"X-Forwarded-For: 192.0.2.7:4711 | 192.0.2.7 http://127.0.0.1:PORT/x",
			"X-Forwarded-For: ::ffff:192.0.2.7 | 192.0.2.7 http://127.0.0.1:PORT/x",
			"X-Forwarded-For: 2001:db8:1:2:3:4:5:6 | 2001:db8:1:2:0:0:0:0/64 http://127.0.0.1:PORT/x",
			"X-Forwarded-For: [2001:db8::1]:4711 | 2001:db8:0:0:0:0:0:0/64 http://127.0.0.1:PORT/x",
			"X-Forwarded-For: unknown | 127.0.0.1 http://127.0.0.1:PORT/x",
			"X-Forwarded-For: 192.0.2.7, localhost | 127.0.0.1 http://127.0.0.1:PORT/x",
			"X-Forwarded-For: 10.1.1.1, 10.1.2.3 | 10.1.1.1 http://127.0.0.1:PORT/x",
			"Forwarded: for=192.0.2.7;proto=https | 127.0.0.1 http://127.0.0.1:PORT/x",
			"X-Forwarded-Proto: HTTPS | 127.0.0.1 https://127.0.0.1:PORT/x",
			"X-Forwarded-Proto: javascript | 127.0.0.1 http://127.0.0.1:PORT/x",
			"X-Forwarded-Host: chat.example | 127.0.0.1 http://chat.example/x",
			"X-Forwarded-Host: evil.example, chat.example | 127.0.0.1 http://chat.example/x",
			"X-Forwarded-Host: chat.example:8443 | 127.0.0.1 http://chat.example:8443/x",
			"X-Forwarded-Host: [2001:db8::1]:8443 | 127.0.0.1 http://[2001:db8::1]:8443/x",
			"X-Forwarded-Host: a/b | 127.0.0.1 http://127.0.0.1:PORT/x" })
	void headersOfATrustedProxyCount(String header, String seen) {
		assertThat(seen(List.of("127.0.0.0/8", "10.0.0.0/8"), header)).isEqualTo(seen);
	}

	@Test
	void theirWordsGoTogether() {
		assertThat(seen(List.of("127.0.0.1"), """
				X-Forwarded-For: 192.0.2.7
				X-Forwarded-Proto: https
				X-Forwarded-Host: chat.example""")).isEqualTo("192.0.2.7 https://chat.example/x");
		assertThat(seen(List.of("127.0.0.1"), """
				X-Forwarded-Proto: https
				X-Forwarded-Host: chat.example
				X-Forwarded-Port: 8443""")).isEqualTo("127.0.0.1 https://chat.example:8443/x");
	}

	@Test
	void theNearestTrustedProxiesAreCountedFromTheEndAcrossLines() {
		assertThat(seen(List.of("127.0.0.1", "10.0.0.0/8"), """
				X-Forwarded-For: 192.0.2.66
				X-Forwarded-For: 192.0.2.7, 10.1.2.3
				X-Forwarded-Proto: http, https, http
				X-Forwarded-Host: evil.example, chat.example, inner.example"""))
			.isEqualTo("192.0.2.7 https://chat.example/x");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "10.0.0.0/8", "127.0.0.2", "::1" })
	void headersOfOthersDoNotCount(String trusted) {
		assertThat(seen(trusted.isEmpty() ? List.of() : List.of(trusted), """
				X-Forwarded-For: 192.0.2.7
				X-Forwarded-Proto: https
				X-Forwarded-Host: chat.example
				X-Forwarded-Port: 8443""")).isEqualTo("127.0.0.1 http://127.0.0.1:PORT/x");
	}

	/**
	 * One server asks several times. A stranger could send any header, so none of their
	 * text is in the line.
	 */
	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void oneLineAMinuteTellsOfAPeerThatMayBeAProxy(CapturedOutput output) {
		ForwardedHeaders headers = new ForwardedHeaders(new TrustedProxies(List.of("10.0.0.0/8")));
		assertThat(seen(headers, "X-Real-IP: 192.0.2.7")).startsWith("127.0.0.1 ");
		assertThat(output).doesNotContain("RUNNEL_SECURITY_TRUSTED_PROXIES");
		for (String name : List.of("X-Forwarded-Proto", "X-Forwarded-For", "Forwarded", "X-Forwarded-Host",
				"X-Forwarded-Port")) {
			assertThat(seen(headers, name + ": 192.0.2.7 forged")).startsWith("127.0.0.1 ");
		}
		assertThat(output.toString().lines().filter((line) -> line.contains("RUNNEL_SECURITY_TRUSTED_PROXIES")))
			.singleElement(STRING)
			.contains("Forwarded headers from 127.0.0.1 are ignored")
			.doesNotContain("192.0.2.7", "forged");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Port", "Forwarded" })
	@ExtendWith(OutputCaptureExtension.class)
	void anyForwardedHeaderIsReasonEnough(String name, CapturedOutput output) {
		seen(List.of(), name + ": x");
		assertThat(output).contains("RUNNEL_SECURITY_TRUSTED_PROXIES");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/8", "fd00::/129", "fd00::/x", "/8", "" })
	void namesAnInvalidNetwork(String network) {
		assertThatIllegalArgumentException().isThrownBy(() -> new TrustedProxies(List.of(network)))
			.withMessageStartingWith("runnel.security.trusted-proxies must be addresses or networks such as")
			.withMessageEndingWith("but has '" + network + "'");
	}

}
