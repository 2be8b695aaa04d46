package dev.runnel.imports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.Title;
import dev.runnel.upstream.Role;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a conversation in a file, as they are put together: each follows one
 * that is there already, so there can be no circle, and questions and answers alternate.
 */
final class ImportedTree {

	private final List<Message> messages = new ArrayList<>();

	/** By the number that the file gives them. */
	private final Map<Integer, Message> byNumber = new HashMap<>();

	/** The last message that follows one. */
	private final Map<MessageId, MessageId> newestBelow = new HashMap<>();

	/**
	 * Adds a message.
	 * @param number what the file calls it
	 * @param parent the number of the one it follows; null for a first question
	 * @param content its text, harmless
	 * @param createdAt when it was begun
	 * @param answer what is known of an answer; null for a question
	 * @param place where it is in the file
	 * @throws RefusedException if it cannot stand there
	 */
	void add(@Nullable Integer number, @Nullable Integer parent, String content, Instant createdAt,
			@Nullable Answer answer, String place) {
		Message before = (parent != null) ? this.byNumber.get(parent) : null;
		if (number == null || this.byNumber.containsKey(number)) {
			throw new RefusedException("needs a number of its own as id in " + place);
		}
		if (parent != null && before == null) {
			throw new RefusedException("has in " + place + " a message whose parent is not before it");
		}
		Role role = (answer != null) ? Role.ASSISTANT : Role.USER;
		if (role == Role.ASSISTANT ? (before == null || before.role() == role)
				: (before != null && before.role() == role)) {
			throw new RefusedException("has in " + place + ((answer != null) ? " an answer that follows no question"
					: " a question that follows a question"));
		}
		MessageId id = new MessageId(new UUID(0, this.messages.size() + 1L));
		MessageId follows = (before != null) ? before.id() : null;
		Message message = new Message(id, follows, role, content, createdAt, answer);
		this.messages.add(message);
		this.byNumber.put(number, message);
		if (follows != null) {
			this.newestBelow.put(follows, id);
		}
	}

	List<Message> messages() {
		return this.messages;
	}

	/**
	 * The title, or the first question where there is none.
	 * @param given what the file calls the conversation
	 * @return one line, not blank and not too long
	 */
	String title(@Nullable String given) {
		String line = (given != null) ? Title.line(given) : "";
		if (line.isEmpty()) {
			return this.messages.isEmpty() ? Title.UNTITLED : Title.ofQuestion(this.messages.get(0).content());
		}
		return Title.shorten(line, Title.MAX_CHARS);
	}

	/**
	 * The end of the branch that is shown.
	 * @param number a message of it, by its number; null for the last message
	 * @return the newest message below; null if there is no message
	 * @throws RefusedException if there is no such message
	 */
	@Nullable MessageId end(@Nullable Integer number) {
		if (number == null) {
			return this.messages.isEmpty() ? null : this.messages.get(this.messages.size() - 1).id();
		}
		Message message = this.byNumber.get(number);
		if (message == null) {
			throw new RefusedException("has no message that is named in current");
		}
		MessageId end = message.id();
		for (MessageId below = this.newestBelow.get(end); below != null; below = this.newestBelow.get(end)) {
			end = below;
		}
		return end;
	}

}
