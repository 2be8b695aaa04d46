package dev.runnel.conversation.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.runnel.HttpClients;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * Calls the HTTP API as one visitor: every call sends the same visitor cookie.
 */
public final class Api {

	private static final JsonMapper JSON = new JsonMapper();

	private final WebTestClient client;

	private Api(WebTestClient client) {
		this.client = client;
	}

	/**
	 * Creates a client for a new visitor.
	 * @param port the port of the server
	 */
	public static Api visitor(int port) {
		WebTestClient client = HttpClients.at("http://127.0.0.1:" + port)
			.responseTimeout(Duration.ofSeconds(90))
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(64 * 1024 * 1024))
			.build();
		ResponseCookie cookie = client.get()
			.uri("/api/models")
			.exchange()
			.expectBody()
			.returnResult()
			.getResponseCookies()
			.toSingleValueMap()
			.values()
			.iterator()
			.next();
		return new Api(client.mutate().defaultCookie(cookie.getName(), cookie.getValue()).build());
	}

	public WebTestClient.ResponseSpec get(String path, Object... variables) {
		return this.client.get().uri(path, variables).exchange();
	}

	/** Requests what a client has already, with the tag of its version. */
	public WebTestClient.ResponseSpec getIfChanged(String path, String tag) {
		return this.client.get().uri(path).header("If-None-Match", tag).exchange();
	}

	public WebTestClient.ResponseSpec delete(String path) {
		return this.client.delete().uri(path).exchange();
	}

	public WebTestClient.ResponseSpec send(HttpMethod method, String path, String json) {
		return send(method, path, MediaType.APPLICATION_JSON, json.getBytes(StandardCharsets.UTF_8));
	}

	public WebTestClient.ResponseSpec send(HttpMethod method, String path, MediaType type, byte[] body) {
		return this.client.method(method).uri(path).contentType(type).bodyValue(body).exchange();
	}

	public WebTestClient.ResponseSpec postAccepting(String path, String accepted, String json) {
		return this.client.post()
			.uri(path)
			.header("Accept", accepted)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(json)
			.exchange();
	}

	/** Checks that a call succeeded and returns its JSON body. */
	public static JsonNode json(WebTestClient.ResponseSpec response) {
		return JSON.readTree(response.expectStatus().is2xxSuccessful().expectBody().returnResult().getResponseBody());
	}

	/**
	 * Checks the status and the content type of a failed call and returns its problem.
	 */
	public static JsonNode problem(WebTestClient.ResponseSpec response, int status) {
		return JSON.readTree(response.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.returnResult()
			.getResponseBody());
	}

	/** Asks a question and returns the whole response. */
	public JsonNode ask(String body) {
		return json(send(HttpMethod.POST, "/api/chat", body));
	}

	/** Starts a conversation and returns its id. */
	public String begin(String message) {
		return ask("{\"message\":" + JSON.writeValueAsString(message) + "}").get("conversationId").asString();
	}

	public JsonNode conversation(String id) {
		return json(get("/api/conversations/" + id));
	}

	public JsonNode patch(String id, String body) {
		return json(send(HttpMethod.PATCH, "/api/conversations/" + id, body));
	}

}
