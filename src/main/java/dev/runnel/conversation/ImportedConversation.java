package dev.runnel.conversation;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A conversation to import. The ids of its messages serve only to link them: all messages
 * get new ids.
 *
 * @param title the title
 * @param titledByHand whether a person chose the title
 * @param pinned whether the conversation is pinned
 * @param createdAt when the conversation was created
 * @param updatedAt when the last question was asked
 * @param current the newest message of the branch that is shown; null for the last
 * message
 * @param settings the settings for its questions
 * @param messages the messages, each after its parent; an answer in the state
 * {@link AnswerState#STREAMING} is stored as interrupted
 * @param origin where the conversation comes from: the same for each export of it, at
 * most 200 characters; null if unknown
 */
public record ImportedConversation(String title, boolean titledByHand, boolean pinned, Instant createdAt,
		Instant updatedAt, @Nullable MessageId current, ConversationSettings settings, List<Message> messages,
		@Nullable String origin) {

	public ImportedConversation {
		messages = List.copyOf(messages);
	}

	/** Creates a conversation whose origin is unknown. */
	public ImportedConversation(String title, boolean titledByHand, boolean pinned, Instant createdAt,
			Instant updatedAt, @Nullable MessageId current, ConversationSettings settings, List<Message> messages) {
		this(title, titledByHand, pinned, createdAt, updatedAt, current, settings, messages, null);
	}

	/**
	 * Replaces the messages.
	 * @param replaced the messages
	 * @return the conversation with them
	 */
	public ImportedConversation with(List<Message> replaced) {
		return new ImportedConversation(this.title, this.titledByHand, this.pinned, this.createdAt, this.updatedAt,
				this.current, this.settings, replaced, this.origin);
	}

}
