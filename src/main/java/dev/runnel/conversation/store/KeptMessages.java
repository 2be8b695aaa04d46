package dev.runnel.conversation.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.TimeUuid;
import dev.runnel.upstream.Attachment;
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
	 * Adds an answer without text, with a new id.
	 * @param question the question
	 * @param answer the data of the answer
	 * @return the message
	 */
	KeptMessage addAnswer(MessageId question, Answer answer) {
		return add(new KeptMessage(new MessageId(TimeUuid.next()), question, Role.ASSISTANT, "", answer, List.of()));
	}

	/**
	 * Adds a question with a new id.
	 * @param parent the message before this one; null for a first question
	 * @param content the text in Markdown
	 * @param attachments the files
	 * @return the message
	 */
	KeptMessage addQuestion(@Nullable MessageId parent, String content, List<Attachment> attachments) {
		return add(new KeptMessage(new MessageId(TimeUuid.next()), parent, Role.USER, content, null, attachments));
	}

	private KeptMessage add(KeptMessage message) {
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
					(message.answer() != null) ? message.answer().source() : null, message.attachments());
		}
		return history;
	}

}
