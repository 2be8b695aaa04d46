package dev.runnel.stream;

import java.time.Instant;

/**
 * A stream as it stands at one moment.
 *
 * @param subject what it is about
 * @param state how it stands
 * @param lastEventId the number of its newest event, 0 before the first
 * @param startedAt when it was opened
 */
public record StreamStatus(StreamSubject subject, StreamState state, long lastEventId, Instant startedAt) {
}
