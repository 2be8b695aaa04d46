package dev.runnel.stream;

import java.util.UUID;

import dev.runnel.web.Visitor;

/**
 * The subject of a stream, known from its beginning.
 *
 * @param id the id of the stream
 * @param owner the visitor that owns the stream
 * @param conversationId the conversation of the answer
 * @param messageId the answer that the stream writes
 */
public record StreamSubject(StreamId id, Visitor owner, UUID conversationId, UUID messageId) {
}
