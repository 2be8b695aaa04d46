package dev.runnel.stream;

import java.util.UUID;

import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;

/**
 * The subject of a stream, known from its beginning.
 *
 * @param id the id of the stream
 * @param owner the visitor that owns the stream
 * @param conversationId the conversation of the answer
 * @param messageId the answer that the stream writes
 * @param access the session or key that asked for it; null if nobody has signed in
 */
public record StreamSubject(StreamId id, Visitor owner, UUID conversationId, UUID messageId, @Nullable UUID access) {

	/**
	 * Creates the subject of a stream that nobody who has signed in asked for.
	 * @param id the id of the stream
	 * @param owner the visitor that owns the stream
	 * @param conversationId the conversation of the answer
	 * @param messageId the answer that the stream writes
	 */
	public StreamSubject(StreamId id, Visitor owner, UUID conversationId, UUID messageId) {
		this(id, owner, conversationId, messageId, null);
	}

}
