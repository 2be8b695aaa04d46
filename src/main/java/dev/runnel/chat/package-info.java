/**
 * One turn of a conversation, from the request to the last event.
 * <p>
 * Start at {@link dev.runnel.chat.ChatController}. {@link dev.runnel.chat.ChatService}
 * starts a turn for a request: it stores the question and opens a live log.
 * {@link dev.runnel.chat.TurnEvents} translates the events of the model into the
 * {@link dev.runnel.chat.ChatEvent}s of the log. The turn belongs to the server; the
 * response to the request is only the log's first reader. This package may use all others
 * except {@code page}, {@code export} and {@code security}; no package uses it.
 */
@NullMarked
package dev.runnel.chat;

import org.jspecify.annotations.NullMarked;
