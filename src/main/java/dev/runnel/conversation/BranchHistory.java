package dev.runnel.conversation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

import dev.runnel.conversation.KeptConversation.KeptMessage;
import dev.runnel.upstream.Prompt;
import dev.runnel.upstream.Role;
import org.jspecify.annotations.Nullable;

/**
 * The earlier turns of a branch that fit into the context: whole turns only, the newest
 * first to get a place. A question that got no answer is no turn.
 */
final class BranchHistory {

	private final Deque<Prompt.Message> messages = new ArrayDeque<>();

	private int room;

	private int omitted;

	private BranchHistory(int room) {
		this.room = room;
	}

	/**
	 * Walks a branch from its end to its beginning.
	 * @param messages the messages of the conversation
	 * @param leaf the newest message of the branch; null for an empty one
	 * @param contextChars the most characters that fit
	 * @return what fits
	 */
	static BranchHistory of(Map<MessageId, KeptMessage> messages, @Nullable MessageId leaf, int contextChars) {
		BranchHistory history = new BranchHistory(contextChars);
		String answer = "";
		for (KeptMessage message = at(messages, leaf); message != null; message = at(messages, message.parent())) {
			if (message.role() == Role.ASSISTANT) {
				answer = message.content();
			}
			else {
				history.addTurn(message.content(), answer);
				answer = "";
			}
		}
		return history;
	}

	private static @Nullable KeptMessage at(Map<MessageId, KeptMessage> messages, @Nullable MessageId id) {
		return (id != null) ? messages.get(id) : null;
	}

	private void addTurn(String question, String answer) {
		if (answer.isEmpty()) {
			return;
		}
		int length = question.length() + answer.length();
		if (this.omitted > 0 || length > this.room) {
			this.omitted += 2;
			return;
		}
		this.room -= length;
		this.messages.addFirst(new Prompt.Message(Role.ASSISTANT, answer));
		this.messages.addFirst(new Prompt.Message(Role.USER, question));
	}

	/**
	 * What goes upstream.
	 * @return the messages, oldest first
	 */
	List<Prompt.Message> messages() {
		return List.copyOf(this.messages);
	}

	/**
	 * How many messages did not fit.
	 * @return the number of messages
	 */
	int omitted() {
		return this.omitted;
	}

}
