package dev.runnel.upstream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Answers where no language model does, and says so in its text.
 */
public interface StandIn {

	/**
	 * Answers as {@link LanguageModel#stream} does.
	 * @param prompt what was asked
	 * @param cause why the model did not answer; null where none is configured
	 * @return the answer as it is written
	 */
	Flux<ModelEvent> stream(Prompt prompt, @Nullable UpstreamFailure cause);

}
