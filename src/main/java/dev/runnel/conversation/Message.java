package dev.runnel.conversation;

import java.time.Instant;

import dev.runnel.upstream.Role;
import org.jspecify.annotations.Nullable;

/**
 * A message of a conversation.
 *
 * @param id its id
 * @param parent what it follows; null for a first question
 * @param role who speaks: {@link Role#USER} or {@link Role#ASSISTANT}
 * @param content Markdown; of an answer that is being written, what has been kept so far
 * @param createdAt when it was begun
 * @param answer what is known of an answer, its content the same as this one's; null for
 * a question
 */
public record Message(MessageId id, @Nullable MessageId parent, Role role, String content, Instant createdAt,
		@Nullable Answer answer) {
}
