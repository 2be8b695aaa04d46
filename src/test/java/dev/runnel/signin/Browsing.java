package dev.runnel.signin;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jsoup.Jsoup;
import org.jsoup.parser.Parser;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A browser without JavaScript: it keeps cookies, follows no redirect by itself, and
 * sends a form with the token of the page that it read last.
 */
final class Browsing {

	static final String PASSWORD = "a long enough sentence";

	private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]+)\"");

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final HttpClient client = HttpClient.newHttpClient();

	private final Map<String, String> cookies = new TreeMap<>();

	private final Map<String, String> headers = new TreeMap<>();

	private final String origin;

	private String token = "";

	Browsing(String origin) {
		this.origin = origin;
	}

	/** Sends one more header with each request, as a proxy in front would. */
	Browsing sending(String name, String value) {
		this.headers.put(name, value);
		return this;
	}

	HttpResponse<String> get(String path) {
		HttpResponse<String> page = send(request(path).GET());
		Matcher found = TOKEN.matcher(page.body());
		this.token = found.find() ? Parser.unescapeEntities(found.group(1), true) : this.token;
		return page;
	}

	/** The token of the last page with a form. */
	String formToken() {
		return this.token;
	}

	/** Sends a form with the token of the last page. */
	HttpResponse<String> post(String path, Map<String, String> fields) {
		return postWith(this.token, path, fields);
	}

	HttpResponse<String> postWith(String formToken, String path, Map<String, String> fields) {
		Map<String, String> all = new TreeMap<>(fields);
		all.put("token", formToken);
		String body = all.entrySet()
			.stream()
			.map((field) -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
		return send(request(path).header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(body)));
	}

	HttpResponse<String> api(String method, String path, String json) {
		return send(request(path).header("Content-Type", "application/json")
			.method(method, HttpRequest.BodyPublishers.ofString(json)));
	}

	/** Uploads a file to attach. */
	HttpResponse<String> upload(String name, byte[] content) {
		return send(request("/api/files?name=" + name).header("Content-Type", "application/octet-stream")
			.POST(HttpRequest.BodyPublishers.ofByteArray(content)));
	}

	/** Signs in from the page, and checks that it led to the chat. */
	Browsing signIn(String name) {
		get("/sign-in");
		HttpResponse<String> answer = post("/sign-in", Map.of("username", name, "password", PASSWORD));
		assertThat(answer.statusCode()).isEqualTo(303);
		assertThat(location(answer)).isEqualTo("/ai-demo");
		return this;
	}

	/**
	 * Uses a link to a new account. The page of a link that is closed has no form, so the
	 * token comes from the sign-in.
	 */
	HttpResponse<String> join(String path, String link, String name) {
		get("/sign-in");
		get(path + "?link=" + link);
		return post(path, Map.of("link", link, "username", name, "password", PASSWORD));
	}

	static String location(HttpResponse<?> response) {
		return response.headers().firstValue("Location").orElse("");
	}

	/** Where a page leads by itself; empty if it does not. */
	static String next(HttpResponse<String> page) {
		String refresh = Jsoup.parse(page.body()).select("meta[http-equiv=refresh]").attr("content");
		return refresh.startsWith("0; url=") ? refresh.substring("0; url=".length()) : "";
	}

	/** The path of an address, with its query. */
	static String relative(String address) {
		URI uri = URI.create(address);
		return uri.getRawPath() + "?" + uri.getRawQuery();
	}

	/** Asks a question and returns the id of its conversation. */
	String ask(String message) {
		HttpResponse<String> answer = api("POST", "/api/chat", "{\"message\":\"" + message + "\"}");
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		Matcher id = Pattern.compile("\"conversationId\":\"([^\"]+)\"").matcher(answer.body());
		assertThat(id.find()).isTrue();
		return id.group(1);
	}

	String cookieHeader() {
		return this.cookies.entrySet()
			.stream()
			.map((cookie) -> cookie.getKey() + "=" + cookie.getValue())
			.collect(Collectors.joining("; "));
	}

	Map<String, String> cookies() {
		return this.cookies;
	}

	HttpRequest.Builder request(String path) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.origin + path))
			.timeout(LIMIT)
			.header("Accept", (path.startsWith("/api") || path.startsWith("/actuator")) ? "*/*" : "text/html");
		this.headers.forEach(request::header);
		return this.cookies.isEmpty() ? request : request.header("Cookie", cookieHeader());
	}

	HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			HttpResponse<String> response = this.client.send(request.build(), BodyHandlers.ofString());
			response.headers().allValues("Set-Cookie").forEach(this::keep);
			return response;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void keep(String setCookie) {
		String pair = setCookie.substring(0, setCookie.indexOf(';'));
		int equals = pair.indexOf('=');
		if (setCookie.contains("Max-Age=0")) {
			this.cookies.remove(pair.substring(0, equals));
		}
		else {
			this.cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
		}
	}

}
