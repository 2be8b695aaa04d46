package dev.runnel.conversation;

import dev.runnel.web.Visitor;

/**
 * A conversation was deleted, with all its messages. Published as an application event.
 *
 * @param owner whose it was
 * @param conversation its id
 */
public record ConversationDeleted(Visitor owner, ConversationId conversation) {
}
