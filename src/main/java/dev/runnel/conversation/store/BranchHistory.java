package dev.runnel.conversation.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.Prompt;
import dev.runnel.upstream.Role;
import dev.runnel.upstream.Source;
import org.jspecify.annotations.Nullable;

/**
 * The earlier turns of a branch that fit into the context. Only whole turns are included,
 * and the newest turns have priority. A question without an answer is not a turn. Text of
 * the mock never goes upstream: of a mock turn only the question is included.
 */
final class BranchHistory {

	private final Deque<Prompt.Message> messages = new ArrayDeque<>();

	private int room;

	private int omitted;

	/** The answer to the next question; null if there is none with output. */
	private Prompt.@Nullable Message answer;

	private boolean mocked;

	/**
	 * Starts at the end of a branch.
	 * @param room the maximum length in UTF-16 units
	 */
	BranchHistory(int room) {
		this.room = room;
	}

	/**
	 * Adds the next message, walking from the end of the branch to its beginning.
	 * @param role the author
	 * @param content the text in Markdown
	 * @param source the source of an answer; null for a question
	 * @param attachments the files of a question, or the pictures of an answer
	 */
	void add(Role role, String content, @Nullable Source source, List<Attachment> attachments) {
		if (role == Role.ASSISTANT) {
			boolean empty = content.isEmpty() && attachments.isEmpty();
			this.answer = empty ? null : new Prompt.Message(Role.ASSISTANT, content, attachments);
			this.mocked = source == Source.MOCK;
			return;
		}
		if (this.answer != null) {
			addTurn(new Prompt.Message(Role.USER, content, attachments), this.answer);
		}
		this.answer = null;
	}

	private void addTurn(Prompt.Message question, Prompt.Message reply) {
		List<Prompt.Message> turn = this.mocked ? List.of(question) : List.of(reply, question);
		int length = turn.stream().mapToInt(Prompt.Message::length).sum();
		if (this.omitted > 0 || length > this.room) {
			this.omitted += 2;
			return;
		}
		this.room -= length;
		// the newest message of the turn comes first
		turn.forEach(this.messages::addFirst);
	}

	/**
	 * Whether a turn did not fit. Then no earlier turn goes upstream either.
	 * @return true if a turn did not fit
	 */
	boolean isFull() {
		return this.omitted > 0;
	}

	/**
	 * Counts messages that are omitted without being examined.
	 * @param more the number of messages
	 */
	void omit(int more) {
		this.omitted += more;
	}

	/**
	 * The messages that go upstream.
	 * @return the messages, the oldest first
	 */
	List<Prompt.Message> messages() {
		return List.copyOf(this.messages);
	}

	/**
	 * The number of messages that did not fit.
	 * @return the number of messages
	 */
	int omitted() {
		return this.omitted;
	}

}
