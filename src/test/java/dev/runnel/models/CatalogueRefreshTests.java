package dev.runnel.models;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

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

	private static Script list(int number) {
		return Script.answer(200, "application/json", LIST.formatted(number));
	}

	private static void await(java.util.concurrent.Callable<Boolean> condition) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(condition);
	}

	private static ConfigurableApplicationContext start(ScriptedUpstream upstream) {
		return new SpringApplicationBuilder(RunnelApplication.class).run("--server.port=0",
				"--server.address=127.0.0.1", "--runnel.openrouter.base-url=" + upstream.baseUrl(),
				"--runnel.catalogue.refresh=50ms", "--runnel.catalogue.retry=50ms");
	}

}
