package dev.runnel.upstream.openrouter;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.runnel.LeakDetection;
import dev.runnel.upstream.ScriptedUpstream;
import dev.runnel.upstream.UpstreamException;
import dev.runnel.upstream.UpstreamFault;
import dev.runnel.upstream.UpstreamFault.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each upstream fault at each moment, against {@link OpenRouter}. The table of outcomes
 * is written to {@code target/upstream-faults.md}.
 */
@Tag("one-jdk")
@Timeout(60)
@ExtendWith(LeakDetection.class)
class UpstreamFaultTests {

	/** Timeouts as short as a busy machine allows. */
	private static final Map<String, String> IMPATIENT = Map.of("timeout.first-data", "1500ms", "timeout.between-data",
			"1500ms", "timeout.total", "20s");

	private static final List<String> TABLE = new ArrayList<>(
			List.of("| moment | fault | text | outcome | kind | ms |", "| --- | --- | --- | --- | --- | ---: |"));

	@AfterAll
	static void writeTable() throws java.io.IOException {
		Files.write(Path.of("target", "upstream-faults.md"), TABLE);
	}

	@ParameterizedTest
	@MethodSource("faults")
	void faultHasItsOutcome(UpstreamFault fault) throws InterruptedException {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(fault.script());
				TestModel model = TestModel.of(upstream.baseUrl(), IMPATIENT)) {
			long start = System.nanoTime();
			Answer answer = model.ask();
			long took = Duration.ofNanos(System.nanoTime() - start).toMillis();
			TABLE.add("| %s | %s | %s | %s | %s | %d |".formatted(fault.moment(), fault.name(), answer.text(),
					outcome(answer), (answer.failure() != null) ? answer.failure() : answer.finished().reason(), took));
			assertThat(outcome(answer)).isEqualTo(fault.expected());
			assertThat(answer.text()).isEqualTo((fault.moment() == UpstreamFault.Moment.IN_TEXT) ? "Hello" : "");
			assertSafe(answer);
		}
	}

	@ParameterizedTest
	@MethodSource("dev.runnel.upstream.UpstreamFault#harmless")
	void oddAnswerIsGood(UpstreamFault fault) {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(fault.script());
				TestModel model = TestModel.of(upstream)) {
			Answer answer = model.ask();
			assertThat(answer.text()).isEqualTo("Hello");
			assertThat(outcome(answer)).isEqualTo(Outcome.WHOLE);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://127.0.0.1:1/v1", "http://nowhere.invalid/v1", "http://[::1]:1/v1" })
	void failsWithoutConnection(String baseUrl) {
		try (TestModel model = TestModel.of(baseUrl, Map.of())) {
			assertThat(outcome(model.ask())).isEqualTo(Outcome.UNAVAILABLE);
		}
	}

	@Test
	void failsWithoutTls() {
		try (ScriptedUpstream upstream = ScriptedUpstream.start();
				TestModel model = TestModel.of(upstream.baseUrl().replace("http:", "https:"), IMPATIENT)) {
			assertThat(outcome(model.ask())).isEqualTo(Outcome.UNAVAILABLE);
		}
	}

	static Stream<UpstreamFault> faults() {
		return UpstreamFault.all().stream();
	}

	private static Outcome outcome(Answer answer) {
		if (answer.error() == null) {
			return Outcome.WHOLE;
		}
		if (!answer.text().isEmpty()) {
			return Outcome.BROKEN_OFF;
		}
		return answer.failure().unavailable() ? Outcome.UNAVAILABLE : Outcome.REFUSED;
	}

	/**
	 * Asserts exactly one end, and that neither visitor nor log file sees secrets of
	 * upstream.
	 */
	private static void assertSafe(Answer answer) {
		assertThat(answer.finished() == null).isEqualTo(answer.error() != null);
		if (answer.error() instanceof UpstreamException ex) {
			assertThat(ex.getMessage()).doesNotContain(TestModel.KEY, "user_2abcDEF", "\n", "\r");
		}
	}

}
