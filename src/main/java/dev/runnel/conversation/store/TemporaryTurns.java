package dev.runnel.conversation.store;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerDelta;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.Expense;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.Question;
import dev.runnel.conversation.TimeUuid;
import dev.runnel.conversation.Turn;
import dev.runnel.conversation.TurnPlanner;
import dev.runnel.conversation.TurnStore;
import dev.runnel.memory.MemoryAccount;
import dev.runnel.memory.MemoryReservation;
import dev.runnel.memory.MemoryUse;
import dev.runnel.upstream.Attachment;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Stores temporary conversations only in memory. Their total size is limited: if the
 * limit is reached, the least recently used conversation is removed.
 */
final class TemporaryTurns implements TurnStore {

	private static final int MAX_CONVERSATIONS = 10_000;

	/**
	 * All temporary conversations together take at most the memory for work divided by
	 * this number.
	 */
	private static final int SHARE = 4;

	/** The conversations, the least recently used first. */
	private final Map<ConversationId, TemporaryConversation> conversations = new LinkedHashMap<>(16, 0.75f, true);

	/** The conversation of each answer. */
	private final Map<MessageId, ConversationId> answers = new HashMap<>();

	private final long maxBytes;

	private final MemoryReservation memory;

	/**
	 * Creates an empty store.
	 * @param account counts the memory of temporary conversations, and removes the oldest
	 * ones if others need memory
	 */
	TemporaryTurns(MemoryAccount account) {
		this.maxBytes = account.max() / SHARE;
		this.memory = account.count(MemoryUse.TEMPORARY_CHATS, 0);
		account.registerEvictor(MemoryUse.TEMPORARY_CHATS, this::forgetOldest);
	}

	/**
	 * Whether a conversation is stored here.
	 * @param conversation the id of the conversation; null for a new one
	 * @return true if it is stored here
	 */
	synchronized boolean knows(@Nullable ConversationId conversation) {
		return conversation != null && this.conversations.containsKey(conversation);
	}

	/**
	 * Whether an answer is stored here.
	 * @param answer the id of the answer
	 * @return true if it is stored here
	 */
	synchronized boolean knows(MessageId answer) {
		return this.answers.containsKey(answer);
	}

	@Override
	public void created(Visitor visitor) {
		// Temporary conversations have no limit of their own.
	}

	@Override
	public Mono<Turn> begin(Visitor visitor, Question question, TurnPlanner planner) {
		return Mono.fromCallable(() -> add(visitor, question, planner));
	}

	@Override
	public Mono<Turn> resume(Visitor visitor, MessageId answer, TurnPlanner planner) {
		return Mono.fromCallable(() -> goOn(visitor, answer, planner));
	}

	/** Ignores the part: a temporary answer is stored only at its end. */
	@Override
	public Mono<Void> append(Turn turn, AnswerDelta part) {
		return Mono.empty();
	}

	@Override
	public Mono<Void> attach(Turn turn, Attachment picture) {
		return Mono.fromRunnable(() -> keep(turn, (conversation) -> conversation.attach(turn.answerId(), picture)));
	}

	/** Ignores the expense: nothing of the turn is stored here. */
	@Override
	public Mono<Void> end(Turn turn, Answer answer, @Nullable Expense expense) {
		return Mono.fromRunnable(() -> keep(turn, (conversation) -> conversation.keep(turn.answerId(), answer)));
	}

	private synchronized Turn add(Visitor visitor, Question question, TurnPlanner planner) {
		ConversationId id = (question.conversation() != null) ? question.conversation() : open(visitor);
		TemporaryConversation conversation = own(visitor, id);
		Turn turn = change(conversation, () -> conversation.add(question, planner));
		this.answers.put(turn.answerId(), id);
		makeRoom(id);
		return turn;
	}

	private synchronized Turn goOn(Visitor visitor, MessageId answer, TurnPlanner planner) {
		ConversationId id = this.answers.get(answer);
		if (id == null) {
			throw ProblemException.notFound("message");
		}
		TemporaryConversation conversation = own(visitor, id);
		return change(conversation, () -> conversation.resume(answer, planner));
	}

	private TemporaryConversation own(Visitor visitor, ConversationId id) {
		TemporaryConversation conversation = this.conversations.get(id);
		if (conversation == null || !conversation.owner().equals(visitor)) {
			throw ProblemException.notFound("conversation");
		}
		return conversation;
	}

	private ConversationId open(Visitor visitor) {
		ConversationId id = new ConversationId(TimeUuid.next());
		TemporaryConversation opened = new TemporaryConversation(id, visitor);
		this.conversations.put(id, opened);
		this.memory.set(this.memory.bytes() + opened.bytes());
		return id;
	}

	private synchronized void keep(Turn turn, Function<TemporaryConversation, Boolean> change) {
		TemporaryConversation conversation = this.conversations.get(turn.conversation());
		if (conversation != null) {
			change(conversation, () -> change.apply(conversation));
			makeRoom(turn.conversation());
		}
	}

	/** Applies a change to a conversation and counts its growth. */
	private <T> T change(TemporaryConversation conversation, Supplier<T> change) {
		long before = conversation.bytes();
		try {
			return change.get();
		}
		finally {
			this.memory.set(this.memory.bytes() + conversation.bytes() - before);
		}
	}

	/**
	 * Removes the oldest conversations if there are too many, but never the one that
	 * grows.
	 */
	private void makeRoom(ConversationId growing) {
		boolean left = true;
		while (left && isTooMuch()) {
			left = forgetOldestBut(growing);
		}
	}

	private boolean isTooMuch() {
		return this.memory.bytes() > this.maxBytes || this.conversations.size() > MAX_CONVERSATIONS;
	}

	private synchronized boolean forgetOldest() {
		return forgetOldestBut(null);
	}

	private boolean forgetOldestBut(@Nullable ConversationId growing) {
		Iterator<Map.Entry<ConversationId, TemporaryConversation>> oldest = this.conversations.entrySet().iterator();
		while (oldest.hasNext()) {
			Map.Entry<ConversationId, TemporaryConversation> next = oldest.next();
			if (!next.getKey().equals(growing)) {
				oldest.remove();
				next.getValue().messages().forEach(this.answers::remove);
				this.memory.set(this.memory.bytes() - next.getValue().bytes());
				return true;
			}
		}
		return false;
	}

}
