package dev.runnel.upstream;

import reactor.core.publisher.Flux;

/**
 * The port to a language model.
 */
public interface LanguageModel {

	/**
	 * Asks the model. The stream is cold: each subscription is one call.
	 * <p>
	 * A good answer ends with exactly one {@link ModelEvent.Finished} and completes.
	 * Whatever else happens ends the stream with an {@link UpstreamException} and no
	 * other error. Cancelling closes the exchange with the model at once, in every phase.
	 * Deltas that arrived together come as one event.
	 * @param prompt what to ask
	 * @return the answer as it is written
	 */
	Flux<ModelEvent> stream(Prompt prompt);

}
