package dev.runnel.page;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The conversation that the page shows.
 *
 * @param id its id; null for a new one
 * @param title its title; null for a new one
 * @param turns the branch that is shown
 */
record OpenConversation(@Nullable String id, @Nullable String title, List<TurnView> turns) {

	/** Nothing has been asked yet. */
	static final OpenConversation NEW = new OpenConversation(null, null, List.of());

}
