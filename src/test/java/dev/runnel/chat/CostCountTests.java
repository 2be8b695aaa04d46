package dev.runnel.chat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;

import dev.runnel.budget.ModelCall;
import dev.runnel.budget.Price;
import dev.runnel.conversation.Expense;
import dev.runnel.conversation.Expense.Basis;
import dev.runnel.upstream.ModelEvent;
import dev.runnel.upstream.Prompt;
import dev.runnel.upstream.TestPrompts;
import dev.runnel.upstream.UpstreamFailure;
import dev.runnel.upstream.Usage;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a call counts whose answer is stopped after a failed attempt.
 */
class CostCountTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	/** A prompt of ten tokens. */
	private static final Prompt PROMPT = TestPrompts.question("a".repeat(40));

	private static final Price FREE = new Price(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, Basis.PRICED);

	private static final ModelEvent CHARGED = new ModelEvent.Charged(new Usage(7L, 3L, null, null, null));

	private static Expense stoppedAfter(ModelEvent... events) {
		ModelCall call = ModelCall.free();
		Flux<ModelEvent> model = Flux.just(events).concatWith(Flux.never());
		StepVerifier.create(CostCount.within(call, PROMPT, (id) -> FREE, model))
			.expectNextCount(events.length)
			.thenCancel()
			.verify(LIMIT);
		return Objects.requireNonNull(call.end());
	}

	@Test
	void theNextAttemptOfTheModelCostsItsPrompt() {
		assertThat(stoppedAfter(CHARGED).promptTokens()).isEqualTo(7 + 10);
	}

	@Test
	void theMockInPlaceOfTheModelCostsNothing() {
		ModelEvent mock = new ModelEvent.FellBack(new UpstreamFailure(UpstreamFailure.Kind.UNAVAILABLE));
		assertThat(stoppedAfter(CHARGED, mock).promptTokens()).isEqualTo(7);
	}

}
