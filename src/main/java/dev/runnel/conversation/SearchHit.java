package dev.runnel.conversation;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A conversation that a search found.
 *
 * @param conversation the conversation
 * @param message the newest message with all the words; null where only the title has
 * them
 * @param snippet some of the text around the words, the words marked
 */
public record SearchHit(ConversationHead conversation, @Nullable MessageId message, List<Snippet> snippet) {
}
