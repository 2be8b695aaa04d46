package dev.runnel.upstream.openrouter;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The model service is asked through the proxy that is configured for the process.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class UpstreamProxyTests {

	private static final String FAR_AWAY = "http://model.invalid/api/v1";

	@ParameterizedTest
	@ValueSource(strings = { "HTTP_PROXY", "http_proxy" })
	void anAnswerComesThroughTheTunnelOfTheProxy(String variable, CapturedOutput output) throws Exception {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(Script.hello());
				TunnelProxy proxy = TunnelProxy.to(URI.create(upstream.baseUrl()).getPort());
				TestModel model = TestModel
					.in(Map.of(variable, "http://us%40er:pass%3Aword@127.0.0.1:" + proxy.port() + "/"), FAR_AWAY)) {
			assertThat(model.ask().text()).isEqualTo("Hello");
			assertThat(proxy.heads()).singleElement()
				.asString()
				.startsWith("CONNECT model.invalid:80 HTTP/1.1")
				.containsIgnoringCase("proxy-authorization: Basic "
						+ Base64.getEncoder().encodeToString("us@er:pass:word".getBytes(StandardCharsets.US_ASCII)));
			assertThat(upstream.takeRequest().headers()).doesNotContainKey("Proxy-Authorization");
			assertThat(output).contains("through the proxy 127.0.0.1:" + proxy.port()).doesNotContain("pass");
		}
	}

	/** Services of compose files have such names. */
	@Test
	void aHostWithAnUnderscoreIsAsked() throws Exception {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(Script.hello());
				TunnelProxy proxy = TunnelProxy.to(URI.create(upstream.baseUrl()).getPort());
				TestModel model = TestModel.in(Map.of("HTTP_PROXY", "127.0.0.1:" + proxy.port()),
						"http://llama_cpp:8080/v1")) {
			assertThat(model.ask().text()).isEqualTo("Hello");
			assertThat(proxy.heads()).singleElement().asString().startsWith("CONNECT llama_cpp:8080 HTTP/1.1");
			assertThat(upstream.takeRequest().headers()).containsEntry("Host", "llama_cpp:8080");
		}
	}

	@Test
	void theKeyDoesNotReachAProxyInFrontOfAnHttpsAddress() throws Exception {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(Script.hello());
				TunnelProxy proxy = TunnelProxy.to(URI.create(upstream.baseUrl()).getPort());
				TestModel model = TestModel.in(Map.of("HTTPS_PROXY", "127.0.0.1:" + proxy.port()),
						"https://model.invalid/api/v1")) {
			assertThat(model.ask().error()).isNotNull();
			assertThat(proxy.heads()).first().asString().startsWith("CONNECT model.invalid:443 HTTP/1.1");
			assertThat(proxy.heads().toString()).doesNotContainIgnoringCase("authorization");
		}
	}

	@Test
	void aProxyThatRefusesIsAModelThatIsNotAvailable(CapturedOutput output) throws Exception {
		try (TunnelProxy proxy = TunnelProxy.refusing("407 Proxy Authentication Required");
				TestModel model = TestModel.in(Map.of("http_proxy", "http://user:secret@127.0.0.1:" + proxy.port()),
						FAR_AWAY)) {
			assertThat(model.ask().error()).hasMessageContaining("407");
			assertThat(output).contains("407").doesNotContain("secret");
		}
	}

	@Test
	void javasOwnPropertiesComeFirst() throws Exception {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(Script.hello());
				TunnelProxy proxy = TunnelProxy.to(URI.create(upstream.baseUrl()).getPort())) {
			System.setProperty("http.proxyHost", "127.0.0.1");
			System.setProperty("http.proxyPort", Integer.toString(proxy.port()));
			try (TestModel model = TestModel.in(Map.of("HTTP_PROXY", "http://127.0.0.1:1"), FAR_AWAY)) {
				assertThat(model.ask().text()).isEqualTo("Hello");
				assertThat(proxy.heads()).hasSize(1);
			}
			finally {
				System.clearProperty("http.proxyHost");
				System.clearProperty("http.proxyPort");
			}
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "https://api.example.org/v1 | api.example.org", "https://api.example.org | *",
			"https://api.example.org | example.org", "https://api.example.org | .example.org",
			"https://api.example.org | a.test, *.Example.ORG", "https://API.example.org:8443 | api.example.org:8443",
			"https://api.example.org | example.org:443", "https://10.0.0.7/v1 | 10.0.0.7",
			"https://[fd00::1]/v1 | fd00::1", "https://[fd00::1]/v1 | [fd00::1]", "https://localhost:8080 | none.test",
			"https://127.0.0.1 | none.test" })
	void someHostsAreAskedDirectly(String target, String exceptions) {
		Map<String, String> environment = Map.of("HTTPS_PROXY", "http://proxy.test:3128", "NO_PROXY", exceptions);
		assertThat(UpstreamProxy.of(uri(target), environment::get)).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "https://api.example.org | ample.org", "https://api.example.org | other.test",
			"https://api.example.org | example.org:8443", "https://api.example.org | ''" })
	void otherHostsAreAskedThroughTheProxy(String target, String exceptions) {
		Map<String, String> environment = Map.of("https_proxy", "proxy.test:3128", "HTTPS_PROXY", "http://other.test",
				"no_proxy", exceptions);
		assertThat(UpstreamProxy.of(uri(target), environment::get))
			.isEqualTo(new UpstreamProxy("proxy.test", 3128, null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://user:secret@proxy.test", "socks5://user:secret@proxy.test", "http://user:secret@",
			"http://user:sec ret@proxy.test" })
	void anAddressThatIsNoHttpProxyIsRefusedAndNotRepeated(String address) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> UpstreamProxy.of(uri("https://api.example.org"), Map.of("HTTPS_PROXY", address)::get))
			.withMessageStartingWith("HTTPS_PROXY is not the address of an HTTP proxy")
			.withMessageNotContaining("sec")
			.withNoCause();
	}

	private static UriComponents uri(String url) {
		return UriComponentsBuilder.fromUriString(url).build();
	}

}
