package dev.runnel.conversation.store;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.Turn;
import io.r2dbc.spi.Connection;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Adds tasks for the search index in the transaction that makes the change, so that a
 * crash loses no task. PostgreSQL needs no tasks: a trigger marks changed rows.
 */
final class SearchTasks {

	private static final NamedStatement ADD_ALL = new NamedStatement(
			"insert into search_task (conversation_id, message_id)"
					+ " select * from unnest(cast(:conversations as uuid array), cast(:messages as uuid array))");

	private SearchTasks() {
	}

	/**
	 * Adds a task.
	 * @param database the database
	 * @param client the client of the transaction
	 * @param conversation the changed conversation
	 * @param answer an answer, to be indexed with its question; null for the whole
	 * conversation
	 * @return completes when the task is added
	 */
	static Mono<Void> add(Database database, DatabaseClient client, ConversationId conversation,
			@Nullable MessageId answer) {
		if (database.isPostgres()) {
			return Mono.empty();
		}
		return client.sql("insert into search_task (conversation_id, message_id) values (:conversation, :message)")
			.bind("conversation", conversation.value())
			.bind("message", Rows.nullable(UUID.class, (answer != null) ? answer.value() : null))
			.then();
	}

	/**
	 * Adds a task for a changed title.
	 * @param database the database
	 * @param client the client of the transaction
	 * @param conversation the conversation
	 * @return completes when the task is added
	 */
	static Mono<Void> addTitle(Database database, DatabaseClient client, ConversationId conversation) {
		return add(database, client, conversation, new MessageId(conversation.value()));
	}

	/**
	 * Adds a task for each ended answer.
	 * @param database the database
	 * @param connection the connection of the transaction
	 * @param turns the turns of the answers
	 * @return completes when the tasks are added
	 */
	static Mono<Void> add(Database database, Connection connection, List<Turn> turns) {
		if (database.isPostgres()) {
			return Mono.empty();
		}
		return ADD_ALL.run(connection,
				Map.of("conversations", turns.stream().map((turn) -> turn.conversation().value()).toArray(UUID[]::new),
						"messages", turns.stream().map((turn) -> turn.answerId().value()).toArray(UUID[]::new)));
	}

}
