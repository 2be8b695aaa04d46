package dev.runnel.conversation.store;

import java.util.UUID;

import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.MessageId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Notes in the database what the search index is to learn, in the transaction that
 * changes it, so that no crash makes it miss anything. PostgreSQL marks such rows itself.
 */
final class SearchTasks {

	private SearchTasks() {
	}

	/**
	 * Notes a change.
	 * @param database the database
	 * @param client for use in the transaction
	 * @param conversation in which
	 * @param answer an answer, which stands for its question as well; null for the whole
	 * conversation
	 * @return completes when it is noted
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

}
