package dev.runnel.conversation;

import dev.runnel.web.Visitor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The presets of a visitor. An unknown preset and a preset of another visitor give the
 * same {@link dev.runnel.web.ProblemException} ({@code not_found}). If the database
 * cannot be reached, the problem has the status 503.
 */
public interface Presets {

	/**
	 * Lists all presets of a visitor.
	 * @param visitor the owner
	 * @return the presets, sorted by name
	 */
	Flux<Preset> list(Visitor visitor);

	/**
	 * Adds a preset.
	 * @param visitor the owner
	 * @param name the name as it was typed, kept in one line of 1 to 100 characters
	 * @param settings the settings
	 * @return the new preset; a problem ({@code invalid_request}) if the visitor has the
	 * maximum number of presets or if the name is not allowed
	 */
	Mono<Preset> add(Visitor visitor, String name, ConversationSettings settings);

	/**
	 * Replaces the name and the settings of a preset.
	 * @param visitor the owner
	 * @param id the id of the preset
	 * @param name the new name, as it was typed
	 * @param settings the new settings
	 * @return the changed preset
	 */
	Mono<Preset> change(Visitor visitor, PresetId id, String name, ConversationSettings settings);

	/**
	 * Deletes a preset.
	 * @param visitor the owner
	 * @param id the id of the preset
	 * @return completes when the preset is deleted
	 */
	Mono<Void> delete(Visitor visitor, PresetId id);

}
