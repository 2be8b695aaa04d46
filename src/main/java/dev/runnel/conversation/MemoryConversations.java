package dev.runnel.conversation;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Keeps conversations in memory while the process lives. When there is more than may be
 * kept, the conversations that were left alone for longest are forgotten.
 */
@Component
final class MemoryConversations implements Conversations {

	private static final int MAX_CONVERSATIONS = 10_000;

	/** All conversations together, in UTF-16 units. */
	private static final long MAX_CHARS = 64L * 1024 * 1024;

	/** In the order in which they were last used. */
	private final Map<ConversationId, KeptConversation> conversations = new LinkedHashMap<>(16, 0.75f, true);

	private long chars;

	@Override
	public Mono<Turn> begin(Visitor visitor, Question question, int contextChars) {
		return Mono.fromCallable(() -> add(visitor, question, contextChars));
	}

	@Override
	public Mono<Void> save(Turn turn, Answer answer) {
		return Mono.fromRunnable(() -> keep(turn, answer));
	}

	private synchronized Turn add(Visitor visitor, Question question, int contextChars) {
		ConversationId id = (question.conversation() != null) ? question.conversation() : open(visitor);
		KeptConversation conversation = this.conversations.get(id);
		if (conversation == null || !conversation.owner().equals(visitor)) {
			throw ProblemException.notFound("conversation");
		}
		Turn turn = conversation.add(id, question, contextChars);
		grow(id, question.text().length());
		return turn;
	}

	private ConversationId open(Visitor visitor) {
		ConversationId id = new ConversationId(UUID.randomUUID());
		this.conversations.put(id, new KeptConversation(visitor));
		return id;
	}

	private synchronized void keep(Turn turn, Answer answer) {
		KeptConversation conversation = this.conversations.get(turn.conversation());
		if (conversation != null) {
			grow(turn.conversation(), conversation.keep(turn.answer(), answer.content()));
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
			}
		}
	}

	private boolean isTooMuch() {
		return this.chars > MAX_CHARS || this.conversations.size() > MAX_CONVERSATIONS;
	}

}
