package dev.runnel.conversation;

import dev.runnel.web.Visitor;

/**
 * The application event for a conversation that was deleted with all its messages.
 *
 * @param owner the owner of the conversation
 * @param conversation the id of the conversation
 */
public record ConversationDeleted(Visitor owner, ConversationId conversation) {
}
