package dev.runnel.conversation.store;

import java.util.List;
import java.util.function.Function;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerDelta;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.MessageId;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads the messages of a conversation in pages. The next page is read when the previous
 * one has been consumed: a whole conversation for every reader would not fit into memory.
 */
final class MessagePages {

	private final Database database;

	private final MessageSpans spans;

	MessagePages(Database database) {
		this.database = database;
		this.spans = new MessageSpans(database);
	}

	/**
	 * Reads the messages of a conversation.
	 * @param id the id of the conversation
	 * @return the messages by position; a running answer has the text stored so far
	 */
	Flux<Message> read(ConversationId id) {
		return this.spans.of(id.value()).concatMap((span) -> read(id, span), 1);
	}

	private Flux<Message> read(ConversationId id, MessageSpans.Span span) {
		return this.database
			.read((client) -> client
				.sql("select " + Rows.COLUMNS + " from message where conversation_id = :id"
						+ " and position between :first and :last order by position")
				.bind("id", id.value())
				.bind("first", span.first())
				.bind("last", span.last())
				.map(Rows::message)
				.all())
			.collectList()
			.flatMap((page) -> page.stream().anyMatch(MessagePages::isRunning) ? withParts(id, page) : Mono.just(page))
			.flatMapIterable(Function.identity());
	}

	private static boolean isRunning(Message message) {
		return message.answer() != null && message.answer().state() == AnswerState.STREAMING;
	}

	/** Adds the parts of running answers, which are stored in a table of their own. */
	private Mono<List<Message>> withParts(ConversationId id, List<Message> page) {
		return this.database
			.read((client) -> client.sql("select p.message_id, p.content, p.reasoning from running_answer r"
					+ " join answer_part p on p.message_id = r.message_id where r.conversation_id = :id"
					+ " order by p.message_id, p.number")
				.bind("id", id.value())
				.map(Part::of)
				.all())
			.collectMultimap(Part::message, Part::part)
			.map((parts) -> page.stream().map((one) -> with(one, parts.getOrDefault(one.id(), List.of()))).toList());
	}

	private static Message with(Message message, Iterable<AnswerDelta> parts) {
		Answer answer = message.answer();
		if (answer == null) {
			return message;
		}
		Answer whole = answer.followedBy(parts);
		return new Message(message.id(), message.parent(), message.role(), whole.content(), message.createdAt(), whole);
	}

	private record Part(MessageId message, AnswerDelta part) {

		static Part of(Readable row) {
			return new Part(new MessageId(Rows.uuid(row, "message_id")),
					new AnswerDelta(Rows.text(row, "content"), Rows.text(row, "reasoning")));
		}

	}

}
