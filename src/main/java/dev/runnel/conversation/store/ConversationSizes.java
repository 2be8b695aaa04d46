package dev.runnel.conversation.store;

import java.util.UUID;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.Turn;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Keeps the size of a conversation in its row, in the transactions that change it.
 */
final class ConversationSizes {

	private ConversationSizes() {
	}

	/**
	 * Counts the end of an answer, which replaces the stored text.
	 * @param client in whose transaction, before the message is changed
	 * @param turn which answer
	 * @param end all of it
	 * @param server who writes it
	 * @return completes when it is counted, or will not be written
	 */
	static Mono<Void> ended(DatabaseClient client, Turn turn, Answer end, UUID server) {
		return client
			.sql("select content, reasoning from message where id = :id and state in ('STREAMING', 'INTERRUPTED')"
					+ " and not exists (select 1 from running_answer r where r.message_id = :id"
					+ " and r.server_id <> :server)")
			.bind("id", turn.answer().value())
			.bind("server", server)
			.map((row) -> StoredSize.ofText(Rows.text(row, "content")) + StoredSize.ofText(Rows.text(row, "reasoning")))
			.one()
			.flatMap((before) -> grow(client, turn.conversation(), StoredSize.ofAnswer(end) - before));
	}

	/**
	 * Counts what a conversation grows by.
	 * @param client in whose transaction
	 * @param conversation which
	 * @param bytes how much
	 * @return completes when it is counted
	 */
	static Mono<Void> grow(DatabaseClient client, ConversationId conversation, long bytes) {
		return (bytes == 0) ? Mono.empty()
				: client.sql("update conversation set bytes = bytes + :bytes where id = :id")
					.bind("bytes", bytes)
					.bind("id", conversation.value())
					.then();
	}

}
