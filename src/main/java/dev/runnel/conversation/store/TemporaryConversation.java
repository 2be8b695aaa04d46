package dev.runnel.conversation.store;

import java.util.List;
import java.util.Objects;
import java.util.Set;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.ConversationSettings;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.Question;
import dev.runnel.conversation.Turn;
import dev.runnel.conversation.TurnPlanner;
import dev.runnel.conversation.TurnPlanner.TurnPlan;
import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.Role;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Reason;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;

/**
 * A conversation in memory. Not thread-safe.
 */
final class TemporaryConversation {

	private static final int MAX_MESSAGES = 5000;

	/** The estimated heap size of a conversation without messages. */
	private static final int EMPTY_BYTES = 500;

	private final ConversationId id;

	private final Visitor owner;

	private final KeptMessages messages = new KeptMessages();

	private @Nullable MessageId newest;

	TemporaryConversation(ConversationId id, Visitor owner) {
		this.id = id;
		this.owner = owner;
	}

	Visitor owner() {
		return this.owner;
	}

	/**
	 * The heap size of the conversation.
	 * @return the estimated number of bytes
	 */
	long bytes() {
		return EMPTY_BYTES + this.messages.bytes();
	}

	/**
	 * The ids of all messages.
	 * @return the ids
	 */
	Set<MessageId> messages() {
		return this.messages.ids();
	}

	/**
	 * Adds a question, unless it repeats a stored one, and an empty answer.
	 * @param question the question
	 * @param planner decides the origin of the answer and the room for earlier messages
	 * @return the turn
	 */
	Turn add(Question question, TurnPlanner planner) {
		if (this.messages.size() >= MAX_MESSAGES) {
			throw ProblemException.of(Reason.CHAT_FULL);
		}
		KeptMessage asked = place(question);
		TurnPlan plan = planner.plan(ConversationSettings.NONE, asked.length(), null);
		planner.check(plan, asked.attachments());
		this.newest = this.messages.addAnswer(asked.id(), Answer.begun(plan.origin())).id();
		return turn(asked, this.newest, null, plan, List.of());
	}

	private KeptMessage place(Question question) {
		if (question.parent() == null) {
			return add(this.newest, question);
		}
		KeptMessage parent = this.messages.required(question.parent());
		return (parent.role() == Role.USER) ? again(parent, question) : add(parent.id(), question);
	}

	private KeptMessage add(@Nullable MessageId parent, Question question) {
		return this.messages.addQuestion(parent, question.text(),
				Objects.requireNonNullElse(question.attachments(), List.of()));
	}

	/** Adds a version of a question, unless its text and its files are the same. */
	private KeptMessage again(KeptMessage before, Question question) {
		return before.isSame(question) ? before : add(before.parent(), question);
	}

	/**
	 * Continues an answer.
	 * @param answer the id of the answer
	 * @param planner decides the origin of the answer and the room for earlier messages
	 * @return the turn
	 */
	Turn resume(MessageId answer, TurnPlanner planner) {
		KeptMessage kept = this.messages.required(answer);
		KeptMessage asked = this.messages.required(kept.parent());
		Answer written = kept.answer();
		if (written == null) {
			throw ProblemException.notFound("message");
		}
		written.checkResumable();
		int length = asked.length() + written.content().length();
		TurnPlan plan = planner.plan(ConversationSettings.NONE, length, written);
		this.newest = answer;
		this.messages.replace(kept, kept.with(written.resumed(plan.origin())));
		return turn(asked, answer, written, plan, kept.attachments());
	}

	private Turn turn(KeptMessage asked, MessageId answer, @Nullable Answer written, TurnPlan plan,
			List<Attachment> pictures) {
		BranchHistory history = this.messages.history(asked, plan.room());
		return new Turn(this.owner, this.id, asked.id(), asked.content(), answer, history.messages(), history.omitted(),
				ConversationSettings.NONE, true, plan.origin(), written, asked.attachments(), pictures);
	}

	/**
	 * Stores an answer.
	 * @param id the id of the answer
	 * @param answer the whole answer
	 * @return false if there is no such answer
	 */
	boolean keep(MessageId id, Answer answer) {
		KeptMessage before = this.messages.at(id);
		if (before == null) {
			return false;
		}
		this.messages.replace(before, before.with(answer));
		return true;
	}

	/**
	 * Adds a picture to an answer.
	 * @param id the id of the answer
	 * @param picture the stored picture
	 * @return false if there is no such answer
	 */
	boolean attach(MessageId id, Attachment picture) {
		KeptMessage before = this.messages.at(id);
		if (before == null) {
			return false;
		}
		this.messages.replace(before, before.with(picture));
		return true;
	}

}
