package dev.runnel.conversation;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A conversation that a search found.
 *
 * @param conversation the conversation
 * @param message the newest message that matches all query words; null if only the title
 * matches
 * @param snippet the text around the match, with the matches marked
 */
public record SearchHit(ConversationHead conversation, @Nullable MessageId message, List<Snippet> snippet) {
}
