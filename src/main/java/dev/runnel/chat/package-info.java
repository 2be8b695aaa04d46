/**
 * One turn of a conversation, from the request to the last event.
 * <p>
 * Start at {@link dev.runnel.chat.ChatController}. A request becomes a turn in
 * {@link dev.runnel.chat.ChatService}: the question is kept, a live log is opened, and a
 * {@link dev.runnel.chat.TurnEvents} turns what the model says into the
 * {@link dev.runnel.chat.ChatEvent}s of the log. The turn belongs to the server; the
 * response to the request is only the log's first reader. This package may use all others
 * but {@code page}, {@code export} and {@code security}; nothing uses it.
 */
@NullMarked
package dev.runnel.chat;

import org.jspecify.annotations.NullMarked;
