package dev.runnel.chat;

import dev.runnel.conversation.Turn;
import dev.runnel.stream.StreamLog;
import reactor.core.publisher.Mono;

/**
 * A turn that is being written.
 *
 * @param turn the question and where it stands
 * @param log the events
 * @param outcome how it ended, once it has
 */
record RunningTurn(Turn turn, StreamLog<ChatEvent> log, Mono<Outcome> outcome) {
}
