package dev.runnel.conversation.web;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.validation.Valid;

import dev.runnel.conversation.ConversationHead;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.Conversations;
import dev.runnel.conversation.ImportedConversation;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.web.ConversationController.HeadView;
import dev.runnel.memory.ResponseRoom;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * Copies a branch of a conversation into a new conversation.
 */
@RestController
final class BranchController {

	private final Conversations conversations;

	private final ResponseRoom room;

	private final Clock clock = Clock.systemUTC();

	BranchController(Conversations conversations, ResponseRoom room) {
		this.conversations = conversations;
		this.room = room;
	}

	/**
	 * Copies the messages from the first question to one message. An answer that is being
	 * written is copied as far as it is stored.
	 */
	@PostMapping(path = "/api/conversations/{id}/branches", consumes = MediaType.APPLICATION_JSON_VALUE,
			produces = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.CREATED)
	Mono<HeadView> branch(Visitor visitor, @PathVariable UUID id, @Valid @RequestBody BranchRequest request,
			ServerWebExchange exchange) {
		return this.conversations.head(visitor, new ConversationId(id))
			.delayUntil((head) -> this.conversations.length(visitor, head.id())
				.doOnNext((length) -> this.room.enter(exchange, length.heapAtOnce())))
			.flatMap((head) -> copy(visitor, head, new MessageId(request.messageId())))
			.delayUntil((copy) -> this.conversations.flush())
			.flatMap((copy) -> this.conversations.head(visitor, copy))
			.map(HeadView::of);
	}

	private Mono<ConversationId> copy(Visitor visitor, ConversationHead head, MessageId last) {
		return this.conversations.messages(visitor, head.id())
			.collectMap(Message::id)
			.map((messages) -> imported(head, branch(messages, messages.get(last))))
			.flatMap((branch) -> this.conversations.add(visitor, branch));
	}

	private static List<Message> branch(Map<MessageId, Message> messages, @Nullable Message last) {
		Deque<Message> branch = new ArrayDeque<>();
		Message message = last;
		while (message != null) {
			branch.addFirst(message);
			message = (message.parent() != null) ? messages.get(message.parent()) : null;
		}
		if (branch.isEmpty()) {
			throw ProblemException.notFound("message");
		}
		return List.copyOf(branch);
	}

	private ImportedConversation imported(ConversationHead head, List<Message> branch) {
		Instant now = this.clock.instant();
		return new ImportedConversation(head.title(), head.titledByHand(), false, now, now, null, head.settings(),
				branch);
	}

}
