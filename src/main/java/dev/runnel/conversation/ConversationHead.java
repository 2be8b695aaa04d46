package dev.runnel.conversation;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A conversation without its messages.
 *
 * @param id its id
 * @param title its title, one line, never blank
 * @param titledByHand whether a person gave it this title
 * @param pinned whether it is kept on top and from being deleted for its age
 * @param createdAt when it began
 * @param updatedAt when something was last asked in it
 * @param current the newest message of the branch that is shown; null where there is no
 * message
 * @param settings how its questions are asked
 */
public record ConversationHead(ConversationId id, String title, boolean titledByHand, boolean pinned, Instant createdAt,
		Instant updatedAt, @Nullable MessageId current, ConversationSettings settings) {
}
