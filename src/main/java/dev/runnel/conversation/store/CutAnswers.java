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

	private static final AnswerDelta NOTHING = new AnswerDelta("", "");

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
		return parts(client, answer).flatMap((parts) -> cut(client, conversation, answer, parts));
	}

	/**
	 * Ends one answer with the text that readers have seen, if it is longer than the
	 * stored text. If the answer was ended before with less text, the rest is added.
	 * @param client the client of the transaction
	 * @param conversation the conversation of the answer
	 * @param answer the answer
	 * @param shown the whole text
	 * @return the answer; nothing if it does not change
	 */
	Mono<MessageId> end(DatabaseClient client, ConversationId conversation, MessageId answer, AnswerDelta shown) {
		return message(client, answer, "")
			.flatMap((message) -> parts(client, answer).map((parts) -> unstored(message, parts, shown)))
			.flatMap((rest) -> cut(client, conversation, answer, rest))
			.switchIfEmpty(Mono.defer(() -> lengthen(client, conversation, answer, shown)));
	}

	/** Adds the rest of what readers have seen to an answer that has ended with less. */
	private Mono<MessageId> lengthen(DatabaseClient client, ConversationId conversation, MessageId answer,
			AnswerDelta shown) {
		return message(client, answer, " and state = 'INTERRUPTED' for update")
			.map((message) -> unstored(message, NOTHING, shown))
			.filter((rest) -> !rest.equals(NOTHING))
			.flatMap((rest) -> add(client, conversation, answer, rest));
	}

	private static Mono<AnswerDelta> message(DatabaseClient client, MessageId answer, String further) {
		return client.sql("select content, reasoning from message where id = :id" + further)
			.bind("id", answer.value())
			.map(CutAnswers::part)
			.one();
	}

	/**
	 * The text to add to a message.
	 * @param message the text in the message
	 * @param parts the text beside it
	 * @param shown the whole text that readers have seen
	 */
	private static AnswerDelta unstored(AnswerDelta message, AnswerDelta parts, AnswerDelta shown) {
		return new AnswerDelta(unstored(message.content(), parts.content(), shown.content()),
				unstored(message.reasoning(), parts.reasoning(), shown.reasoning()));
	}

	/** The stored text stays if the shown text does not begin with it. */
	private static String unstored(String message, String parts, String shown) {
		return shown.startsWith(message + parts) ? shown.substring(message.length()) : parts;
	}

	private Mono<MessageId> cut(DatabaseClient client, ConversationId conversation, MessageId answer,
			AnswerDelta parts) {
		return Mono.defer(() -> client.sql("delete from running_answer where message_id = :id")
			.bind("id", answer.value())
			.fetch()
			.rowsUpdated()
			.filter((rows) -> rows > 0)
			.flatMap((rows) -> add(client, conversation, answer, parts)));
	}

	private Mono<MessageId> add(DatabaseClient client, ConversationId conversation, MessageId answer,
			AnswerDelta rest) {
		return ConversationSizes
			.grow(client, conversation, StoredSize.ofText(rest.content()) + StoredSize.ofText(rest.reasoning()))
			.then(Mono.defer(() -> client
				.sql("update message set state = 'INTERRUPTED', content = content || :content,"
						+ " reasoning = reasoning || :reasoning where id = :id")
				.bind("content", rest.content())
				.bind("reasoning", rest.reasoning())
				.bind("id", answer.value())
				.then()))
			.then(Mono.defer(() -> SearchTasks.add(this.database, client, conversation, answer)))
			.thenReturn(answer);
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
