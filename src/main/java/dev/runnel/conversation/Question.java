package dev.runnel.conversation;

import org.jspecify.annotations.Nullable;

/**
 * A question of a visitor.
 *
 * @param conversation the conversation to continue; null for a new one
 * @param parent the message to which the question replies; null for the end of the
 * current branch
 * @param text the text in Markdown, as it was typed
 * @param temporary true if the turn must not be stored
 */
public record Question(@Nullable ConversationId conversation, @Nullable MessageId parent, String text,
		boolean temporary) {
}
