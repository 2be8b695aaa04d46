package dev.runnel.conversation;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A conversation without its messages.
 *
 * @param id the id
 * @param title the title: one line, never blank
 * @param titledByHand whether a person chose the title
 * @param pinned whether the conversation is pinned: listed on top, and never deleted
 * because of its age
 * @param createdAt when the conversation was created
 * @param updatedAt when the last question was asked
 * @param current the newest message of the branch that is shown; null if there is no
 * message
 * @param settings the settings for its questions
 */
public record ConversationHead(ConversationId id, String title, boolean titledByHand, boolean pinned, Instant createdAt,
		Instant updatedAt, @Nullable MessageId current, ConversationSettings settings) {
}
