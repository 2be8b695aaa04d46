package dev.runnel.conversation.store;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.r2dbc.spi.Readable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Divides the messages of a conversation into pages that fit into memory. The lengths of
 * the messages are queried first: a page with a fixed number of very long messages would
 * be too large.
 */
final class MessageSpans {

	/** The number of rows that a query returns at most. */
	private static final int MAX_ROWS = 200;

	/**
	 * The maximum length of a page, unless its first message alone is longer. It counts
	 * characters, or bytes in PostgreSQL.
	 */
	static final long MAX_CHARS = 250_000;

	private final Database database;

	/**
	 * The query for the lengths. PostgreSQL knows the number of bytes of a text without
	 * reading it, which is accurate enough.
	 */
	private final String lengths;

	MessageSpans(Database database) {
		this.database = database;
		String length = database.isPostgres() ? "octet_length" : "char_length";
		this.lengths = "select position, cast(" + length + "(content) + coalesce(" + length
				+ "(reasoning), 0) as integer) as length from message where conversation_id = :id"
				+ " and position > :after order by position limit " + MAX_ROWS;
	}

	/**
	 * Divides a conversation.
	 * @param conversation the id of the conversation
	 * @return the pages in their order; the next lengths are queried when the pages of
	 * the previous ones have been consumed
	 */
	Flux<Span> of(UUID conversation) {
		return Pages.<Length>read(MAX_ROWS, (last) -> lengths(conversation, (last != null) ? last.position() : -1))
			.concatMapIterable(MessageSpans::spans, 1);
	}

	private Mono<List<Length>> lengths(UUID conversation, int after) {
		return this.database.read((
				client) -> client.sql(this.lengths).bind("id", conversation).bind("after", after).map(Length::of).all())
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

	private record Length(int position, int chars) {

		static Length of(Readable row) {
			return new Length(Rows.number(row, "position"), Rows.number(row, "length"));
		}

	}

	/**
	 * A page.
	 *
	 * @param first the position of its first message
	 * @param last the position of its last message
	 */
	record Span(int first, int last) {
	}

}
