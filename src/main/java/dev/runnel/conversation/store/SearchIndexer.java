package dev.runnel.conversation.store;

import java.time.Duration;
import java.util.List;
import java.util.NavigableSet;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;

import dev.runnel.web.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Updates the index of the embedded database from tasks that each change stores in the
 * database. A task is deleted after the index has committed its change.
 * <p>
 * A task gets its id at the insert but becomes visible at the commit, so tasks appear in
 * any order. The indexer therefore remembers the id of every task that it has processed,
 * not only the last one, and deletes exactly these tasks. Most queries begin shortly
 * before the newest of them. After each deletion, one query reads all tasks that are
 * left, so a task that appears far behind later ones is found then.
 */
final class SearchIndexer implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(SearchIndexer.class);

	/** How long a change waits to be batched with others. */
	private static final Duration BATCH_DELAY = Duration.ofMillis(250);

	/** The interval of index commits. A commit survives a crash. */
	private static final Duration COMMIT = Duration.ofSeconds(5);

	private static final Duration RETRY = Duration.ofSeconds(10);

	private static final int MAX_TASKS = 200;

	/**
	 * The number of processed tasks that causes an early commit, so that their deletion
	 * stays short.
	 */
	private static final int MAX_TAKEN = 1000;

	/** How many ids before the newest processed task are read again with each query. */
	private static final int OVERLAP = 50;

	private final Database database;

	private final IndexedTexts texts;

	private final LuceneIndex index;

	private final IndexThread thread;

	private final Sinks.Many<Boolean> changes = Sinks.many().multicast().directBestEffort();

	private final Disposable indexing;

	/** The ids of processed tasks that are still in the database. */
	private final NavigableSet<Long> taken = new ConcurrentSkipListSet<>();

	/** The callers that wait until deleted words are removed. */
	private final Queue<Sinks.Empty<Void>> forgetting = new ConcurrentLinkedQueue<>();

	/**
	 * Completes when the index has everything that was stored before it was opened, or
	 * cannot take it in.
	 */
	private final Sinks.Empty<Void> caughtUp = Sinks.empty();

	private volatile long committedAt = System.nanoTime();

	SearchIndexer(Database database, LuceneIndex index, Scheduler scheduler) {
		this.database = database;
		this.index = index;
		this.thread = new IndexThread(scheduler);
		this.texts = new IndexedTexts(database, index, this.thread);
		Mono<Void> begin = index.isFresh() ? noteEverything() : Mono.empty();
		this.indexing = begin.thenMany(indexChanges()).subscribe((done) -> {
		}, (ex) -> log.error("Indexing has stopped: searches find no new text", ex));
	}

	private Mono<Void> noteEverything() {
		return this.database
			.inTransaction((client) -> client
				.sql("insert into search_task (conversation_id) select id from conversation order by updated_at desc")
				.then())
			.then(this.thread.run(this.index::markComplete))
			.retryWhen(Retry.fixedDelay(Long.MAX_VALUE, RETRY));
	}

	/**
	 * Waits for what was stored before the index was opened.
	 * @return completes when the index has it, or if it cannot be taken in now
	 */
	Mono<Void> caughtUp() {
		return this.caughtUp.asMono();
	}

	/** Starts an update of the index after a short delay. */
	void changed() {
		this.changes.emitNext(true, Sinks.EmitFailureHandler.busyLooping(BATCH_DELAY));
	}

	/**
	 * Processes tasks after each signal. A change during the processing causes one more
	 * run.
	 */
	private Flux<Void> indexChanges() {
		return Flux.merge(Flux.just(true), Flux.interval(COMMIT), this.changes.asFlux())
			.onBackpressureLatest()
			.concatMap((change) -> Mono.delay(BATCH_DELAY).then(Mono.defer(this::run)).onErrorResume(this::recover), 0);
	}

	/**
	 * Updates the index once, and removes deleted words for the callers that have asked
	 * before. A caller that asks during the run waits for the next one, because this run
	 * may have read the tasks before the caller's deletion was stored.
	 */
	private Mono<Void> run() {
		List<Sinks.Empty<Void>> asked = List.copyOf(this.forgetting);
		Mono<Void> ready = asked.isEmpty() ? Mono.empty() : commitIfAny();
		return ready.then(Mono.defer(this::indexAll))
			.doOnTerminate(this.caughtUp::tryEmitEmpty)
			.then(Mono.defer(this::commitIfDue))
			.then(Mono.defer(() -> forgetDeleted(asked)));
	}

	/**
	 * Lets the next query read all tasks, also one that appeared far behind later ones.
	 */
	private Mono<Void> commitIfAny() {
		return this.taken.isEmpty() ? Mono.empty() : commit();
	}

	/**
	 * Recovers from an error of the index. The database still has the tasks of all
	 * changes that the index has lost.
	 */
	private Mono<Void> recover(Throwable ex) {
		log.warn("The search index could not be updated: {}", ex.toString());
		if (ex instanceof ProblemException) {
			return Mono.empty();
		}
		this.taken.clear();
		return this.thread.run(this.index::rollback).onErrorResume((again) -> {
			log.warn("The search index cannot be used: {}", again.toString());
			return Mono.delay(RETRY).then();
		});
	}

	private Mono<Void> indexAll() {
		return indexBatch().delayUntil((some) -> this.thread.run(this.index::reopen))
			.repeat()
			.takeUntil((some) -> some < MAX_TASKS)
			.then();
	}

	private Mono<Integer> indexBatch() {
		return commitIfFull().then(Mono.defer(this::newTasks))
			.flatMap((tasks) -> this.texts.index(tasks)
				.then(Mono.fromRunnable(() -> tasks.forEach((task) -> this.taken.add(task.id()))))
				.thenReturn(tasks.size()));
	}

	private Mono<List<SearchTask>> newTasks() {
		return this.database.read((client) -> client
			.sql("select id, conversation_id, message_id from search_task where id > :after order by id limit "
					+ (MAX_TASKS + OVERLAP))
			.bind("after", this.taken.isEmpty() ? 0L : this.taken.last() - OVERLAP)
			.map(SearchTask::of)
			.all()).filter((task) -> !this.taken.contains(task.id())).collectList();
	}

	/**
	 * Makes the index rewrite its files without the words of everything that has been
	 * deleted before.
	 * @return completes when the files are rewritten
	 */
	Mono<Void> forgetDeleted() {
		return Mono.defer(() -> {
			Sinks.Empty<Void> done = Sinks.empty();
			this.forgetting.add(done);
			changed();
			return done.asMono();
		});
	}

	private Mono<Void> forgetDeleted(List<Sinks.Empty<Void>> asked) {
		return asked.isEmpty() ? Mono.empty()
				: this.thread.run(this.index::forgetDeleted)
					.doOnTerminate(() -> this.forgetting.removeAll(asked))
					.doOnError((ex) -> asked.forEach((caller) -> caller.tryEmitError(ex)))
					.doOnSuccess((done) -> asked.forEach(Sinks.Empty::tryEmitEmpty));
	}

	private Mono<Void> commitIfDue() {
		boolean due = System.nanoTime() - this.committedAt >= COMMIT.toNanos();
		return (due && !this.taken.isEmpty()) ? commit() : Mono.empty();
	}

	private Mono<Void> commitIfFull() {
		return Mono.defer(() -> (this.taken.size() >= MAX_TAKEN) ? commit() : Mono.empty());
	}

	private Mono<Void> commit() {
		List<Long> done = List.copyOf(this.taken);
		return this.thread.run(this.index::commit).then(Mono.defer(() -> forget(done))).doOnSuccess((forgotten) -> {
			done.forEach(this.taken::remove);
			this.committedAt = System.nanoTime();
			changed();
		});
	}

	private Mono<Void> forget(List<Long> tasks) {
		return this.database.inTransaction((client) -> client.sql("delete from search_task where id = any(:ids)")
			.bind("ids", tasks.toArray(Long[]::new))
			.then());
	}

	@Override
	public void close() {
		this.indexing.dispose();
	}

}
