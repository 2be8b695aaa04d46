/**
 * Conversations and presets over HTTP.
 * <p>
 * Start at {@link dev.runnel.conversation.web.ConversationController}. This package uses
 * {@code conversation}, {@code markdown}, {@code memory}, {@code models},
 * {@code upstream} and {@code web}; no package uses this one.
 */
@NullMarked
package dev.runnel.conversation.web;

import org.jspecify.annotations.NullMarked;
