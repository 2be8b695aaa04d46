package dev.runnel.chat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import dev.runnel.limits.Allowance;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.ModelEvent;
import dev.runnel.upstream.Prompt;
import dev.runnel.upstream.TestPrompts;
import dev.runnel.upstream.Usage;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tokens that one call of a model takes from the allowance of its question.
 */
class TokenCountTests {

	private static final Prompt PROMPT = TestPrompts.question("Hi");

	private final List<Long> told = new ArrayList<>();

	private final Allowance allowance = new Allowance() {

		@Override
		public boolean counts() {
			return true;
		}

		@Override
		public void tokens(long tokens) {
			TokenCountTests.this.told.add(tokens);
		}

		@Override
		public Mono<Allowance> reserve(long estimate) {
			return Mono.just(this);
		}

		@Override
		public void close() {
		}

	};

	private long count(ModelEvent... events) {
		StepVerifier.create(TokenCount.within(this.allowance, PROMPT, Flux.just(events)))
			.expectNextCount(events.length)
			.verifyComplete();
		return lastTold();
	}

	private long lastTold() {
		return this.told.get(this.told.size() - 1);
	}

	private static ModelEvent.Charged charged(Long completion) {
		return new ModelEvent.Charged(new Usage(7L, completion, null, null, new BigDecimal("0.01")));
	}

	private static ModelEvent.Finished finished() {
		return new ModelEvent.Finished(FinishReason.STOP, null, null, new Usage(7L, 3L, null, null, null));
	}

	@Test
	void aFailedAttemptCountsWhatItsServiceReports() {
		assertThat(count(charged(5L), finished())).isEqualTo(12 + 10);
	}

	@Test
	void aFailedAttemptWithoutAReportOfItsTokensCountsItsText() {
		ModelEvent text = new ModelEvent.Text("word".repeat(100));
		assertThat(count(text, charged(null), finished())).isGreaterThan(100 + 10);
	}

	@Test
	void aFailedAttemptWithoutAnotherCountsItsPromptOnce() {
		Flux<ModelEvent> failing = Flux.<ModelEvent>just(charged(5L))
			.concatWith(Flux.error(new IllegalStateException()));
		StepVerifier.create(TokenCount.within(this.allowance, PROMPT, failing))
			.expectNextCount(1)
			.verifyError(IllegalStateException.class);
		assertThat(lastTold()).isEqualTo(12);
	}

	@Test
	void anotherAttemptThatIsStoppedCountsItsPromptToo() {
		StepVerifier
			.create(TokenCount.within(this.allowance, PROMPT,
					Flux.<ModelEvent>just(charged(5L)).concatWith(Flux.never())))
			.expectNextCount(1)
			.thenCancel()
			.verify();
		assertThat(lastTold()).isGreaterThan(12);
	}

	@Test
	void anotherAttemptThatReportsNothingCountsItsPromptToo() {
		assertThat(count(charged(5L), new ModelEvent.Finished(FinishReason.STOP, null, null, null))).isGreaterThan(12);
	}

}
