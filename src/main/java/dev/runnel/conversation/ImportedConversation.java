package dev.runnel.conversation;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A conversation that comes from elsewhere. The ids of its messages say only which
 * belongs to which: all get new ones.
 *
 * @param title its title
 * @param titledByHand whether a person gave it this title
 * @param pinned whether it is pinned
 * @param createdAt when it began
 * @param updatedAt when something was last asked in it
 * @param current the newest message of the branch that is shown; null for the last one
 * @param settings how its questions are asked
 * @param messages its messages, each after the one it follows; an answer that was being
 * written is taken as interrupted
 */
public record ImportedConversation(String title, boolean titledByHand, boolean pinned, Instant createdAt,
		Instant updatedAt, @Nullable MessageId current, ConversationSettings settings, List<Message> messages) {

	public ImportedConversation {
		messages = List.copyOf(messages);
	}

}
