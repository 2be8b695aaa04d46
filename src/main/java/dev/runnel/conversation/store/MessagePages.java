package dev.runnel.conversation.store;

import java.util.ArrayList;
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
 * one has been consumed. The lengths of the messages are queried first: a page with a few
 * very long messages for every reader would not fit into memory.
 */
final class MessagePages {

	/** The number of rows that a query returns at most. */
	private static final int MAX_ROWS = 200;

	/**
	 * The maximum length of a page, unless its first message alone is longer. It counts
	 * characters, or bytes in PostgreSQL.
	 */
	private static final long MAX_CHARS = 250_000;

	private final Database database;

	/**
	 * The query for the lengths. PostgreSQL knows the number of bytes of a text without
	 * reading it, which is accurate enough.
	 */
	private final String lengths;

	MessagePages(Database database) {
		this.database = database;
		String length = database.isPostgres() ? "octet_length" : "char_length";
		this.lengths = "select position, cast(" + length + "(content) + coalesce(" + length
				+ "(reasoning), 0) as integer) as length from message where conversation_id = :id"
				+ " and position > :after order by position limit " + MAX_ROWS;
	}

	/**
	 * Reads the messages of a conversation.
	 * @param id the id of the conversation
	 * @return the messages by position; a running answer has the text stored so far
	 */
	Flux<Message> read(ConversationId id) {
		return Pages.<Length>read(MAX_ROWS, (last) -> lengths(id, (last != null) ? last.position() : -1))
			.concatMapIterable(MessagePages::spans, 1)
			.concatMap((span) -> read(id, span), 1);
	}

	private Mono<List<Length>> lengths(ConversationId id, int after) {
		return this.database.read(
				(client) -> client.sql(this.lengths).bind("id", id.value()).bind("after", after).map(Length::of).all())
			.collectList();
	}

	private static List<Span> spans(List<Length> lengths) {
		List<Span> spans = new ArrayList<>();
		int first = 0;
		long chars = 0;
		for (int at = 0; at < lengths.size(); at++) {
			if (at > first && chars + lengths.get(at).chars() > MAX_CHARS) {
				spans.add(new Span(lengths.get(first).position(), lengths.get(at - 1).position()));
				first = at;
				chars = 0;
			}
			chars += lengths.get(at).chars();
		}
		if (!lengths.isEmpty()) {
			spans.add(new Span(lengths.get(first).position(), lengths.get(lengths.size() - 1).position()));
		}
		return spans;
	}

	private Flux<Message> read(ConversationId id, Span span) {
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

	private record Length(int position, int chars) {

		static Length of(Readable row) {
			return new Length(Rows.number(row, "position"), Rows.number(row, "length"));
		}

	}

	/** The positions of the first and the last message of a page. */
	private record Span(int first, int last) {
	}

	private record Part(MessageId message, AnswerDelta part) {

		static Part of(Readable row) {
			return new Part(new MessageId(Rows.uuid(row, "message_id")),
					new AnswerDelta(Rows.text(row, "content"), Rows.text(row, "reasoning")));
		}

	}

}
