package dev.runnel.chat;

import java.time.Duration;

import dev.runnel.stream.EndRequest;
import dev.runnel.stream.StreamLog;
import dev.runnel.upstream.ModelEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Writes a turn from its first event to its last. Whatever happens, there is a last one.
 */
final class TurnWriter {

	private static final Logger log = LoggerFactory.getLogger(TurnWriter.class);

	/** After so much quiet, text that was held back is shown. */
	private static final Duration QUIET = Duration.ofMillis(100);

	private final StreamLog<ChatEvent> events;

	private final TurnRecorder recorder;

	private final AnswerKeeper keeper;

	private final Sinks.Many<Boolean> heldBack = Sinks.many().unicast().onBackpressureBuffer();

	TurnWriter(StreamLog<ChatEvent> events, TurnRecorder recorder, AnswerKeeper keeper) {
		this.events = events;
		this.recorder = recorder;
		this.keeper = keeper;
	}

	/**
	 * Writes the turn.
	 * @param model what the model will say
	 * @return completes when the last event is written and the answer is kept
	 */
	Mono<Void> write(Flux<ModelEvent> model) {
		return Mono.when(answer(model), this.keeper.run());
	}

	private Mono<Void> answer(Flux<ModelEvent> model) {
		return Mono.defer(() -> {
			this.recorder.begin();
			return steps(model).doOnNext(this::take)
				.takeUntil((step) -> this.recorder.isFull())
				.then(Mono.fromRunnable(this.recorder::end))
				.onErrorResume(this::fail)
				.then();
		});
	}

	/** What happens to the turn, one after the other, until it is to end. */
	private Flux<Step> steps(Flux<ModelEvent> model) {
		Flux<Step> said = model.<Step>map(Step.Said::new).doFinally((signal) -> this.heldBack.tryEmitComplete());
		Flux<Step> quiet = this.heldBack.asFlux().switchMap((held) -> Mono.delay(QUIET).map((tick) -> Step.QUIET));
		return Flux.merge(said, quiet).takeUntilOther(endRequested());
	}

	/**
	 * A log that has its last event will not be asked to end. That is no request to end:
	 * the model's exchange goes on to its own end, after which its connection can be used
	 * again.
	 */
	private Mono<EndRequest> endRequested() {
		return this.events.endRequested().doOnNext(this.recorder::endRequested).switchIfEmpty(Mono.never());
	}

	private void take(Step step) {
		if (step instanceof Step.Said said) {
			this.recorder.on(said.event());
			this.keeper.changed();
			if (this.recorder.isWaiting()) {
				this.heldBack.tryEmitNext(true);
			}
		}
		else {
			this.recorder.flush();
		}
	}

	private Mono<Void> fail(Throwable ex) {
		return Mono.fromRunnable(() -> {
			ChatFailure failure = ChatFailure.of(ex);
			if (failure == ChatFailure.INTERNAL) {
				log.error("Stream {} failed", this.events.status().subject().id(), ex);
			}
			this.recorder.fail(failure);
		});
	}

	/** One thing that happens to a turn. */
	private sealed interface Step {

		Step QUIET = new Quiet();

		/** The model said something. */
		record Said(ModelEvent event) implements Step {
		}

		/** Nothing was said for a while although text was held back. */
		record Quiet() implements Step {
		}

	}

}
