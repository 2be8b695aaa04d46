package dev.runnel.upstream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.runnel.upstream.ModelEvent.Finished;
import dev.runnel.upstream.ModelEvent.Named;
import dev.runnel.upstream.ModelEvent.Reasoning;
import dev.runnel.upstream.ModelEvent.Text;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SignalType;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@link LanguageModel#stream} promises, for every model and for the mock.
 */
public abstract class LanguageModelContract {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	/**
	 * Returns an answer with reasoning, text and a good end.
	 * @return what the model returns, without a subscription
	 */
	protected abstract Flux<ModelEvent> goodAnswer();

	/**
	 * Returns an answer that breaks off after some text.
	 * @return what the model returns, without a subscription
	 */
	protected abstract Flux<ModelEvent> brokenAnswer();

	private static List<ModelEvent> events(Flux<ModelEvent> answer) {
		return answer.collectList().block(LIMIT);
	}

	@Test
	void aGoodAnswerEndsWithExactlyOneFinished() {
		List<ModelEvent> events = events(goodAnswer());
		assertThat(events).last().isInstanceOf(Finished.class);
		assertThat(events).filteredOn(Finished.class::isInstance).hasSize(1);
	}

	@Test
	void reasoningComesBeforeTextAndNoDeltaIsEmpty() {
		List<ModelEvent> output = events(goodAnswer()).stream().filter(ModelEvent::isOutput).toList();
		assertThat(output).first().isInstanceOf(Reasoning.class);
		assertThat(output).last().isInstanceOf(Text.class);
		assertThat(output).noneMatch((event) -> textOf(event).isEmpty());
	}

	@Test
	void theModelIsNamedAtMostOnceAndBeforeItsOutput() {
		List<ModelEvent> events = events(goodAnswer());
		assertThat(events).filteredOn(Named.class::isInstance).hasSizeLessThan(2);
		assertThat(events.stream().dropWhile((event) -> !event.isOutput())).noneMatch(Named.class::isInstance);
	}

	@Test
	void aFailureIsAnUpstreamExceptionAndFinishesNothing() {
		StepVerifier.create(brokenAnswer())
			.recordWith(ArrayList::new)
			.thenConsumeWhile((event) -> true)
			.consumeRecordedWith((events) -> assertThat(events).hasAtLeastOneElementOfType(Text.class)
				.noneMatch(Finished.class::isInstance))
			.expectError(UpstreamException.class)
			.verify(LIMIT);
	}

	@Test
	void eachSubscriptionIsACallOfItsOwn() {
		Flux<ModelEvent> answer = goodAnswer();
		assertThat(textOf(events(answer))).isNotEmpty().isEqualTo(textOf(events(answer)));
	}

	@Test
	void noMoreEventsComeThanAreRequested() throws InterruptedException {
		OneAtATime reader = new OneAtATime();
		goodAnswer().subscribe(reader);
		assertThat(reader.ended.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(reader.tooMany).isFalse();
		assertThat(reader.received).last().isInstanceOf(Finished.class);
	}

	@Test
	void aReaderThatLeavesGetsNothingMore() {
		StepVerifier.create(goodAnswer(), 1)
			.expectNextCount(1)
			.thenCancel()
			.verifyThenAssertThat(LIMIT)
			.hasNotDroppedElements()
			.hasNotDroppedErrors();
	}

	private static String textOf(List<ModelEvent> events) {
		return events.stream().map(LanguageModelContract::textOf).collect(Collectors.joining());
	}

	private static String textOf(ModelEvent event) {
		if (event instanceof Text text) {
			return text.text();
		}
		return (event instanceof Reasoning reasoning) ? reasoning.text() : "";
	}

	/** Requests the next event when it has dealt with the last one. */
	private static final class OneAtATime extends BaseSubscriber<ModelEvent> {

		private final CountDownLatch ended = new CountDownLatch(1);

		private final List<ModelEvent> received = new ArrayList<>();

		private volatile int requested;

		private volatile boolean tooMany;

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			requestOne();
		}

		@Override
		protected void hookOnNext(ModelEvent event) {
			this.received.add(event);
			this.tooMany |= this.received.size() > this.requested;
			requestOne();
		}

		private void requestOne() {
			this.requested = this.received.size() + 1;
			request(1);
		}

		@Override
		protected void hookFinally(SignalType signal) {
			this.ended.countDown();
		}

	}

}
