package dev.runnel.security;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpCookie;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Visitors of a browser that stores cookies like real browsers: by name, whatever the
 * port.
 */
class VisitorFilterTests {

	private static final String ADDRESS = "http://127.0.0.1:8000/ai-demo";

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final VisitorCookies cookies = new VisitorCookies(secret("one"));

	private final Map<String, ResponseCookie> browser = new TreeMap<>();

	private static byte[] secret(String text) {
		return text.repeat(32).getBytes(StandardCharsets.US_ASCII);
	}

	private static VisitorFilter server(String secret) {
		return new VisitorFilter(new VisitorCookies(secret(secret)), Duration.ofDays(1));
	}

	private @Nullable String visit(VisitorFilter server, String url) {
		return visit(server, url, HttpStatus.OK);
	}

	/**
	 * Returns the id of the visitor, and stores the cookies of the response in the
	 * browser.
	 */
	private @Nullable String visit(VisitorFilter server, String url, HttpStatus status) {
		URI address = URI.create(url);
		MockServerHttpRequest.BaseBuilder<?> request = MockServerHttpRequest.get(url);
		this.browser.values()
			.stream()
			.filter((cookie) -> !cookie.isSecure() || address.getScheme().equals("https"))
			.forEach((cookie) -> request.cookie(new HttpCookie(cookie.getName(), cookie.getValue())));
		MockServerWebExchange exchange = MockServerWebExchange.from(request);
		server.filter(exchange, (handled) -> {
			handled.getResponse().setStatusCode(status);
			return handled.getResponse().setComplete();
		}).block(LIMIT);
		this.browser.putAll(exchange.getResponse().getCookies().toSingleValueMap());
		Visitor visitor = exchange.getAttribute(Visitor.ATTRIBUTE);
		return (visitor != null) ? visitor.id() : null;
	}

	private void give(String name, String value) {
		this.browser.put(name, ResponseCookie.from(name, value).secure(name.startsWith("__")).build());
	}

	@Test
	void serversOfOneHostLeaveEachOthersVisitorsAlone() {
		String one = visit(server("one"), ADDRESS);
		String two = visit(server("two"), "http://127.0.0.1:8001/ai-demo");
		assertThat(two).isNotEqualTo(one);
		assertThat(visit(server("one"), ADDRESS)).isEqualTo(one);
		assertThat(visit(server("two"), "http://127.0.0.1:8001/ai-demo")).isEqualTo(two);
	}

	@Test
	void aVisitorStaysTheSameAfterARestart() {
		assertThat(visit(server("one"), ADDRESS)).isEqualTo(visit(server("one"), ADDRESS));
	}

	@Test
	void aVisitorIsTakenAlongWhenTlsComesInFront() {
		String before = visit(server("one"), ADDRESS);
		assertThat(visit(server("one"), "https://chat.example/api/models")).isEqualTo(before);
		this.browser.values().removeIf((cookie) -> !cookie.isSecure());
		assertThat(visit(server("one"), "https://chat.example/ai-demo")).isEqualTo(before);
		assertThat(this.browser.keySet()).singleElement().asString().startsWith("__Host-runnel-");
	}

	@Test
	void thePlainCookieDoesNotReplaceTheSecureOne() {
		String secure = visit(server("one"), "https://chat.example/ai-demo");
		visit(server("one"), "http://chat.example/ai-demo");
		assertThat(visit(server("one"), "https://chat.example/ai-demo")).isEqualTo(secure);
	}

	@ParameterizedTest
	@CsvSource({ "runnel, http://127.0.0.1:8000/ai-demo", "runnel, https://chat.example/ai-demo",
			"__Host-runnel, https://chat.example/api/conversations" })
	void aVisitorOfAnEarlierVersionIsTakenAlong(String name, String url) {
		Visitor visitor = this.cookies.create();
		give(name, this.cookies.value(visitor));
		assertThat(visit(server("one"), url)).isEqualTo(visitor.id());
		this.browser.remove(name);
		assertThat(visit(server("one"), url)).isEqualTo(visitor.id());
	}

	@ParameterizedTest
	@ValueSource(strings = { "made-up", "made.up", ".", "", "AAAAAAAAAAAAAAAAAAAAAA.AAAA" })
	void aCookieThatItDidNotIssueIsLeftAlone(String value) {
		give("runnel", value);
		visit(server("one"), ADDRESS);
		assertThat(this.browser.get("runnel").getValue()).isEqualTo(value);
		assertThat(this.browser).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/assets/1/js/app.js", "/js/app.js", "/", "/actuator/health", "/api-docs", "/ai-demos" })
	void requestsThatNeedNoVisitorGetNone(String path) {
		assertThat(visit(server("one"), "http://127.0.0.1:8000" + path)).isNull();
		assertThat(this.browser).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/ai-demo/nope", "/api/nope" })
	void missingPageSetsNoCookie(String path) {
		visit(server("one"), "http://127.0.0.1:8000" + path, HttpStatus.NOT_FOUND);
		assertThat(this.browser).isEmpty();
	}

	@Test
	void belowAPathOfTheHostTheCookieGoesToNoOtherPath() {
		MockServerWebExchange exchange = MockServerWebExchange
			.from(MockServerHttpRequest.get("http://127.0.0.1/chat/ai-demo").contextPath("/chat"));
		server("one").filter(exchange, (handled) -> handled.getResponse().setComplete()).block(LIMIT);
		assertThat(exchange.getResponse().getCookies().toSingleValueMap().values()).singleElement()
			.satisfies((cookie) -> assertThat(cookie.getPath()).isEqualTo("/chat"));
	}

}
