package dev.runnel.page;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The conversation that the page shows.
 *
 * @param id its id; null for a new one
 * @param title its title; null for a new one
 * @param model the model that its questions go to; null for the default
 * @param turns the branch that is shown
 */
record OpenConversation(@Nullable String id, @Nullable String title, @Nullable String model, List<TurnView> turns) {

	/** Nothing has been asked yet. */
	static final OpenConversation NEW = new OpenConversation(null, null, null, List.of());

}
