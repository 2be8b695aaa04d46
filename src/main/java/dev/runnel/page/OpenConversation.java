package dev.runnel.page;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * The conversation that the page shows.
 *
 * @param id its id; null for a new one
 * @param title its title; null for a new one
 * @param model the model that its questions go to; null for the default
 * @param turns the branch that is shown, each turn rendered as it is asked for
 */
record OpenConversation(@Nullable String id, @Nullable String title, @Nullable String model, Flux<TurnView> turns) {

	/** Nothing has been asked yet. */
	static final OpenConversation NEW = new OpenConversation(null, null, null, Flux.empty());

}
