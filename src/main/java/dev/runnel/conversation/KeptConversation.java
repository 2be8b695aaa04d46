package dev.runnel.conversation;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import dev.runnel.upstream.Role;
import dev.runnel.web.ErrorCode;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;

/**
 * A conversation in memory: a tree of messages, of which the newest ends the current
 * branch.
 */
final class KeptConversation {

	private static final int MAX_MESSAGES = 5000;

	private final Visitor owner;

	private final Map<MessageId, KeptMessage> messages = new HashMap<>();

	private long chars;

	private @Nullable MessageId newest;

	KeptConversation(Visitor owner) {
		this.owner = owner;
	}

	Visitor owner() {
		return this.owner;
	}

	/**
	 * How much text it holds.
	 * @return UTF-16 units
	 */
	long chars() {
		return this.chars;
	}

	/**
	 * Adds a question and an empty answer.
	 * @param id the conversation's own id
	 * @param question the question
	 * @param contextChars the most characters of earlier messages to give back
	 * @return the turn
	 */
	Turn add(ConversationId id, Question question, int contextChars) {
		if (this.messages.size() >= MAX_MESSAGES) {
			throw ProblemException.of(ErrorCode.INVALID_REQUEST, "This conversation is full. Start a new one.");
		}
		MessageId parent = (question.parent() != null) ? place(question.parent()) : this.newest;
		BranchHistory history = BranchHistory.of(this.messages, parent, contextChars);
		MessageId asked = put(parent, Role.USER, question.text());
		this.newest = put(asked, Role.ASSISTANT, "");
		return new Turn(this.owner, id, asked, this.newest, history.messages(), history.omitted(),
				question.temporary());
	}

	/** What takes the place of a question stands where that question stands. */
	private @Nullable MessageId place(MessageId parent) {
		KeptMessage message = this.messages.get(parent);
		if (message == null) {
			throw ProblemException.notFound("message");
		}
		return (message.role() == Role.USER) ? message.parent() : parent;
	}

	private MessageId put(@Nullable MessageId parent, Role role, String content) {
		MessageId id = new MessageId(UUID.randomUUID());
		this.messages.put(id, new KeptMessage(parent, role, content));
		this.chars += content.length();
		return id;
	}

	/**
	 * Keeps how far an answer has come.
	 * @param answer which answer
	 * @param content all of it so far
	 * @return by how much it grew, in UTF-16 units
	 */
	int keep(MessageId answer, String content) {
		KeptMessage before = this.messages.get(answer);
		if (before == null) {
			return 0;
		}
		this.messages.put(answer, new KeptMessage(before.parent(), before.role(), content));
		int more = content.length() - before.content().length();
		this.chars += more;
		return more;
	}

	/**
	 * A message in memory.
	 *
	 * @param parent what it answers; null for the first question
	 * @param role who speaks
	 * @param content Markdown
	 */
	record KeptMessage(@Nullable MessageId parent, Role role, String content) {
	}

}
