package dev.runnel.conversation;

import java.util.List;

import dev.runnel.upstream.Attachment;
import org.jspecify.annotations.Nullable;

/**
 * A question of a visitor.
 *
 * @param conversation the conversation to continue; null for a new one
 * @param parent the message to which the question replies; null for the end of the
 * current branch
 * @param text the text in Markdown, as it was typed
 * @param temporary true if the turn must not be stored
 * @param attachments the files; null for those of the question that is asked again, or
 * for none
 */
public record Question(@Nullable ConversationId conversation, @Nullable MessageId parent, String text,
		boolean temporary, @Nullable List<Attachment> attachments) {

	public Question {
		attachments = (attachments != null) ? List.copyOf(attachments) : null;
	}

	/** Creates a question that names no attachments. */
	public Question(@Nullable ConversationId conversation, @Nullable MessageId parent, String text, boolean temporary) {
		this(conversation, parent, text, temporary, null);
	}

}
