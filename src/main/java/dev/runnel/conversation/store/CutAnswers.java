package dev.runnel.conversation.store;

import dev.runnel.conversation.AnswerDelta;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.MessageId;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Marks running answers as interrupted. The text that was stored in parts remains.
 */
final class CutAnswers {

	private final Database database;

	CutAnswers(Database database) {
		this.database = database;
	}

	/**
	 * Ends one answer. The delete comes before the update: if several servers do this at
	 * the same time, only one of them deletes the row and goes on.
	 * @param client the client of the transaction
	 * @param conversation the conversation of the answer
	 * @param answer the answer
	 * @return the answer; nothing if it was not running
	 */
	Mono<MessageId> end(DatabaseClient client, ConversationId conversation, MessageId answer) {
		return parts(client, answer).flatMap((parts) -> client.sql("delete from running_answer where message_id = :id")
			.bind("id", answer.value())
			.fetch()
			.rowsUpdated()
			.filter((rows) -> rows > 0)
			.delayUntil((rows) -> ConversationSizes.grow(client, conversation,
					StoredSize.ofText(parts.content()) + StoredSize.ofText(parts.reasoning())))
			.flatMap((rows) -> client
				.sql("update message set state = 'INTERRUPTED', content = content || :content,"
						+ " reasoning = reasoning || :reasoning where id = :id")
				.bind("content", parts.content())
				.bind("reasoning", parts.reasoning())
				.bind("id", answer.value())
				.then()
				.then(SearchTasks.add(this.database, client, conversation, answer))
				.thenReturn(answer)));
	}

	private static Mono<AnswerDelta> parts(DatabaseClient client, MessageId answer) {
		return client.sql("select content, reasoning from answer_part where message_id = :id order by number")
			.bind("id", answer.value())
			.map(CutAnswers::part)
			.all()
			.collectList()
			.map((parts) -> {
				StringBuilder content = new StringBuilder();
				StringBuilder reasoning = new StringBuilder();
				parts.forEach((part) -> {
					content.append(part.content());
					reasoning.append(part.reasoning());
				});
				return new AnswerDelta(content.toString(), reasoning.toString());
			});
	}

	private static AnswerDelta part(Readable row) {
		return new AnswerDelta(Rows.text(row, "content"), Rows.text(row, "reasoning"));
	}

}
