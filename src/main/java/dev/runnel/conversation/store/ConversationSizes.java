package dev.runnel.conversation.store;

import java.util.UUID;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.Turn;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Updates the size in the row of a conversation, in the transactions that change it.
 */
final class ConversationSizes {

	private ConversationSizes() {
	}

	/**
	 * Counts the end of an answer, which replaces the stored text.
	 * @param client runs in the transaction that stores the end, before the message is
	 * changed
	 * @param turn the turn of the answer
	 * @param end the whole answer
	 * @param server the id of the server that writes the answer
	 * @return completes when the answer is counted, or if it will not be written
	 */
	static Mono<Void> ended(DatabaseClient client, Turn turn, Answer end, UUID server) {
		return client
			.sql("select content, reasoning from message where id = :id and state in ('STREAMING', 'INTERRUPTED')"
					+ " and not exists (select 1 from running_answer r where r.message_id = :id"
					+ " and r.server_id <> :server)")
			.bind("id", turn.answerId().value())
			.bind("server", server)
			.map((row) -> StoredSize.ofText(Rows.text(row, "content")) + StoredSize.ofText(Rows.text(row, "reasoning")))
			.one()
			.flatMap((before) -> grow(client, turn.conversation(), StoredSize.ofAnswer(end) - before));
	}

	/**
	 * Counts the growth of a conversation.
	 * @param client runs in the transaction of the change
	 * @param conversation the id of the conversation
	 * @param bytes the growth, in bytes; may be negative
	 * @return completes when the growth is counted
	 */
	static Mono<Void> grow(DatabaseClient client, ConversationId conversation, long bytes) {
		return (bytes == 0) ? Mono.empty()
				: client.sql("update conversation set bytes = bytes + :bytes where id = :id")
					.bind("bytes", bytes)
					.bind("id", conversation.value())
					.then();
	}

}
