package dev.runnel.conversation.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.ConversationSettings;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.Question;
import dev.runnel.conversation.Turn;
import dev.runnel.conversation.TurnPlan;
import dev.runnel.conversation.TurnPlanner;
import dev.runnel.upstream.Role;
import dev.runnel.web.ErrorCode;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;

/**
 * A conversation in memory. Not safe for use by several threads.
 */
final class TemporaryConversation {

	private static final int MAX_MESSAGES = 5000;

	/** What a conversation takes without messages. */
	private static final int EMPTY_BYTES = 500;

	/** What a message takes without its text: measured. */
	private static final int MESSAGE_BYTES = 500;

	private final ConversationId id;

	private final Visitor owner;

	private final Map<MessageId, KeptMessage> messages = new HashMap<>();

	private long bytes = EMPTY_BYTES;

	private @Nullable MessageId newest;

	TemporaryConversation(ConversationId id, Visitor owner) {
		this.id = id;
		this.owner = owner;
	}

	Visitor owner() {
		return this.owner;
	}

	/**
	 * How much heap it takes.
	 * @return bytes, estimated
	 */
	long bytes() {
		return this.bytes;
	}

	/**
	 * All its messages.
	 * @return their ids
	 */
	Set<MessageId> messages() {
		return this.messages.keySet();
	}

	/**
	 * Adds a question, if it is a new one, and an empty answer.
	 * @param question the question
	 * @param planner decides who answers, and how much of the earlier messages to give
	 * back
	 * @return the turn
	 */
	Turn add(Question question, TurnPlanner planner) {
		if (this.messages.size() >= MAX_MESSAGES) {
			throw ProblemException.of(ErrorCode.INVALID_REQUEST, "This conversation is full. Start a new one.");
		}
		KeptMessage asked = place(question);
		TurnPlan plan = planner.plan(ConversationSettings.NONE, asked.content().length(), null);
		this.newest = put(asked.id(), Role.ASSISTANT, "", Answer.begun(plan.origin())).id();
		return turn(asked, this.newest, null, plan);
	}

	private KeptMessage place(Question question) {
		if (question.parent() == null) {
			return put(this.newest, Role.USER, question.text(), null);
		}
		KeptMessage parent = this.messages.get(question.parent());
		if (parent == null) {
			throw ProblemException.notFound("message");
		}
		if (parent.role() != Role.USER) {
			return put(parent.id(), Role.USER, question.text(), null);
		}
		return parent.content().equals(question.text()) ? parent
				: put(parent.parent(), Role.USER, question.text(), null);
	}

	/**
	 * Goes on with an answer.
	 * @param answer which one
	 * @param planner decides who answers, and how much of the earlier messages to give
	 * back
	 * @return the turn
	 */
	Turn resume(MessageId answer, TurnPlanner planner) {
		KeptMessage kept = this.messages.get(answer);
		Answer written = (kept != null) ? kept.answer() : null;
		KeptMessage asked = (kept != null && kept.parent() != null) ? this.messages.get(kept.parent()) : null;
		if (kept == null || written == null || asked == null) {
			throw ProblemException.notFound("message");
		}
		written.checkResumable();
		int length = asked.content().length() + written.content().length();
		TurnPlan plan = planner.plan(ConversationSettings.NONE, length, written);
		this.newest = answer;
		KeptMessage resumed = kept.with(written.resumed(plan.origin()));
		this.messages.put(answer, resumed);
		this.bytes += resumed.bytes() - kept.bytes();
		return turn(asked, answer, written, plan);
	}

	private Turn turn(KeptMessage asked, MessageId answer, @Nullable Answer written, TurnPlan plan) {
		BranchHistory history = new BranchHistory(plan.room());
		for (KeptMessage message = at(asked.parent()); message != null; message = at(message.parent())) {
			history.add(message.role(), message.content(),
					(message.answer() != null) ? message.answer().source() : null);
		}
		return new Turn(this.owner, this.id, asked.id(), asked.content(), answer, history.messages(), history.omitted(),
				ConversationSettings.NONE, true, plan.origin(), written);
	}

	private @Nullable KeptMessage at(@Nullable MessageId message) {
		return (message != null) ? this.messages.get(message) : null;
	}

	private KeptMessage put(@Nullable MessageId parent, Role role, String content, @Nullable Answer answer) {
		KeptMessage message = new KeptMessage(new MessageId(TimeUuid.next()), parent, role, content, answer);
		this.messages.put(message.id(), message);
		this.bytes += message.bytes();
		return message;
	}

	/**
	 * Keeps an answer.
	 * @param id which one
	 * @param answer all of it
	 * @return false if there is no such answer
	 */
	boolean keep(MessageId id, Answer answer) {
		KeptMessage before = this.messages.get(id);
		if (before == null) {
			return false;
		}
		KeptMessage after = before.with(answer);
		this.messages.put(id, after);
		this.bytes += after.bytes() - before.bytes();
		return true;
	}

	/**
	 * A message in memory.
	 *
	 * @param id its id
	 * @param parent what it follows; null for the first question
	 * @param role who speaks
	 * @param content Markdown
	 * @param answer what is known of an answer; null for a question
	 */
	record KeptMessage(MessageId id, @Nullable MessageId parent, Role role, String content, @Nullable Answer answer) {

		/** Text that takes less than two bytes a character is counted as if it did. */
		long bytes() {
			int reasoning = (this.answer != null) ? this.answer.reasoning().length() : 0;
			return MESSAGE_BYTES + (long) (this.content.length() + reasoning) * Character.BYTES;
		}

		KeptMessage with(Answer newer) {
			return new KeptMessage(this.id, this.parent, this.role, newer.content(), newer);
		}

	}

}
