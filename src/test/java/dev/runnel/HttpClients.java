package dev.runnel;

import java.net.http.HttpClient;
import java.time.Duration;

import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * Builds the clients of tests. They use the HTTP client of the JDK, which has no Netty
 * buffers. {@link LeakDetection} could not tell an unread body of a test's client from a
 * buffer that Runnel leaks.
 */
public final class HttpClients {

	private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private static final Duration RESPONSE_LIMIT = Duration.ofSeconds(40);

	private HttpClients() {
	}

	/**
	 * Begins a client for the server at a base URL, such as
	 * {@code http://127.0.0.1:8055}.
	 */
	public static WebTestClient.Builder at(String baseUrl) {
		return WebTestClient.bindToServer(new JdkClientHttpConnector(CLIENT))
			.baseUrl(baseUrl)
			.responseTimeout(RESPONSE_LIMIT);
	}

}
