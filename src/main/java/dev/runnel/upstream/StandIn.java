package dev.runnel.upstream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Answers in place of a language model. Its text says so where none is configured.
 */
public interface StandIn {

	/**
	 * Answers like {@link LanguageModel#stream}.
	 * @param prompt the prompt to answer
	 * @param cause why the model did not answer; null if none is configured
	 * @return the answer as it is written
	 */
	Flux<ModelEvent> stream(Prompt prompt, @Nullable UpstreamFailure cause);

}
