package dev.runnel.conversation.store;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.runnel.web.Visitor;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/**
 * Searches with the full-text search of PostgreSQL, which uses the words that
 * {@link PostgresIndexer} stores.
 */
final class PostgresSearch implements SearchIndex, AutoCloseable {

	/** Up to this many matching messages, conversations are selected by id. */
	private static final int FEW = 2000;

	private static final String HITS = "select conversation_id from message where words @@ cast(:query as tsquery) limit "
			+ (FEW + 1);

	/**
	 * Finds the newest conversations by title and by message. The union of both lists may
	 * exceed the limit, but it never has too few rows; the last limit cuts it.
	 */
	private static final String FIND = "with found as ((select id from conversation where words @@ cast(:query as tsquery)"
			+ " and owner = :owner%1$s order by updated_at desc, id desc limit :limit) union"
			+ " (select id from conversation c where owner = :owner%1$s and %2$s"
			+ " order by updated_at desc, id desc limit :limit))"
			+ " select c.*, m.id as message_id from conversation c join found f on f.id = c.id"
			+ " left join lateral (select id from message where conversation_id = c.id"
			+ " and words @@ cast(:query as tsquery) order by position desc limit 1) m on true"
			+ " order by c.updated_at desc, c.id desc limit :limit";

	private static final String AMONG_FEW = "id = any(:hits)";

	/**
	 * If there are many hits, a scan of the newest conversations finds enough of them
	 * soon.
	 */
	private static final String AMONG_MANY = "exists (select 1 from message m where m.conversation_id = c.id"
			+ " and m.words @@ cast(:query as tsquery))";

	private final Database database;

	private final PostgresIndexer indexer;

	PostgresSearch(Database database) {
		this.database = database;
		this.indexer = new PostgresIndexer(database);
	}

	@Override
	public Mono<List<Found>> find(Visitor visitor, List<String> words, @Nullable Cursor after, int limit) {
		String query = query(visitor, words);
		return this.database.inTransaction((client) -> planEachAnew(client).then(Mono.defer(() -> hits(client, query)))
			.flatMap((hits) -> Cursor.bind(after, newest(client, hits, after))
				.bind("query", query)
				.bind("owner", visitor.id())
				.bind("limit", limit)
				.map(PostgresSearch::found)
				.all()
				.collectList()));
	}

	/**
	 * Plans each query separately, because the best plan depends on the number of hits.
	 */
	private static Mono<Void> planEachAnew(DatabaseClient client) {
		return client.sql("set local plan_cache_mode = force_custom_plan").then();
	}

	/**
	 * Counts the hits first, because the planner assumes that every prefix is frequent.
	 */
	private static Mono<List<UUID>> hits(DatabaseClient client, String query) {
		return client.sql(HITS)
			.bind("query", query)
			.map((row) -> Rows.uuid(row, "conversation_id"))
			.all()
			.collectList();
	}

	private static GenericExecuteSpec newest(DatabaseClient client, List<UUID> hits, @Nullable Cursor after) {
		String condition = Cursor.condition(after);
		return (hits.size() <= FEW)
				? client.sql(FIND.formatted(condition, AMONG_FEW))
					.bind("hits", hits.stream().distinct().toArray(UUID[]::new))
				: client.sql(FIND.formatted(condition, AMONG_MANY));
	}

	/**
	 * Builds the query. The owner is one of the words of each text, so that the index
	 * returns no text of another owner.
	 */
	private static String query(Visitor visitor, List<String> words) {
		String owner = visitor.id().replace("\\", "\\\\").replace("'", "''");
		return words.stream()
			.map((word) -> "'" + word + "':*")
			.collect(Collectors.joining(" & ", "'/" + owner + "' & ", ""));
	}

	private static Found found(Readable row) {
		return new Found(Rows.head(row), Rows.messageId(row, "message_id"));
	}

	@Override
	public void changed() {
		this.indexer.changed();
	}

	@Override
	public Mono<Void> forgetDeleted() {
		return Mono.empty();
	}

	@Override
	public void close() {
		this.indexer.close();
	}

}
