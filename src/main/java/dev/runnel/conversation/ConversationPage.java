package dev.runnel.conversation;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A page of a list of conversations.
 *
 * @param conversations at most as many as were asked for
 * @param nextCursor where the next page begins, opaque; null if there is none
 */
public record ConversationPage(List<ConversationHead> conversations, @Nullable String nextCursor) {
}
