package dev.runnel.page;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * The conversation that the page shows.
 *
 * @param id its id; null for a new one
 * @param title its title; null for a new one
 * @param model the model for its questions; null for the default one
 * @param turns the messages of the shown branch, each rendered on demand
 */
record OpenConversation(@Nullable String id, @Nullable String title, @Nullable String model, Flux<TurnView> turns) {

	/** A new conversation without any question. */
	static final OpenConversation NEW = new OpenConversation(null, null, null, Flux.empty());

}
