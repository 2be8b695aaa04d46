/**
 * Conversations, their messages, and the ports that keep them.
 * <p>
 * Start at {@link dev.runnel.conversation.Conversations}, the collection of a visitor's
 * conversations, and at {@link dev.runnel.conversation.TurnStore}, which keeps a turn
 * while it is written. {@code conversation.store} implements both.
 */
@NullMarked
package dev.runnel.conversation;

import org.jspecify.annotations.NullMarked;
