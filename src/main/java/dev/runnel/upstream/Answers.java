package dev.runnel.upstream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Answers a prompt from the real model or from the mock, as the settings and the real
 * model's health decide.
 */
public interface Answers {

	/**
	 * Who will write an answer that is asked for now.
	 * @param model the model to ask
	 * @param continued where the answer came from that is to go on; null for a new one
	 * @return for a new answer the model if one is configured, else the mock; no answer
	 * changes from one to the other
	 */
	Origin origin(String model, @Nullable Source continued);

	/**
	 * The model that answers when a prompt names none.
	 * @return a model id
	 */
	String defaultModel();

	/**
	 * Answers as {@link LanguageModel#stream} does, from one source and no other.
	 * @param prompt what to ask
	 * @param source the model or the mock
	 * @return the answer as it is written
	 */
	Flux<ModelEvent> stream(Prompt prompt, Source source);

	/**
	 * Answers as {@link LanguageModel#stream} does. Where the real model was not
	 * available before its first output and the settings allow it, a
	 * {@link ModelEvent.FellBack} is followed by the mock's answer. Only for an answer of
	 * which nothing is there: the mock never goes on with what the real model wrote.
	 * @param prompt what to ask
	 * @param source the model or the mock
	 * @param beforeMock what has to be done between {@link ModelEvent.FellBack} and the
	 * mock's first word; must not fail
	 * @return the answer as it is written
	 */
	Flux<ModelEvent> streamOrFallBack(Prompt prompt, Source source, Mono<Void> beforeMock);

}
