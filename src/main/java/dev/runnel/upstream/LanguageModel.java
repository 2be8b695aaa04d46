package dev.runnel.upstream;

import reactor.core.publisher.Flux;

/**
 * The port to a language model.
 */
public interface LanguageModel {

	/**
	 * Asks the model. The stream is cold: each subscription is one call.
	 * <p>
	 * A good answer ends with exactly one {@link ModelEvent.Finished} and completes. Any
	 * failure ends the stream with an {@link UpstreamException}, never with another
	 * error. A cancelled subscription closes the exchange with the model at once, in
	 * every phase. Deltas that arrived together come as one event.
	 * @param prompt the prompt to answer
	 * @return the answer as it is written
	 */
	Flux<ModelEvent> stream(Prompt prompt);

}
