package dev.runnel.conversation.store;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.runnel.conversation.ConversationHead;
import dev.runnel.conversation.MessageId;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Searches the embedded database by means of a Lucene index. {@link SearchIndexer}
 * updates the index a moment after a change is stored.
 */
final class EmbeddedSearch implements SearchIndex, AutoCloseable {

	/**
	 * Up to this many hits are fetched by id; if there are more, the newest pages are
	 * scanned. It is also the page size of that scan.
	 */
	private static final int FEW = 500;

	/**
	 * How long the first searches wait for what was stored before the index was opened.
	 */
	private static final Duration CATCHING_UP = Duration.ofSeconds(5);

	private final Database database;

	private final LuceneIndex index;

	private final Scheduler scheduler = Schedulers.newBoundedElastic(2, Integer.MAX_VALUE, "search");

	private final SearchIndexer indexer;

	EmbeddedSearch(Database database, LuceneIndex index) {
		this.database = database;
		this.index = index;
		this.indexer = new SearchIndexer(database, index, this.scheduler);
	}

	@Override
	public void changed() {
		this.indexer.changed();
	}

	@Override
	public Mono<Void> forgetDeleted() {
		return this.indexer.forgetDeleted();
	}

	@Override
	public Mono<List<Found>> find(Visitor visitor, List<String> words, @Nullable Cursor after, int limit) {
		return this.indexer.caughtUp()
			.timeout(CATCHING_UP, Mono.empty())
			.then(Mono.fromCallable(() -> this.index.find(visitor.id(), words)).subscribeOn(this.scheduler))
			.publishOn(Schedulers.parallel())
			.flatMap((hits) -> newest(visitor, hits, after, limit)
				.map((heads) -> heads.stream().map((head) -> found(head, hits)).toList()));
	}

	/** The next conversations among the hits, ordered by their last update. */
	private Mono<List<ConversationHead>> newest(Visitor visitor, Map<UUID, LuceneIndex.Hit> hits,
			@Nullable Cursor after, int limit) {
		if (hits.isEmpty()) {
			return Mono.just(List.of());
		}
		return (hits.size() <= FEW) ? amongFew(visitor, hits, after, limit) : amongMany(visitor, hits, after, limit);
	}

	/**
	 * The query for the newest of a few hits. H2 expects the same cost from the index of
	 * owners and ids as from the primary key, but walks through all conversations of the
	 * owner with it. Of two such indexes it takes the first one, and a migration that
	 * adds a column creates the primary key last. H2 uses no index for a condition with
	 * {@code is true}.
	 * @param after the end of the previous page; null for the first page
	 * @return a query with the parameters of the cursor, {@code ids}, {@code owner} and
	 * {@code limit}
	 */
	static String amongFew(@Nullable Cursor after) {
		return "select " + Rows.HEAD + " from conversation where id = any(:ids) and (owner = :owner) is true"
				+ Cursor.condition(after) + " order by updated_at desc, id desc limit :limit";
	}

	private Mono<List<ConversationHead>> amongFew(Visitor visitor, Map<UUID, LuceneIndex.Hit> hits,
			@Nullable Cursor after, int limit) {
		return this.database
			.read((client) -> Cursor.bind(after, client.sql(amongFew(after)))
				.bind("ids", hits.keySet().toArray(UUID[]::new))
				.bind("owner", visitor.id())
				.bind("limit", limit)
				.map(Rows::head)
				.all())
			.collectList();
	}

	/**
	 * Scans pages of the newest conversations: if there are many hits, the newest hits
	 * come soon.
	 */
	private Mono<List<ConversationHead>> amongMany(Visitor visitor, Map<UUID, LuceneIndex.Hit> hits,
			@Nullable Cursor after, int limit) {
		return Pages.<ConversationHead>read(FEW, (last) -> page(visitor, (last != null) ? Cursor.of(last) : after))
			.concatMapIterable((page) -> page, 1)
			.filter((head) -> hits.containsKey(head.id().value()))
			.take(limit)
			.collectList();
	}

	private Mono<List<ConversationHead>> page(Visitor visitor, @Nullable Cursor after) {
		return this.database
			.read((client) -> Cursor
				.bind(after,
						client.sql("select " + Rows.HEAD + " from conversation where owner = :owner"
								+ Cursor.condition(after) + Cursor.ORDER + " limit " + FEW))
				.bind("owner", visitor.id())
				.map(Rows::head)
				.all())
			.collectList();
	}

	private static Found found(ConversationHead head, Map<UUID, LuceneIndex.Hit> hits) {
		LuceneIndex.Hit hit = hits.get(head.id().value());
		UUID message = (hit != null) ? hit.message() : null;
		return new Found(head, (message != null) ? new MessageId(message) : null);
	}

	@Override
	public void close() throws IOException {
		this.indexer.close();
		this.scheduler.dispose();
		this.index.close();
	}

}
