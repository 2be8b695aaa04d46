package dev.runnel.models;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import dev.runnel.RunnelApplication;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CatalogueRefresh} inside the application.
 */
@Timeout(60)
class CatalogueRefreshTests {

	private static final String LIST = "{\"data\":[{\"id\":\"acme/chat-%d\"}]}";

	@Test
	void startDoesNotWaitForList() {
		CountDownLatch gate = new CountDownLatch(1);
		try (ScriptedUpstream upstream = ScriptedUpstream.start().models(Script.empty().awaitGate(gate));
				ConfigurableApplicationContext application = start(upstream)) {
			assertThat(application.isRunning()).isTrue();
			assertThat(application.getBean(Models.class).offered("acme/chat-7")).isTrue();
		}
	}

	@Test
	void listIsRefreshedInTheBackground() {
		try (ScriptedUpstream upstream = ScriptedUpstream.start().models(list(1));
				ConfigurableApplicationContext application = start(upstream)) {
			Models models = application.getBean(Models.class);
			await(() -> models.find("acme/chat-1").isPresent());
			upstream.models(list(2));
			await(() -> models.find("acme/chat-2").isPresent());
			assertThat(models.offered("acme/chat-1")).isFalse();
		}
	}

	@Test
	void eachServiceIsAskedAgainAtItsOwnPace() {
		try (ScriptedUpstream good = ScriptedUpstream.start().models(list(1));
				ScriptedUpstream bad = ScriptedUpstream.start().models(Script.error(503, "provider_overloaded"));
				ConfigurableApplicationContext application = run("--runnel.openrouter.base-url=" + good.baseUrl(),
						"--runnel.upstreams[0].name=bad", "--runnel.upstreams[0].base-url=" + bad.baseUrl(),
						"--runnel.catalogue.refresh=1h", "--runnel.catalogue.retry=50ms")) {
			Models models = application.getBean(Models.class);
			await(() -> models.find("acme/chat-1").isPresent() && bad.requests().size() > 2);
			bad.models(list(2));
			await(() -> models.find("acme/chat-2").isPresent());
			assertThat(good.requests()).hasSize(1);
		}
	}

	@Test
	void healthSaysThatTheServiceCannotBeReached() throws Exception {
		String gone;
		try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
			gone = upstream.baseUrl();
		}
		try (ConfigurableApplicationContext application = start(gone)) {
			String port = application.getEnvironment().getProperty("local.server.port");
			HttpResponse<String> health = HttpClient.newHttpClient()
				.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/health")).build(),
						HttpResponse.BodyHandlers.ofString());
			assertThat(health.statusCode()).isEqualTo(200);
			assertThat(health.body()).contains("\"status\":\"DEGRADED\"");
		}
	}

	private static Script list(int number) {
		return Script.answer(200, "application/json", LIST.formatted(number));
	}

	private static void await(java.util.concurrent.Callable<Boolean> condition) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(condition);
	}

	private static ConfigurableApplicationContext start(ScriptedUpstream upstream) {
		return start(upstream.baseUrl());
	}

	private static ConfigurableApplicationContext start(String baseUrl) {
		return run("--runnel.openrouter.base-url=" + baseUrl, "--runnel.catalogue.refresh=50ms",
				"--runnel.catalogue.retry=50ms");
	}

	private static ConfigurableApplicationContext run(String... settings) {
		String[] all = Stream.concat(Stream.of("--server.port=0", "--server.address=127.0.0.1"), Stream.of(settings))
			.toArray(String[]::new);
		return new SpringApplicationBuilder(RunnelApplication.class).run(all);
	}

}
