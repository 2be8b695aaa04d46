package dev.runnel.conversation;

import java.time.Instant;
import java.util.List;

import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.Role;
import org.jspecify.annotations.Nullable;

/**
 * A message of a conversation.
 *
 * @param id the id
 * @param parent the message before this one on its branch; null for a first question
 * @param role the author: {@link Role#USER} or {@link Role#ASSISTANT}
 * @param content the text in Markdown; of an answer that is being written, the part that
 * is stored so far
 * @param createdAt when the message was created
 * @param answer the data of an answer, with the same content as this message; null for a
 * question
 * @param attachments the files of a question, or the pictures of an answer
 */
public record Message(MessageId id, @Nullable MessageId parent, Role role, String content, Instant createdAt,
		@Nullable Answer answer, List<Attachment> attachments) {

	public Message {
		attachments = List.copyOf(attachments);
	}

	/** Creates a message without attachments. */
	public Message(MessageId id, @Nullable MessageId parent, Role role, String content, Instant createdAt,
			@Nullable Answer answer) {
		this(id, parent, role, content, createdAt, answer, List.of());
	}

	/**
	 * Replaces the files.
	 * @param files the files
	 * @return the message with them
	 */
	public Message with(List<Attachment> files) {
		return new Message(this.id, this.parent, this.role, this.content, this.createdAt, this.answer, files);
	}

}
