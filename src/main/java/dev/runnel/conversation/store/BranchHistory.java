package dev.runnel.conversation.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import dev.runnel.upstream.Prompt;
import dev.runnel.upstream.Role;
import dev.runnel.upstream.Source;
import org.jspecify.annotations.Nullable;

/**
 * The earlier turns of a branch that fit into the context: whole turns only, the newest
 * first to get a place. A question that got no answer is no turn. Text of the mock never
 * goes upstream: of such a turn only the question stays.
 */
final class BranchHistory {

	private final Deque<Prompt.Message> messages = new ArrayDeque<>();

	private int room;

	private int omitted;

	private String answer = "";

	private boolean mocked;

	/**
	 * Begins at the end of a branch.
	 * @param room the most characters that fit, in UTF-16 units
	 */
	BranchHistory(int room) {
		this.room = room;
	}

	/**
	 * Takes in the next message on the way from the end of the branch to its beginning.
	 * @param role who speaks
	 * @param content Markdown
	 * @param source where the text of an answer comes from; null for a question
	 */
	void add(Role role, String content, @Nullable Source source) {
		if (role == Role.ASSISTANT) {
			this.answer = content;
			this.mocked = source == Source.MOCK;
		}
		else {
			addTurn(content);
			this.answer = "";
		}
	}

	private void addTurn(String question) {
		if (this.answer.isEmpty()) {
			return;
		}
		int length = question.length() + (this.mocked ? 0 : this.answer.length());
		if (this.omitted > 0 || length > this.room) {
			this.omitted += 2;
			return;
		}
		this.room -= length;
		if (!this.mocked) {
			this.messages.addFirst(new Prompt.Message(Role.ASSISTANT, this.answer));
		}
		this.messages.addFirst(new Prompt.Message(Role.USER, question));
	}

	/**
	 * Whether something did not fit, so that nothing before it goes upstream either.
	 * @return true if so
	 */
	boolean isFull() {
		return this.omitted > 0;
	}

	/**
	 * Counts messages that are left out without being looked at.
	 * @param more how many
	 */
	void omit(int more) {
		this.omitted += more;
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
