package dev.runnel.conversation.store;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import dev.runnel.conversation.ConversationHead;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.SearchHit;
import dev.runnel.conversation.SearchHit.Snippet;
import dev.runnel.conversation.SearchPage;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads the texts that a search has found, and shows where they match.
 *
 * @param database the database of the texts
 */
record SearchHits(Database database) {

	/**
	 * The longest text that a search reads together with the others of its page, in
	 * UTF-16 units.
	 */
	private static final int SHORT_TEXT = 8 * 1024;

	/** The texts of messages, and of the questions that they answer. */
	private static final String TEXTS = "select m.id, m.content, q.id as question_id, q.content as question"
			+ " from message m left join message q on q.id = m.parent_id and q.role = 'USER'";

	/** The query for the short texts among messages. */
	static final String SHORT_TEXTS = TEXTS + " where m.id = any(:ids) and char_length(m.content) <= " + SHORT_TEXT
			+ " and char_length(coalesce(q.content, '')) <= " + SHORT_TEXT;

	/**
	 * The number of messages with longer texts that one search holds in memory, each with
	 * the question that it answers.
	 */
	private static final int LONG_TEXTS_AT_ONCE = 2;

	/**
	 * Builds a page of hits.
	 * @param found what the index has found, one more than the limit if there are more
	 * @param asked the query
	 * @param limit the most hits
	 * @return the page
	 */
	Mono<SearchPage> page(List<SearchIndex.Found> found, SearchQuery asked, int limit) {
		String next = (found.size() > limit) ? Cursor.of(found.get(limit - 1).conversation()).toString() : null;
		List<SearchIndex.Found> shown = found.subList(0, Math.min(limit, found.size()));
		return shortTexts(shown, asked).flatMap((quotes) -> Flux.fromIterable(shown)
			.flatMapSequential((one) -> hit(one, asked, quotes), LONG_TEXTS_AT_ONCE, 1)
			.collectList()
			.map((hits) -> new SearchPage(hits, next)));
	}

	/**
	 * Reads the short texts of a page in one query, because a query for each takes most
	 * of a search's time. Longer texts are read by {@link #longText}, because a page of
	 * them may fill the heap.
	 */
	private Mono<Map<UUID, Quote>> shortTexts(List<SearchIndex.Found> found, SearchQuery asked) {
		UUID[] messages = found.stream()
			.map(SearchIndex.Found::message)
			.filter(Objects::nonNull)
			.map(MessageId::value)
			.toArray(UUID[]::new);
		if (messages.length == 0) {
			return Mono.just(Map.of());
		}
		return this.database
			.read((client) -> client.sql(SHORT_TEXTS)
				.bind("ids", messages)
				.map((row) -> Map.entry(Rows.uuid(row, "id"), Quote.of(row, asked)))
				.all())
			.collectMap(Map.Entry::getKey, Map.Entry::getValue);
	}

	private Mono<SearchHit> hit(SearchIndex.Found found, SearchQuery asked, Map<UUID, Quote> quotes) {
		ConversationHead head = found.conversation();
		MessageId message = found.message();
		Mono<SearchHit> byTitle = Mono.fromSupplier(() -> new SearchHit(head, null, Snippets.of(head.title(), asked)));
		if (message == null) {
			return byTitle;
		}
		return Mono.justOrEmpty(quotes.get(message.value()))
			.switchIfEmpty(Mono.defer(() -> longText(message, asked)))
			.flatMap((quote) -> isHit(quote.snippet()) ? Mono.just(quote)
					: inFiles(message, asked).map((snippet) -> new Quote(message, snippet)).defaultIfEmpty(quote))
			.map((quote) -> new SearchHit(head, quote.message(), quote.snippet()))
			.switchIfEmpty(byTitle);
	}

	private static boolean isHit(List<Snippet> snippet) {
		return snippet.stream().anyMatch(Snippet::hit);
	}

	/** Looks into the files of a question whose own text does not match. */
	private Mono<List<Snippet>> inFiles(MessageId message, SearchQuery asked) {
		return new AttachedTexts(this.database).of(message.value())
			.map((text) -> Snippets.of(text, asked))
			.filter(SearchHits::isHit)
			.next();
	}

	private Mono<Quote> longText(MessageId message, SearchQuery asked) {
		return this.database
			.read((client) -> client.sql(TEXTS + " where m.id = :id")
				.bind("id", message.value())
				.map((row) -> Quote.of(row, asked))
				.all())
			.next();
	}

	/**
	 * What is quoted of a conversation.
	 *
	 * @param message the message
	 * @param snippet its pieces
	 */
	private record Quote(MessageId message, List<Snippet> snippet) {

		/** Quotes the question if it matches as well: readers know their own words. */
		private static Quote of(Readable row, SearchQuery asked) {
			MessageId question = Rows.messageId(row, "question_id");
			String text = Rows.text(row, "question");
			return (question != null && Snippets.hasAll(text, asked)) ? new Quote(question, Snippets.of(text, asked))
					: new Quote(new MessageId(Rows.uuid(row, "id")), Snippets.of(Rows.text(row, "content"), asked));
		}

	}

}
