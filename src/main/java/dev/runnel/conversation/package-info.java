/**
 * Conversations and their messages: kept, and given back to whom they belong.
 * <p>
 * Start at {@link dev.runnel.conversation.Conversations}. This package uses {@code web}
 * for the visitor and the vocabulary of {@code upstream} for what is known of an answer.
 */
@NullMarked
package dev.runnel.conversation;

import org.jspecify.annotations.NullMarked;
