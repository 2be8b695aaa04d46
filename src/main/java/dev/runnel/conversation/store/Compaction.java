package dev.runnel.conversation.store;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import dev.runnel.conversation.ConversationDeleted;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.event.EventListener;

/**
 * Removes deleted text from the files of the embedded database, which otherwise keep it
 * until its space is reused. The file is rewritten when nothing has been stored for a
 * while, and at the latest 22 hours after the deletion.
 */
final class Compaction extends RegularWork {

	private static final Logger log = LoggerFactory.getLogger(Compaction.class);

	private final Database database;

	private final DatabaseConnections connections;

	private final SearchIndex index;

	private final Times times;

	/**
	 * The time of the oldest deletion that the files may still hold, by
	 * {@link System#nanoTime}; null for none. It is set at the start, because a killed
	 * server may have left deleted text.
	 */
	private final AtomicReference<@Nullable Long> deletion = new AtomicReference<>(System.nanoTime());

	Compaction(Database database, DatabaseConnections connections, SearchIndex index, Times times) {
		super("The compaction of the database's file",
				connections.isFile() ? every(times.checkEvery(), times.checkEvery()) : Flux.empty());
		this.database = database;
		this.connections = connections;
		this.index = index;
		this.times = times;
	}

	/**
	 * Records a deletion.
	 * @param event the deleted conversation
	 */
	@EventListener
	void deleted(ConversationDeleted event) {
		textDeleted();
	}

	/** Records a deletion of text. */
	void textDeleted() {
		this.deletion.compareAndSet(null, System.nanoTime());
	}

	/**
	 * Whether the files may hold deleted text.
	 * @return true from a deletion to the next compaction
	 */
	boolean isNeeded() {
		return this.deletion.get() != null;
	}

	@Override
	Mono<Void> run() {
		return isDue() ? compact() : Mono.empty();
	}

	private boolean isDue() {
		Long since = this.deletion.get();
		return since != null && (this.database.idle().compareTo(this.times.quiet()) >= 0
				|| System.nanoTime() - since >= this.times.latest().toNanos());
	}

	/**
	 * Compacts the files now.
	 * @return completes when no file holds deleted text
	 */
	Mono<Void> compact() {
		return Mono.defer(() -> {
			Long since = this.deletion.getAndSet(null);
			return this.database.paused(this.connections.compact())
				.then(Mono.defer(this.index::forgetDeleted))
				.doOnSuccess((done) -> log.debug("The database's file is compacted"))
				.doOnError((ex) -> this.deletion.set((since != null) ? since : System.nanoTime()));
		});
	}

	/**
	 * The times that decide when files are compacted.
	 *
	 * @param checkEvery the interval between checks
	 * @param quiet how long nothing must have been stored before a compaction
	 * @param latest the time after a deletion when the compaction no longer waits for a
	 * quiet time
	 */
	record Times(Duration checkEvery, Duration quiet, Duration latest) {

		static final Times DEFAULT = new Times(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(22));

	}

}
