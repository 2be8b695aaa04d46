package dev.runnel.conversation.store;

import java.util.HashMap;
import java.util.Map;

import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.Turn;
import dev.runnel.web.Visitor;

/**
 * Counts the text of running answers, in bytes. The size of a conversation includes an
 * answer only after its end. Not safe for use by several threads.
 */
final class RunningSizes {

	private final Map<MessageId, Long> answers = new HashMap<>();

	private final Map<Visitor, Long> visitors = new HashMap<>();

	private long all;

	/**
	 * Begins to count an answer.
	 * @param turn the turn of the answer
	 */
	void begin(Turn turn) {
		this.answers.putIfAbsent(turn.answerId(), 0L);
	}

	/**
	 * Counts new text of an answer. Text that comes after the end is not counted.
	 * @param turn the turn of the answer
	 * @param bytes the size of the new text
	 */
	void grow(Turn turn, long bytes) {
		if (this.answers.computeIfPresent(turn.answerId(), (answer, before) -> before + bytes) != null) {
			add(turn.visitor(), bytes);
		}
	}

	/**
	 * Ends the count of an answer.
	 * @param turn the turn of the answer
	 */
	void end(Turn turn) {
		Long bytes = this.answers.remove(turn.answerId());
		if (bytes != null) {
			add(turn.visitor(), -bytes);
		}
	}

	private void add(Visitor visitor, long bytes) {
		this.visitors.merge(visitor, bytes, (before, more) -> (before + more != 0) ? before + more : null);
		this.all += bytes;
	}

	/**
	 * Returns the size of the running answers of a visitor.
	 * @param visitor the visitor
	 * @return the size, in bytes
	 */
	long of(Visitor visitor) {
		return this.visitors.getOrDefault(visitor, 0L);
	}

	/**
	 * Returns the size of all running answers.
	 * @return the size, in bytes
	 */
	long all() {
		return this.all;
	}

}
