package dev.runnel.stream;

import java.util.UUID;

import dev.runnel.web.Visitor;

/**
 * What a stream is about, known from its first moment.
 *
 * @param id the stream
 * @param owner to whom it belongs
 * @param conversationId the conversation that its answer is part of
 * @param messageId the message that it writes
 */
public record StreamSubject(StreamId id, Visitor owner, UUID conversationId, UUID messageId) {
}
