package dev.runnel.upstream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Answers a prompt with the real model or with the mock. The settings and the
 * availability of the real model decide.
 */
public interface Answers {

	/**
	 * The origin of an answer that starts now.
	 * @param model the model to ask
	 * @param continued the source of the answer to continue; null for a new one
	 * @return the source of a continued answer; for a new answer the model if one is
	 * configured, else the mock
	 */
	Origin origin(String model, @Nullable Source continued);

	/**
	 * Answers like {@link LanguageModel#stream}, from the given source only.
	 * @param prompt the prompt to answer
	 * @param source the model or the mock
	 * @return the answer as it is written
	 */
	Flux<ModelEvent> stream(Prompt prompt, Source source);

	/**
	 * Answers like {@link LanguageModel#stream}. If the real model was not available
	 * before its first output and the settings allow it, a {@link ModelEvent.FellBack}
	 * follows, and then the mock's answer. Only for an answer without any text: the mock
	 * never continues the text of the real model.
	 * @param prompt the prompt to answer
	 * @param source the model or the mock
	 * @param beforeMock runs between {@link ModelEvent.FellBack} and the mock's first
	 * word; must not fail
	 * @return the answer as it is written
	 */
	Flux<ModelEvent> streamOrFallBack(Prompt prompt, Source source, Mono<Void> beforeMock);

}
