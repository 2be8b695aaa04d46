package dev.runnel.conversation.store;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.MessageId;
import dev.runnel.web.ProblemException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Finds the end of the branch that a visitor has chosen.
 */
final class NewestMessage {

	private NewestMessage() {
	}

	/**
	 * Finds the newest message among the given one and its descendants.
	 * @param client the client of the transaction
	 * @param id the conversation
	 * @param message the given message; null for none
	 * @return the newest message; empty if no message is given; a problem if the
	 * conversation has no such message
	 */
	static Mono<MessageId> below(DatabaseClient client, ConversationId id, @Nullable MessageId message) {
		if (message == null) {
			return Mono.empty();
		}
		return client
			.sql("select id, parent_id from message where conversation_id = :id and position >= (select position"
					+ " from message where id = :message and conversation_id = :id) order by position")
			.bind("id", id.value())
			.bind("message", message.value())
			.map((row) -> new Link(new MessageId(Rows.uuid(row, "id")), Rows.messageId(row, "parent_id")))
			.all()
			.collectList()
			.map((links) -> newestBelow(links, message));
	}

	private static MessageId newestBelow(List<Link> links, MessageId message) {
		if (links.isEmpty()) {
			throw ProblemException.notFound("message");
		}
		Set<MessageId> below = new HashSet<>(Set.of(message));
		MessageId newest = message;
		for (Link link : links) {
			if (below.contains(link.parent())) {
				below.add(link.id());
				newest = link.id();
			}
		}
		return newest;
	}

	private record Link(MessageId id, @Nullable MessageId parent) {
	}

}
