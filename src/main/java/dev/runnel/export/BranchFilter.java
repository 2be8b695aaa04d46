package dev.runnel.export;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import dev.runnel.conversation.Message;
import dev.runnel.conversation.MessageId;
import org.jspecify.annotations.Nullable;

/**
 * Finds the messages of one branch. It keeps only ids in memory, not texts.
 */
final class BranchFilter {

	private final Map<MessageId, @Nullable MessageId> parents = new HashMap<>();

	/**
	 * Remembers the parent of a message.
	 * @param message any message of the conversation
	 */
	void add(Message message) {
		this.parents.put(message.id(), message.parent());
	}

	/**
	 * Returns the messages from the first question of a branch to its last message.
	 * @param end the last message; null for an empty branch
	 * @return the ids of these messages, in no order
	 */
	Set<MessageId> idsTo(@Nullable MessageId end) {
		Set<MessageId> ids = new HashSet<>();
		for (MessageId id = end; id != null && ids.add(id);) {
			id = this.parents.get(id);
		}
		return ids;
	}

}
