/**
 * Conversations and presets over HTTP.
 * <p>
 * Start at {@link dev.runnel.conversation.web.ConversationController}.
 */
@NullMarked
package dev.runnel.conversation.web;

import org.jspecify.annotations.NullMarked;
