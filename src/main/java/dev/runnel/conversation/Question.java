package dev.runnel.conversation;

import org.jspecify.annotations.Nullable;

/**
 * What a visitor asks.
 *
 * @param conversation the conversation to go on with; null for a new one
 * @param parent the message that this one answers; null for the newest of the current
 * branch
 * @param text Markdown as it was typed
 * @param temporary true if nothing of it may be stored
 */
public record Question(@Nullable ConversationId conversation, @Nullable MessageId parent, String text,
		boolean temporary) {
}
