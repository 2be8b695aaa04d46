package dev.runnel.conversation.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.r2dbc.spi.Readable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Stores the words of new and changed texts in PostgreSQL, which indexes them. Servers
 * that share the database share this work: each server skips rows that another one has
 * locked.
 */
final class PostgresIndexer implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(PostgresIndexer.class);

	/** How long a change waits to be batched with others. */
	private static final Duration BATCH_DELAY = Duration.ofMillis(100);

	/** The interval of the check for texts that other servers have changed. */
	private static final Duration CHECK_EVERY = Duration.ofSeconds(5);

	/**
	 * The maximum size of all texts in one transaction, in bytes, unless the first text
	 * alone is larger. They are in memory at the same time.
	 */
	private static final long BATCH_BYTES = 250_000;

	private final Database database;

	private final Sinks.Many<Boolean> changes = Sinks.many().multicast().directBestEffort();

	private final Disposable indexing;

	PostgresIndexer(Database database) {
		this.database = database;
		this.indexing = Flux.merge(Flux.interval(Duration.ZERO, CHECK_EVERY), this.changes.asFlux())
			.onBackpressureLatest()
			.concatMap((change) -> Mono.delay(BATCH_DELAY)
				.then(Mono.defer(() -> readAll(UnreadTexts.TITLES)))
				.then(Mono.defer(() -> readAll(UnreadTexts.MESSAGES)))
				.onErrorResume((ex) -> {
					log.warn("The words of new texts could not be stored yet: {}", String.valueOf(ex.getMessage()));
					return Mono.empty();
				}), 0)
			.subscribe((done) -> {
			}, (ex) -> log.error("Indexing has stopped: searches find no new text", ex));
	}

	/** Starts indexing after a short delay. */
	void changed() {
		this.changes.emitNext(true, Sinks.EmitFailureHandler.busyLooping(BATCH_DELAY));
	}

	private Mono<Void> readAll(UnreadTexts unread) {
		return Mono.defer(() -> this.database.inTransaction((client) -> read(client, unread)))
			.repeat()
			.takeUntil((found) -> found == 0)
			.then();
	}

	/** Indexes as many texts as fit into one transaction, and returns their number. */
	private static Mono<Integer> read(DatabaseClient client, UnreadTexts unread) {
		return client.sql(unread.lengths())
			.map(Length::of)
			.all()
			.collectList()
			.map(PostgresIndexer::batch)
			.filter((batch) -> !batch.isEmpty())
			.delayUntil((batch) -> read(client, unread, batch))
			.map(List::size)
			.defaultIfEmpty(0);
	}

	private static List<UUID> batch(List<Length> lengths) {
		List<UUID> batch = new ArrayList<>();
		long bytes = 0;
		for (Length length : lengths) {
			bytes += length.bytes();
			if (!batch.isEmpty() && bytes > BATCH_BYTES) {
				return batch;
			}
			batch.add(length.id());
		}
		return batch;
	}

	private static Mono<Void> read(DatabaseClient client, UnreadTexts unread, List<UUID> batch) {
		return client.sql(unread.texts())
			.bind("ids", batch.toArray(UUID[]::new))
			.map(TextWords::of)
			.all()
			.collectList()
			.flatMap((texts) -> Flux.fromIterable(texts)
				.publishOn(Schedulers.boundedElastic())
				.concatMap((text) -> store(client, unread, text))
				.then());
	}

	private static Mono<Void> store(DatabaseClient client, UnreadTexts unread, TextWords text) {
		return client.sql("update " + unread.table() + " set words = array_to_tsvector(:words) where id = :id")
			.bind("words", text.words())
			.bind("id", text.id())
			.then();
	}

	@Override
	public void close() {
		this.indexing.dispose();
	}

	private record Length(UUID id, int bytes) {

		static Length of(Readable row) {
			return new Length(Rows.uuid(row, "id"), Rows.number(row, "bytes"));
		}

	}

}
