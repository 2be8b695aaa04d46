package dev.runnel.conversation;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Keeps temporary conversations, in memory and nowhere else. All together are bounded:
 * where there is no more room, the one that was not used for the longest time is
 * forgotten.
 */
final class MemoryConversations implements Conversations {

	private static final int MAX_CONVERSATIONS = 10_000;

	/** All conversations together, in UTF-16 units. */
	private static final long MAX_CHARS = 16L * 1024 * 1024;

	/** In the order in which they were last used. */
	private final Map<ConversationId, KeptConversation> conversations = new LinkedHashMap<>(16, 0.75f, true);

	/** In which conversation an answer is. */
	private final Map<MessageId, ConversationId> answers = new HashMap<>();

	private long chars;

	/**
	 * Whether a conversation is here.
	 * @param conversation which; null for a new one
	 * @return true if it is
	 */
	synchronized boolean knows(@Nullable ConversationId conversation) {
		return conversation != null && this.conversations.containsKey(conversation);
	}

	/**
	 * Whether an answer is here.
	 * @param answer which
	 * @return true if it is
	 */
	synchronized boolean knows(MessageId answer) {
		return this.answers.containsKey(answer);
	}

	@Override
	public Mono<Turn> begin(Visitor visitor, Question question, TurnPlanner planner) {
		return Mono.fromCallable(() -> add(visitor, question, planner));
	}

	@Override
	public Mono<Turn> resume(Visitor visitor, MessageId answer, TurnPlanner planner) {
		return Mono.fromCallable(() -> goOn(visitor, answer, planner));
	}

	/** What is not whole is not needed before its end. */
	@Override
	public Mono<Void> append(Turn turn, AnswerPart part) {
		return Mono.empty();
	}

	@Override
	public Mono<Void> end(Turn turn, Answer answer) {
		return Mono.fromRunnable(() -> keep(turn, answer));
	}

	private synchronized Turn add(Visitor visitor, Question question, TurnPlanner planner) {
		ConversationId id = (question.conversation() != null) ? question.conversation() : open(visitor);
		Turn turn = own(visitor, id).add(question, planner);
		this.answers.put(turn.answer(), id);
		grow(id, question.text().length());
		return turn;
	}

	private synchronized Turn goOn(Visitor visitor, MessageId answer, TurnPlanner planner) {
		ConversationId id = this.answers.get(answer);
		if (id == null) {
			throw ProblemException.notFound("message");
		}
		return own(visitor, id).resume(answer, planner);
	}

	private KeptConversation own(Visitor visitor, ConversationId id) {
		KeptConversation conversation = this.conversations.get(id);
		if (conversation == null || !conversation.owner().equals(visitor)) {
			throw ProblemException.notFound("conversation");
		}
		return conversation;
	}

	private ConversationId open(Visitor visitor) {
		ConversationId id = new ConversationId(TimeUuid.next());
		this.conversations.put(id, new KeptConversation(id, visitor));
		return id;
	}

	private synchronized void keep(Turn turn, Answer answer) {
		KeptConversation conversation = this.conversations.get(turn.conversation());
		if (conversation != null) {
			grow(turn.conversation(), conversation.keep(turn.answer(), answer));
		}
	}

	/** Makes room by forgetting the oldest, but never the one that grows. */
	private void grow(ConversationId growing, int more) {
		this.chars += more;
		Iterator<Map.Entry<ConversationId, KeptConversation>> oldest = this.conversations.entrySet().iterator();
		while (isTooMuch() && oldest.hasNext()) {
			Map.Entry<ConversationId, KeptConversation> next = oldest.next();
			if (!next.getKey().equals(growing)) {
				this.chars -= next.getValue().chars();
				oldest.remove();
				this.answers.values().removeIf(next.getKey()::equals);
			}
		}
	}

	private boolean isTooMuch() {
		return this.chars > MAX_CHARS || this.conversations.size() > MAX_CONVERSATIONS;
	}

}
