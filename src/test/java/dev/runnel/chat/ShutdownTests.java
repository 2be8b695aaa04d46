package dev.runnel.chat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.runnel.RunnelApplication;
import dev.runnel.conversation.store.Database;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When the server is told to stop, every reader gets a last event.
 */
@Timeout(90)
class ShutdownTests {

	private static final int STREAMS = 50;

	private static ConfigurableApplicationContext start(ScriptedUpstream upstream, String wait, String... settings) {
		String[] all = Stream.concat(Stream.of("--server.port=0", "--runnel.openrouter.base-url=" + upstream.baseUrl(),
				"--runnel.openrouter.api-key=k", "--runnel.stream.max-per-visitor=100",
				"--runnel.stream.shutdown-wait=" + wait), Stream.of(settings))
			.toArray(String[]::new);
		return new SpringApplicationBuilder(RunnelApplication.class).run(all);
	}

	private static List<InputStream> openAll(ConfigurableApplicationContext running) throws Exception {
		HttpReader reader = new HttpReader(
				running.getEnvironment().getRequiredProperty("local.server.port", int.class));
		List<InputStream> bodies = new ArrayList<>();
		for (int i = 0; i < STREAMS; i++) {
			InputStream body = reader.openStream("hi").body();
			HttpReader.readUntil(body, "some");
			bodies.add(body);
		}
		return bodies;
	}

	private static List<String> readAll(List<InputStream> bodies) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(STREAMS);
		List<CompletableFuture<String>> ends = bodies.stream()
			.map((body) -> CompletableFuture.supplyAsync(() -> rest(body), threads))
			.toList();
		List<String> texts = new ArrayList<>();
		for (CompletableFuture<String> end : ends) {
			texts.add(end.get(30, TimeUnit.SECONDS));
		}
		threads.shutdown();
		return texts;
	}

	private static String rest(InputStream body) {
		try (body) {
			return new String(body.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void streamsThatTakeTooLongEndWithAnErrorThatReadersReceive() throws Exception {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(Script.stream().text("some text").stall())) {
			ConfigurableApplicationContext running = start(upstream, "200ms");
			List<InputStream> bodies = openAll(running);
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(running::close);
			assertThat(readAll(bodies)).hasSize(STREAMS)
				.allMatch((end) -> end.contains("event: error\ndata: {\"status\":\"error\",\"code\":\"interrupted\"")
						&& end.contains("\"retryable\":true}\n\n"));
			stopped.get(30, TimeUnit.SECONDS);
		}
	}

	@Test
	void streamsThatEndInTimeEndWell() throws Exception {
		CountDownLatch gate = new CountDownLatch(1);
		try (ScriptedUpstream upstream = ScriptedUpstream
			.start(Script.stream().text("some").awaitGate(gate).text(" more").finish("stop").done().end())) {
			ConfigurableApplicationContext running = start(upstream, "20s");
			List<InputStream> bodies = openAll(running);
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(running::close);
			gate.countDown();
			assertThat(readAll(bodies)).allMatch((end) -> end.contains("event: complete\n"));
			stopped.get(30, TimeUnit.SECONDS);
		}
	}

	@Test
	void theEndsAndTheCostOfTheLastStreamsAreStored(@TempDir Path folder) throws Exception {
		CountDownLatch gate = new CountDownLatch(1);
		String[] settings = { "--runnel.data-dir=" + folder, "--runnel.chat.title-timeout=0s" };
		try (ScriptedUpstream upstream = ScriptedUpstream
			.start(Script.stream().text("some").awaitGate(gate).text(" more").finish("stop").done().end())) {
			ConfigurableApplicationContext running = start(upstream, "20s", settings);
			List<InputStream> bodies = openAll(running);
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(running::close);
			gate.countDown();
			readAll(bodies);
			stopped.get(30, TimeUnit.SECONDS);
			try (ConfigurableApplicationContext again = start(upstream, "0s", settings)) {
				assertThat(column(again, "select state from message where state is not null")).hasSize(STREAMS)
					.containsOnly("COMPLETE");
				assertThat(column(again, "select model from expense")).hasSize(STREAMS);
			}
		}
	}

	private static List<String> column(ConfigurableApplicationContext running, String query) {
		return running.getBean(Database.class)
			.read((client) -> client.sql(query).map((row) -> String.valueOf(row.get(0))).all())
			.collectList()
			.block(Duration.ofSeconds(20));
	}

}
