/**
 * One turn of a conversation, from the request to the last event.
 * <p>
 * Start at {@link dev.runnel.chat.ChatController}. {@link dev.runnel.chat.ChatService}
 * starts a turn for a request: it stores the question and opens a live log.
 * {@link dev.runnel.chat.TurnEvents} translates the events of the model into the
 * {@link dev.runnel.chat.ChatEvent}s of the log, and leaves the texts to
 * {@link dev.runnel.chat.TextEvents}. The turn belongs to the server; the response to the
 * request is only the log's first reader. This package uses {@code budget},
 * {@code conversation}, {@code limits}, {@code markdown}, {@code memory},
 * {@code models}, {@code stream}, {@code upstream} and {@code web}; no package uses this one.
 */
@NullMarked
package dev.runnel.chat;

import org.jspecify.annotations.NullMarked;
