package dev.runnel.conversation;

import dev.runnel.web.Visitor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A visitor's presets. What is another's does not exist: both are a
 * {@link dev.runnel.web.ProblemException} ({@code not_found}). A database that cannot be
 * reached is a problem with the status 503.
 */
public interface Presets {

	/**
	 * All of them.
	 * @param visitor whose
	 * @return the presets, by name
	 */
	Flux<Preset> list(Visitor visitor);

	/**
	 * Keeps a new one.
	 * @param visitor whose
	 * @param name what to call it, 1 to 100 characters, not blank
	 * @param settings the settings
	 * @return the preset; a problem ({@code invalid_request}) where the visitor has as
	 * many as there may be or the name is not allowed
	 */
	Mono<Preset> add(Visitor visitor, String name, ConversationSettings settings);

	/**
	 * Replaces one.
	 * @param visitor whose
	 * @param id which
	 * @param name what to call it from now on
	 * @param settings the settings from now on
	 * @return the preset as it is now
	 */
	Mono<Preset> change(Visitor visitor, PresetId id, String name, ConversationSettings settings);

	/**
	 * Deletes one.
	 * @param visitor whose
	 * @param id which
	 * @return completes when it is gone
	 */
	Mono<Void> delete(Visitor visitor, PresetId id);

}
