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

	private final Sinks.Many<Duration> heldBack = Sinks.many().unicast().onBackpressureBuffer();

	/**
	 * Notes that text was held back. A pause follows after the given time, unless more
	 * text comes first.
	 */
	void heldBack(Duration longest) {
		this.heldBack.tryEmitNext(longest);
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
			.switchMap((longest) -> Mono.delay(longest).map((tick) -> ModelEvent.PAUSE))
			.takeUntilOther(over.asMono());
		return Flux.mergeDelayError(TurnRun.PREFETCH, model.doOnTerminate(over::tryEmitEmpty), pauses);
	}

}
