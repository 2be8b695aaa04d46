package dev.runnel.conversation.store;

import java.util.Map;
import java.util.UUID;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.Turn;
import io.r2dbc.spi.Connection;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Updates the size in the row of a conversation, in the transactions that change it.
 */
final class ConversationSizes {

	/**
	 * Adds the size of an ended answer and subtracts the size of the text that it
	 * replaces. If the answer will not be written, there is no such text, and the sum
	 * does not change. The database computes the old size, so no text is read back.
	 */
	private static final NamedStatement ENDED = new NamedStatement(
			"update conversation set bytes = bytes + :bytes - coalesce("
					+ "(select octet_length(m.content) + coalesce(octet_length(m.reasoning), 0)"
					+ " + coalesce(octet_length(m.citations), 0) from message m"
					+ " where m.id = :id and m.state in ('STREAMING', 'INTERRUPTED') and not exists (select 1"
					+ " from running_answer r where r.message_id = :id and r.server_id <> :server)),"
					+ " cast(:bytes as bigint)) where id = :conversation");

	private ConversationSizes() {
	}

	/**
	 * Counts the end of an answer, which replaces the stored text.
	 * @param connection the connection of the transaction that stores the end, before the
	 * message is changed
	 * @param turn the turn of the answer
	 * @param end the whole answer
	 * @param server the id of the server that writes the answer
	 * @return completes when the answer is counted, or if it will not be written
	 */
	static Mono<Void> ended(Connection connection, Turn turn, Answer end, UUID server) {
		return ENDED.run(connection, Map.of("bytes", StoredSize.ofAnswer(end), "id", turn.answerId().value(), "server",
				server, "conversation", turn.conversation().value()));
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
