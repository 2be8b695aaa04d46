package dev.runnel.conversation;

import org.jspecify.annotations.Nullable;

/**
 * The changes to a conversation. A null component leaves its value unchanged.
 *
 * @param title the new title, typed by a person
 * @param pinned whether the conversation is pinned
 * @param current a message of the branch to show; the branch then ends at the newest
 * message below it, if there is one
 * @param settings the new settings, which replace the old ones as a whole
 */
public record ConversationChange(@Nullable String title, @Nullable Boolean pinned, @Nullable MessageId current,
		@Nullable ConversationSettings settings) {
}
