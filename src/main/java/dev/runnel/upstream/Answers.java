package dev.runnel.upstream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Answers a prompt from the real model or from the mock, as the settings and the real
 * model's health decide.
 */
public interface Answers {

	/**
	 * Where an answer will come from when it is asked for now.
	 * @param continued where the answer came from that is to go on; null for a new one
	 * @return for a new answer the model if one is configured, else the mock; no answer
	 * changes from one to the other
	 */
	Source source(@Nullable Source continued);

	/**
	 * The model that answers when a prompt names none.
	 * @return a model id
	 */
	String defaultModel();

	/**
	 * Answers as {@link LanguageModel#stream} does. Where the real model was not
	 * available before its first output and the settings allow it, a
	 * {@link ModelEvent.FellBack} is followed by the mock's answer. The mock never goes
	 * on with what the real model wrote.
	 * @param prompt what to ask
	 * @return the answer as it is written
	 */
	Flux<ModelEvent> stream(Prompt prompt);

}
