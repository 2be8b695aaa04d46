package dev.runnel.metrics;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.stream.Stream;

import dev.runnel.page.RunningRunnel;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the metrics tell, and where nobody may read them.
 */
@Timeout(120)
class MetricsTests {

	private final ScriptedUpstream upstream = ScriptedUpstream.start(Script.hello());

	private final HttpClient client = HttpClient.newHttpClient();

	@AfterEach
	void close() {
		this.upstream.close();
	}

	private RunningRunnel start(String... more) {
		String[] settings = Stream
			.concat(Stream.of("--runnel.data-dir=mem", "--runnel.openrouter.base-url=" + this.upstream.baseUrl(),
					"--runnel.openrouter.api-key=k", "--runnel.openrouter.model=acme/chat-1", "--runnel.mock.pace=0ms"),
					Stream.of(more))
			.toArray(String[]::new);
		return RunningRunnel.start(settings);
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return this.client.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
	}

	private int ask(RunningRunnel runnel) throws Exception {
		return send(HttpRequest.newBuilder(URI.create(runnel.url("/api/chat")))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString("{\"message\":\"hi\"}"))).statusCode();
	}

	private HttpResponse<String> metrics(int port) throws Exception {
		return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/prometheus")));
	}

	@Test
	void aManagementPortOfItsOwnTellsWhatTurnsTakeAndCost() throws Exception {
		try (RunningRunnel runnel = start("--management.server.port=0", "--management.server.address=127.0.0.1")) {
			assertThat(ask(runnel)).isEqualTo(200);
			this.upstream.instead(Script.error(429, "x"));
			assertThat(ask(runnel)).isEqualTo(200);
			this.upstream.instead(Script.error(400, "x"));
			assertThat(ask(runnel)).isEqualTo(400);
			int port = runnel.context().getEnvironment().getRequiredProperty("local.management.port", int.class);
			HttpResponse<String> shown = metrics(port);
			assertThat(shown.statusCode()).isEqualTo(200);
			assertThat(shown.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
			assertThat(shown.body()).contains("runnel_tokens_total{kind=\"completion\"} 2.0",
					"runnel_tokens_total{kind=\"prompt\"} 12.0", "runnel_cost_dollars_total 2.0E-5",
					"runnel_answer_seconds_count{end=\"complete\",source=\"openrouter\"} 1",
					"runnel_answer_seconds_count{end=\"complete\",source=\"mock\"} 1",
					"runnel_answer_seconds_count{end=\"invalid_request\",source=\"openrouter\"} 1",
					"runnel_first_token_seconds_bucket{end=\"complete\",source=\"openrouter\",le=\"30.0\"} 1",
					"runnel_fallbacks_total 1.0", "runnel_upstream_failures_total{code=\"upstream_rate_limited\"} 1.0",
					"runnel_upstream_failures_total{code=\"invalid_request\"} 1.0", "runnel_streams 0.0",
					"runnel_readers 0.0", "runnel_database_connections{state=\"waiting\"}", "jvm_memory_used_bytes");
			assertThat(shown.body()).doesNotContain("acme");
			assertThat(metrics(runnel.port()).statusCode()).isEqualTo(404);
		}
	}

	@Test
	void refusalsAreCountedByTheirReason() throws Exception {
		try (RunningRunnel runnel = start("--management.server.port=0", "--management.server.address=127.0.0.1",
				"--runnel.limits.loopback=true", "--runnel.limits.questions-per-address=1",
				"--runnel.limits.searches-per-address=1")) {
			assertThat(ask(runnel)).isEqualTo(200);
			assertThat(ask(runnel)).isEqualTo(429);
			HttpRequest.Builder form = HttpRequest.newBuilder(URI.create(runnel.url("/ai-demo")))
				.header("Accept", "text/html")
				.header("Content-Type", "application/x-www-form-urlencoded")
				.POST(BodyPublishers.ofString("message=hi"));
			assertThat(send(form).statusCode()).isEqualTo(429);
			for (int status : new int[] { 200, 429 }) {
				HttpRequest.Builder search = HttpRequest
					.newBuilder(URI.create(runnel.url("/api/conversations?query=tea")));
				assertThat(send(search).statusCode()).isEqualTo(status);
			}
			assertThat(send(HttpRequest.newBuilder(URI.create(runnel.url("/api/nothing")))).statusCode())
				.isEqualTo(404);
			int port = runnel.context().getEnvironment().getRequiredProperty("local.management.port", int.class);
			assertThat(metrics(port).body().lines().filter((line) -> line.startsWith("runnel_refusals_total")))
				.containsExactlyInAnyOrder("runnel_refusals_total{reason=\"too_many_questions\"} 2.0",
						"runnel_refusals_total{reason=\"too_many_searches\"} 1.0");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "owner" })
	void withoutAdminsThePortOfThePageHasNone(String mode) throws Exception {
		try (RunningRunnel runnel = start("--runnel.sign-in.mode=" + mode)) {
			for (String path : new String[] { "/actuator/prometheus", "/actuator/%70rometheus",
					"/actuator;a/prometheus", "/actuator" }) {
				HttpResponse<String> closed = send(HttpRequest.newBuilder(URI.create(runnel.url(path))));
				assertThat(closed.statusCode()).as(path).isEqualTo(404);
				assertThat(closed.body()).doesNotContain("runnel_");
			}
		}
	}

	@Test
	void anotherPathOfTheEndpointsIsClosedToo() throws Exception {
		try (RunningRunnel runnel = start("--management.endpoints.web.base-path=/manage",
				"--management.endpoints.web.path-mapping.prometheus=numbers")) {
			assertThat(send(HttpRequest.newBuilder(URI.create(runnel.url("/manage/health")))).statusCode())
				.isEqualTo(200);
			assertThat(send(HttpRequest.newBuilder(URI.create(runnel.url("/manage/numbers")))).statusCode())
				.isEqualTo(404);
		}
	}

}
