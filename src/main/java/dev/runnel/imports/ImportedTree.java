package dev.runnel.imports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.Title;
import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.Role;
import org.jspecify.annotations.Nullable;

/**
 * Builds the messages of an imported conversation. The parent of each message was added
 * before it, so there can be no cycle. Questions and answers alternate.
 */
final class ImportedTree {

	private final List<Message> messages = new ArrayList<>();

	/** The messages by their number in the file. */
	private final Map<Integer, Message> byNumber = new HashMap<>();

	/** The child added last, by the id of its parent. */
	private final Map<MessageId, MessageId> newestBelow = new HashMap<>();

	/**
	 * Adds a message.
	 * @param number the number of the message in the file; null is refused
	 * @param parent the number of the parent; null for a first question
	 * @param content the text, cleaned for storage
	 * @param createdAt the start time
	 * @param answer the details of an answer; null for a question
	 * @param attachments the files of a question
	 * @param place the place in the file
	 * @throws RefusedException if the number is missing or used, or the parent does not
	 * fit
	 */
	void add(@Nullable Integer number, @Nullable Integer parent, String content, Instant createdAt,
			@Nullable Answer answer, List<Attachment> attachments, String place) {
		if (number == null || this.byNumber.containsKey(number)) {
			throw new RefusedException("needs a unique id in " + place);
		}
		add(number, message(parent(parent, place), content, createdAt, answer, place).with(attachments));
	}

	private @Nullable Message parent(@Nullable Integer number, String place) {
		if (number == null) {
			return null;
		}
		Message parent = this.byNumber.get(number);
		if (parent == null) {
			throw new RefusedException("has in " + place + " a message whose parent is not before it");
		}
		return parent;
	}

	private Message message(@Nullable Message before, String content, Instant createdAt, @Nullable Answer answer,
			String place) {
		Role role = (answer != null) ? Role.ASSISTANT : Role.USER;
		checkOrder(before, role, place);
		MessageId id = new MessageId(new UUID(0, this.messages.size() + 1L));
		return new Message(id, (before != null) ? before.id() : null, role, content, createdAt, answer);
	}

	private void add(int number, Message message) {
		this.messages.add(message);
		this.byNumber.put(number, message);
		if (message.parent() != null) {
			this.newestBelow.put(message.parent(), message.id());
		}
	}

	private static void checkOrder(@Nullable Message before, Role role, String place) {
		if (role == roleOf(before)) {
			throw new RefusedException("has in " + place + ((role == Role.ASSISTANT)
					? " an answer that follows no question" : " a question that follows a question"));
		}
	}

	/** Returns the role; that of an answer for no message, because a question follows. */
	private static Role roleOf(@Nullable Message message) {
		return (message != null) ? message.role() : Role.ASSISTANT;
	}

	List<Message> messages() {
		return this.messages;
	}

	/**
	 * Returns the title; a blank title is replaced by the first question.
	 * @param given the title in the file; may be null
	 * @return one line, not blank, with limited length
	 */
	String title(@Nullable String given) {
		String line = Title.line(Objects.requireNonNullElse(given, ""));
		if (line.isEmpty()) {
			return this.messages.isEmpty() ? Title.UNTITLED : Title.ofQuestion(this.messages.get(0).content());
		}
		return Title.shorten(line, Title.MAX_CHARS);
	}

	/**
	 * Returns the last message of the branch to show.
	 * @param number the number of a message in the branch; null for the message added
	 * last
	 * @return the newest message below it, or that message itself; null for no messages
	 * @throws RefusedException if there is no message with this number
	 */
	@Nullable MessageId end(@Nullable Integer number) {
		if (number == null) {
			return last();
		}
		Message message = this.byNumber.get(number);
		if (message == null) {
			throw new RefusedException("names a missing message in current");
		}
		return newestBelow(message.id());
	}

	private @Nullable MessageId last() {
		return this.messages.isEmpty() ? null : this.messages.get(this.messages.size() - 1).id();
	}

	private MessageId newestBelow(MessageId id) {
		MessageId end = id;
		for (MessageId below = this.newestBelow.get(end); below != null; below = this.newestBelow.get(end)) {
			end = below;
		}
		return end;
	}

}
