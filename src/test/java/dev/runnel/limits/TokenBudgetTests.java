package dev.runnel.limits;

import java.time.Duration;
import java.util.Map;

import dev.runnel.web.ProblemException;
import io.github.bucket4j.TimeMeter;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * What the questions of all take from the tokens of a day.
 */
class TokenBudgetTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final Map<String, String> SETTINGS = Map.of("runnel.limits.tokens-per-minute", "0",
			"runnel.limits.tokens-per-day", "100");

	private final TokenBudget budget = new TokenBudget(settings(), new Rates(TimeMeter.SYSTEM_NANOTIME, null, null),
			new Refusals());

	private static LimitsSettings settings() {
		return new Binder(new MapConfigurationPropertySource(SETTINGS)).bindOrCreate("runnel.limits",
				LimitsSettings.class);
	}

	private void take(long estimate) {
		StepVerifier.create(this.budget.take(estimate)).expectNextCount(1).expectComplete().verify(LIMIT);
	}

	@Test
	void anAnswerThatCostsNothingNeedsNoTokens() {
		take(100);
		StepVerifier.create(this.budget.take(1)).expectError(ProblemException.class).verify(LIMIT);
		take(0);
	}

	@Test
	void anAnswerThatCostsNothingTakesNoTokens() {
		take(0);
		take(100);
	}

}
