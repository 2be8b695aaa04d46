package dev.runnel.conversation;

import dev.runnel.upstream.Origin;

/**
 * How a turn is going to be asked, decided before anything of it is stored.
 *
 * @param origin who will write the answer
 * @param room how much of the earlier messages may go upstream, in UTF-16 units, at least
 * 0
 */
public record TurnPlan(Origin origin, int room) {
}
