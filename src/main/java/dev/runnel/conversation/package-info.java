/**
 * Conversations, their messages, and the ports that store them.
 * <p>
 * Start at {@link dev.runnel.conversation.Conversations}, which reads and changes a
 * visitor's conversations, and at {@link dev.runnel.conversation.TurnStore}, which stores
 * a turn while it is written. {@code conversation.store} implements both. This package
 * uses {@code markdown}, {@code upstream} and {@code web}.
 */
@NullMarked
package dev.runnel.conversation;

import org.jspecify.annotations.NullMarked;
