package dev.runnel.upstream;

import java.time.Duration;

import dev.runnel.upstream.UpstreamFailure.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UpstreamFailure}.
 */
class UpstreamFailureTests {

	@ParameterizedTest
	@EnumSource
	void eachFailureSaysWhatHappenedAndWhatToDo(Kind kind) {
		assertThat(new UpstreamFailure(kind).message()).matches("[A-Z][^.]+\\. [A-Z].+\\.");
	}

	@ParameterizedTest
	@CsvSource({ "PT0.2S,1 second.", "PT7S,7 seconds.", "PT2M,120 seconds.", "PT2M1S,3 minutes.", "PT2H,120 minutes." })
	void aWaitThatTheServiceNamesIsTold(Duration wait, String told) {
		assertThat(new UpstreamFailure(Kind.RATE_LIMITED, wait).message())
			.isEqualTo("This model gets too many requests right now. Try again in " + told);
	}

}
