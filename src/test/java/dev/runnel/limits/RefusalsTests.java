package dev.runnel.limits;

import java.time.Duration;
import java.util.stream.Stream;

import dev.runnel.web.LogPause;
import dev.runnel.web.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Strangers can cause any number of refusals, and one line of the log a minute.
 */
@ExtendWith(OutputCaptureExtension.class)
class RefusalsTests {

	private static final String ADDRESS = "questions from one address";

	private final long[] now = new long[1];

	private final Refusals refusals = new Refusals(new LogPause(() -> this.now[0]));

	private void refuse(int times) {
		for (int i = 0; i < times; i++) {
			this.refusals.refuse(Reason.TOO_MANY_QUESTIONS, ADDRESS, 1);
		}
	}

	private static Stream<String> lines(CapturedOutput output) {
		return output.toString().lines().filter((line) -> line.contains("Requests beyond a limit are refused"));
	}

	@Test
	void aThousandRefusalsInAMinuteAreOneLineAndTheNextOneHasTheirCount(CapturedOutput output) {
		refuse(1000);
		assertThat(lines(output)).singleElement().asString().endsWith("{" + ADDRESS + "=1}");
		this.now[0] += Duration.ofMinutes(1).toNanos();
		this.refusals.refuse(Reason.TOO_MANY_TOKENS, "tokens from all together", 1);
		refuse(1000);
		assertThat(lines(output)).hasSize(2)
			.last()
			.asString()
			.endsWith("{" + ADDRESS + "=1000, tokens from all together=1}");
		assertThat(this.refusals.counts()).containsEntry(ADDRESS, 2000L);
	}

}
