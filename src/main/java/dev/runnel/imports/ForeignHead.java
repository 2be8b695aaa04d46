package dev.runnel.imports;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The data of a foreign conversation beside its messages. A null component is unknown.
 *
 * @param id the id of the conversation in the other program
 * @param title the title
 * @param pinned whether the conversation is pinned
 * @param createdAt when the conversation was created
 * @param updatedAt when the conversation was last updated
 * @param current the id of the last node of the shown branch
 * @param model the model to use for answers that do not name one
 */
record ForeignHead(@Nullable String id, @Nullable String title, boolean pinned, @Nullable Instant createdAt,
		@Nullable Instant updatedAt, @Nullable String current, @Nullable String model) {
}
