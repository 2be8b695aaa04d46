package dev.runnel.conversation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import dev.runnel.upstream.Prompt;
import dev.runnel.upstream.Role;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Keeps conversations in memory while the process lives.
 */
@Component
final class MemoryConversations implements Conversations {

	private static final int MAX_CONVERSATIONS = 10_000;

	private final Map<ConversationId, Kept> conversations = new LinkedHashMap<>(16, 0.75f, true) {
		@Override
		protected boolean removeEldestEntry(Map.Entry<ConversationId, Kept> eldest) {
			return size() > MAX_CONVERSATIONS;
		}
	};

	@Override
	public Mono<Turn> begin(Visitor visitor, Question question, int contextChars) {
		return Mono.fromCallable(() -> add(visitor, question, contextChars));
	}

	@Override
	public Mono<Void> save(Turn turn, Answer answer) {
		return Mono.fromRunnable(() -> keep(turn, answer));
	}

	private synchronized Turn add(Visitor visitor, Question question, int contextChars) {
		ConversationId id = (question.conversation() != null) ? question.conversation()
				: new ConversationId(UUID.randomUUID());
		Kept kept = this.conversations.get(id);
		if (question.conversation() == null) {
			kept = new Kept(visitor);
			this.conversations.put(id, kept);
		}
		if (kept == null || !kept.owner.equals(visitor)) {
			throw ProblemException.notFound("conversation");
		}
		return kept.add(id, question, contextChars);
	}

	private synchronized void keep(Turn turn, Answer answer) {
		Kept kept = this.conversations.get(turn.conversation());
		if (kept != null) {
			kept.messages.computeIfPresent(turn.answer(),
					(id, message) -> new Message(message.parent, Role.ASSISTANT, answer.content()));
		}
	}

	/** One conversation. */
	private static final class Kept {

		private final Visitor owner;

		private final Map<MessageId, Message> messages = new LinkedHashMap<>();

		private @Nullable MessageId newest;

		Kept(Visitor owner) {
			this.owner = owner;
		}

		Turn add(ConversationId id, Question question, int contextChars) {
			MessageId parent = (question.parent() != null) ? place(question.parent()) : this.newest;
			Deque<Prompt.Message> history = history(parent, contextChars);
			MessageId asked = new MessageId(UUID.randomUUID());
			MessageId answer = new MessageId(UUID.randomUUID());
			this.messages.put(asked, new Message(parent, Role.USER, question.text()));
			this.messages.put(answer, new Message(asked, Role.ASSISTANT, ""));
			this.newest = answer;
			return new Turn(this.owner, id, asked, answer, history.stream().toList(), 0, question.temporary());
		}

		/** What takes the place of a question stands where that question stands. */
		private @Nullable MessageId place(MessageId parent) {
			Message message = this.messages.get(parent);
			if (message == null) {
				throw ProblemException.notFound("message");
			}
			return (message.role == Role.USER) ? message.parent : parent;
		}

		private Deque<Prompt.Message> history(@Nullable MessageId from, int contextChars) {
			Deque<Prompt.Message> history = new ArrayDeque<>();
			int room = contextChars;
			for (MessageId at = from; at != null;) {
				Message message = this.messages.get(at);
				if (message == null || message.content.length() > room) {
					break;
				}
				room -= message.content.length();
				history.addFirst(new Prompt.Message(message.role, message.content));
				at = message.parent;
			}
			return history;
		}

	}

	private record Message(@Nullable MessageId parent, Role role, String content) {
	}

}
