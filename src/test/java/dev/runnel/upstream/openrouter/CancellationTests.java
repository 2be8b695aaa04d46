package dev.runnel.upstream.openrouter;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.runnel.LeakDetection;
import dev.runnel.upstream.ModelEvent;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import dev.runnel.upstream.ScriptedUpstream.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * A cancelled answer closes the connection to upstream, whatever upstream is doing.
 */
@Timeout(60)
@ExtendWith(LeakDetection.class)
class CancellationTests {

	private static final int RUNS = 5;

	/**
	 * Longer than a test waits for the end of a connection, so that no timeout closes it.
	 */
	private static final Map<String, String> PATIENT = Map.of("timeout.first-data", "60s", "timeout.between-data",
			"60s");

	private static final String FLOOD = "data: " + Script.textChunk("x".repeat(10_000)) + "\n\n";

	private static final int FLOOD_EVENTS = 10_000;

	@ParameterizedTest
	@MethodSource("phases")
	void closesConnection(String phase, Script script) throws InterruptedException {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(script);
				TestModel model = TestModel.of(upstream.baseUrl(), PATIENT)) {
			for (int run = 0; run < RUNS; run++) {
				Disposable answer = model.model().stream(TestModel.QUESTION).subscribe();
				Connection connection = upstream.takeConnection();
				connection.awaitSilence();
				answer.dispose();
				connection.awaitClientClosed();
			}
		}
	}

	@Test
	void closesConnectionWithinFlood() throws InterruptedException {
		Script flood = Script.stream().repeat("data: " + Script.textChunk("x".repeat(1000)) + "\n\n", Duration.ZERO);
		try (ScriptedUpstream upstream = ScriptedUpstream.start(flood); TestModel model = TestModel.of(upstream)) {
			for (int run = 0; run < RUNS; run++) {
				StepVerifier.create(model.model().stream(TestModel.QUESTION), 3)
					.expectNextCount(3)
					.thenCancel()
					.verify(Duration.ofSeconds(10));
				upstream.takeConnection().awaitClientClosed();
			}
		}
	}

	@Test
	void doesNotAskAgainWhenCancelledBeforeSecondAttempt() throws InterruptedException {
		Script busy = Script.error(503, "provider_overloaded", "Retry-After: 1");
		try (ScriptedUpstream upstream = ScriptedUpstream.start(busy.silence(), busy, Script.hello());
				TestModel model = TestModel.of(upstream)) {
			Disposable answer = model.model().stream(TestModel.QUESTION).subscribe();
			upstream.takeConnection().awaitSilence();
			answer.dispose();
			// The second attempt of a later question comes later than that of the first.
			assertThat(model.ask().text()).isEqualTo("Hello");
			assertThat(upstream.questions()).isEqualTo(3);
		}
	}

	@Test
	void slowReaderHoldsUpstreamBack() {
		Script flood = Script.stream();
		IntStream.range(0, FLOOD_EVENTS).forEach((i) -> flood.body(FLOOD));
		try (ScriptedUpstream upstream = ScriptedUpstream.start(flood); TestModel model = TestModel.of(upstream)) {
			StepVerifier.create(model.model().stream(TestModel.QUESTION), 0)
				.expectSubscription()
				.thenRequest(1)
				.expectNextMatches(ModelEvent.Named.class::isInstance)
				.thenRequest(1)
				.expectNextMatches(ModelEvent::isOutput)
				.then(() -> assertHeldBack(upstream.takeConnection()))
				.thenCancel()
				.verify(Duration.ofSeconds(60));
		}
	}

	/** The buffers of the two sockets take a part of the flood. */
	private static void assertHeldBack(Connection connection) {
		AtomicLong before = new AtomicLong(-1);
		Awaitility.await()
			.atMost(Duration.ofSeconds(50))
			.pollInterval(Duration.ofMillis(500))
			.until(() -> before.getAndSet(connection.written()) == connection.written());
		assertThat(connection.written()).isLessThan((long) FLOOD_EVENTS * FLOOD.length() / 2);
	}

	static Stream<Arguments> phases() {
		return Stream.of(arguments("before the head", Script.empty().silence()),
				arguments("in half a head", Script.empty().raw("HTTP/1.1 200 OK\r\nConte").silence()),
				arguments("after the head", Script.stream().silence()),
				arguments("after comments", Script.stream().comment().comment().silence()),
				arguments("in mid-text", Script.stream().text("Hel").text("lo").silence()),
				arguments("in mid-event", Script.stream().text("Hel").body("data: {\"cho").silence()),
				arguments("in an error body",
						Script.empty().raw("HTTP/1.1 500 X\r\nContent-Length: 9\r\n\r\n{").silence()),
				arguments("after the finish reason", Script.stream().text("Hel").finish("stop").silence()));
	}

}
