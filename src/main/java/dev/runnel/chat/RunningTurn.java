package dev.runnel.chat;

import dev.runnel.conversation.Turn;
import dev.runnel.stream.StreamLog;
import reactor.core.publisher.Mono;

/**
 * A turn that is being written.
 *
 * @param turn the question and its place in the conversation
 * @param log the log of its events
 * @param events its writer
 * @param outcome how the turn ended, emitted at its end
 */
record RunningTurn(Turn turn, StreamLog<ChatEvent> log, TurnEvents events, Mono<Outcome> outcome) {
}
