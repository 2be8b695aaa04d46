package dev.runnel.stream;

import java.time.Instant;

/**
 * A snapshot of a stream.
 *
 * @param subject the subject of the stream
 * @param state its state
 * @param lastEventId the number of its newest event, 0 before the first
 * @param startedAt when it was opened
 */
public record StreamStatus(StreamSubject subject, StreamState state, long lastEventId, Instant startedAt) {
}
