package dev.runnel.export;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import dev.runnel.conversation.Message;
import dev.runnel.conversation.MessageId;
import org.jspecify.annotations.Nullable;

/**
 * Finds the messages of one branch without holding their texts.
 */
final class BranchFilter {

	private final Map<MessageId, @Nullable MessageId> parents = new HashMap<>();

	/**
	 * Takes in a message of the conversation.
	 * @param message any of its messages
	 */
	void add(Message message) {
		this.parents.put(message.id(), message.parent());
	}

	/**
	 * The way from a first question to a message.
	 * @param end the message; null where there is none
	 * @return the messages on the way, in no order
	 */
	Set<MessageId> to(@Nullable MessageId end) {
		Set<MessageId> way = new HashSet<>();
		for (MessageId id = end; id != null && way.add(id);) {
			id = this.parents.get(id);
		}
		return way;
	}

}
