package dev.runnel.conversation;

import dev.runnel.upstream.Origin;

/**
 * The plan for a turn, made before the turn is stored.
 *
 * @param origin the origin of the answer
 * @param room the maximum length of the earlier messages that go upstream, in UTF-16
 * units, at least 0
 */
public record TurnPlan(Origin origin, int room) {
}
