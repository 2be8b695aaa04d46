package dev.runnel.conversation;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A page of a list of conversations.
 *
 * @param conversations the conversations, at most the requested number
 * @param nextCursor the opaque cursor of the next page; null on the last page
 */
public record ConversationPage(List<ConversationHead> conversations, @Nullable String nextCursor) {
}
