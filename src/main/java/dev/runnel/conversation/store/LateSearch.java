package dev.runnel.conversation.store;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.SmartLifecycle;

/**
 * A search whose index is opened a while after the start, or by the first search. The
 * first page does not need the index, and opening it reads all its files. Searches wait
 * for it.
 */
final class LateSearch implements SearchIndex, SmartLifecycle, AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(LateSearch.class);

	/** Opens the search at the first subscription. */
	private final Mono<EmbeddedSearch> search;

	/** Null until the search is open. */
	private volatile @Nullable EmbeddedSearch opened;

	/** Whether the index is being opened, is open, or could not be opened. */
	private volatile boolean asked;

	private final Duration pause;

	/** The pause between the start and the opening; null before the start. */
	private volatile @Nullable Disposable pausing;

	private volatile boolean running;

	/**
	 * Creates a search.
	 * @param open opens the index
	 * @param pause how long after the start the index is opened without a search
	 */
	LateSearch(Callable<EmbeddedSearch> open, Duration pause) {
		this.search = Mono.fromCallable(open)
			.doOnNext((search) -> this.opened = search)
			.subscribeOn(Schedulers.boundedElastic())
			.doOnSubscribe((subscription) -> this.asked = true)
			.cache();
		this.pause = pause;
	}

	@Override
	public void start() {
		this.running = true;
		this.pausing = Mono.delay(this.pause)
			.then(this.search)
			.subscribe((search) -> log.debug("The search index is open"),
					(ex) -> log.error("Searches fail until the next start: {}", ex.getMessage()));
	}

	@Override
	public Mono<List<Found>> find(Visitor visitor, List<String> words, @Nullable Cursor after, int limit) {
		return this.search.flatMap((search) -> search.find(visitor, words, after, limit));
	}

	/** The indexer reads all tasks when it begins, so earlier changes are not lost. */
	@Override
	public void changed() {
		EmbeddedSearch search = this.opened;
		if (search != null) {
			search.changed();
		}
	}

	@Override
	public Mono<Void> forgetDeleted() {
		return this.search.flatMap(EmbeddedSearch::forgetDeleted);
	}

	/**
	 * Waits for an index that is being opened, because only an open one can be closed.
	 */
	@Override
	public void stop(Runnable callback) {
		endPause();
		Mono<Void> ready = this.asked ? this.search.then() : Mono.empty();
		ready.onErrorComplete().doFinally((signal) -> {
			stop();
			callback.run();
		}).subscribe((done) -> {
		}, (ex) -> log.error("The search index was not opened", ex));
	}

	private void endPause() {
		Disposable before = this.pausing;
		if (before != null) {
			before.dispose();
		}
	}

	@Override
	public void stop() {
		this.running = false;
	}

	/**
	 * The lowest phase. Spring stops the users of a component before it, whatever their
	 * phase is. In a higher phase the writes of answers would stop with this one, before
	 * the streams.
	 */
	@Override
	public int getPhase() {
		return Integer.MIN_VALUE;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public void close() throws IOException {
		endPause();
		EmbeddedSearch search = this.opened;
		if (search != null) {
			search.close();
		}
	}

}
