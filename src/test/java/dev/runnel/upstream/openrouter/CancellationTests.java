package dev.runnel.upstream.openrouter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

	private static final int RUNS = 20;

	private static final Duration LIMIT = Duration.ofMillis(100);

	/** Half of the twenty runs may be slower, because the machine may be busy. */
	@ParameterizedTest
	@MethodSource("phases")
	void closesConnectionAtOnce(String phase, Script script) throws InterruptedException {
		List<Long> delays = new ArrayList<>();
		try (ScriptedUpstream upstream = ScriptedUpstream.start(script); TestModel model = TestModel.of(upstream)) {
			for (int run = 0; run < RUNS; run++) {
				Disposable answer = model.model().stream(TestModel.QUESTION).subscribe();
				Connection connection = upstream.takeConnection();
				connection.awaitSilence();
				long cancelled = System.nanoTime();
				answer.dispose();
				connection.awaitClientClosed();
				delays.add(connection.closedAt() - cancelled);
			}
		}
		Duration median = Duration.ofNanos(delays.stream().sorted().toList().get(RUNS / 2));
		System.out.println("cancelled " + phase + ": closed after " + median.toNanos() / 1000 + " us (median of 20)");
		assertThat(median).isLessThan(LIMIT);
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
		Script busy = Script.error(503, "provider_overloaded", "Retry-After: 1").silence();
		try (ScriptedUpstream upstream = ScriptedUpstream.start(busy); TestModel model = TestModel.of(upstream)) {
			Disposable answer = model.model().stream(TestModel.QUESTION).subscribe();
			upstream.takeConnection().awaitSilence();
			answer.dispose();
			Awaitility.await().during(Duration.ofMillis(1200)).until(() -> upstream.questions() == 1);
		}
	}

	@Test
	void slowReaderHoldsUpstreamBack() {
		Script flood = Script.stream().repeat("data: " + Script.textChunk("x".repeat(10_000)) + "\n\n", Duration.ZERO);
		try (ScriptedUpstream upstream = ScriptedUpstream.start(flood); TestModel model = TestModel.of(upstream)) {
			StepVerifier.create(model.model().stream(TestModel.QUESTION), 0)
				.expectSubscription()
				.thenRequest(1)
				.expectNextMatches(ModelEvent.Named.class::isInstance)
				.thenRequest(1)
				.expectNextMatches(ModelEvent::isOutput)
				.thenCancel()
				.verify(Duration.ofSeconds(10));
		}
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
