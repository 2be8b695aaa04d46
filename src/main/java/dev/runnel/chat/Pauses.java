package dev.runnel.chat;

import java.time.Duration;

import dev.runnel.upstream.ModelEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The pauses of a model after text that was held back.
 */
final class Pauses {

	/** After this time without new text, text that was held back is shown. */
	private static final Duration QUIET = Duration.ofMillis(100);

	private final Sinks.Many<Boolean> heldBack = Sinks.many().unicast().onBackpressureBuffer();

	/** Text was held back. A pause follows unless more text comes first. */
	void heldBack() {
		this.heldBack.tryEmitNext(true);
	}

	/**
	 * Adds the pauses to the events of a model. A failure of the model comes after all
	 * its events.
	 * @param model the events of the model
	 * @return the events and the pauses
	 */
	Flux<ModelEvent> within(Flux<ModelEvent> model) {
		Sinks.Empty<Void> over = Sinks.empty();
		Flux<ModelEvent> pauses = this.heldBack.asFlux()
			.switchMap((held) -> Mono.delay(QUIET).map((tick) -> ModelEvent.PAUSE))
			.takeUntilOther(over.asMono());
		return Flux.mergeDelayError(TurnRun.PREFETCH, model.doOnTerminate(over::tryEmitEmpty), pauses);
	}

}
