package dev.runnel.conversation.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.MessageId;
import dev.runnel.upstream.Role;
import dev.runnel.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a temporary conversation, and the memory that they take. Not
 * thread-safe.
 */
final class KeptMessages {

	private final Map<MessageId, KeptMessage> messages = new HashMap<>();

	private long bytes;

	/**
	 * The heap size of all messages.
	 * @return the estimated number of bytes
	 */
	long bytes() {
		return this.bytes;
	}

	int size() {
		return this.messages.size();
	}

	Set<MessageId> ids() {
		return this.messages.keySet();
	}

	/**
	 * Finds a message.
	 * @param id the id of the message; may be null
	 * @return the message; null if there is none
	 */
	@Nullable KeptMessage at(@Nullable MessageId id) {
		return (id != null) ? this.messages.get(id) : null;
	}

	/**
	 * Finds a message that the visitor named.
	 * @param id the id of the message; may be null
	 * @return the message
	 * @throws ProblemException if there is none
	 */
	KeptMessage required(@Nullable MessageId id) {
		KeptMessage message = at(id);
		if (message == null) {
			throw ProblemException.notFound("message");
		}
		return message;
	}

	/**
	 * Adds a message with a new id.
	 * @param parent the message before this one; null for a first question
	 * @param role the author
	 * @param content the text in Markdown
	 * @param answer the data of an answer; null for a question
	 * @return the message
	 */
	KeptMessage add(@Nullable MessageId parent, Role role, String content, @Nullable Answer answer) {
		KeptMessage message = new KeptMessage(new MessageId(TimeUuid.next()), parent, role, content, answer);
		this.messages.put(message.id(), message);
		this.bytes += message.bytes();
		return message;
	}

	/**
	 * Replaces a message.
	 * @param before the message
	 * @param after the message with other data and the same id
	 */
	void replace(KeptMessage before, KeptMessage after) {
		this.messages.put(before.id(), after);
		this.bytes += after.bytes() - before.bytes();
	}

	/**
	 * Collects the turns before a question.
	 * @param question the question
	 * @param room the maximum length of the turns in UTF-16 units
	 * @return the turns that fit
	 */
	BranchHistory history(KeptMessage question, int room) {
		BranchHistory history = new BranchHistory(room);
		for (KeptMessage message = at(question.parent()); message != null; message = at(message.parent())) {
			history.add(message.role(), message.content(),
					(message.answer() != null) ? message.answer().source() : null);
		}
		return history;
	}

}
