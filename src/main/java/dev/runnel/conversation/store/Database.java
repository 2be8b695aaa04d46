package dev.runnel.conversation.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

import dev.runnel.process.FatalErrors;
import dev.runnel.web.ErrorCode;
import dev.runnel.web.ProblemException;
import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.r2dbc.BadSqlGrammarException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Runs work in transactions of one database, and says what its failures mean.
 * <p>
 * The embedded database works on the thread that asks it; its connections come on threads
 * of their own, and results leave these before anybody else sees them. So no caller is
 * ever held up, and no caller holds the database up.
 */
final class Database implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(Database.class);

	/** How long two threads may want to say the same at once. */
	private static final Duration BUSY = Duration.ofSeconds(1);

	private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

	/** No statement may take longer: what hangs is as good as gone. */
	private static final Duration PATIENCE = Duration.ofSeconds(20);

	/** How often a transaction is tried again that lost a lock to another one. */
	private static final int CONFLICTS = 4;

	private static final Duration CONFLICT_BACKOFF = Duration.ofMillis(10);

	/** H2: a lock was not free in time. */
	private static final int LOCK_TIMEOUT = 50200;

	/** The class of errors that say that a transaction must be repeated. */
	private static final String ROLLED_BACK = "40";

	/** The class of errors that say that a value cannot be stored (SQL, table 38). */
	private static final String DATA_EXCEPTION = "22";

	private final DatabaseClient client;

	private final TransactionalOperator transactions;

	private final boolean postgres;

	private final Sinks.Many<Boolean> commits = Sinks.many().multicast().directBestEffort();

	/** Who waits for the next time that commits are handed over. */
	private final Queue<Sinks.Empty<Void>> flushes = new ConcurrentLinkedQueue<>();

	private final Disposable flushing;

	private volatile boolean paused;

	/** When something was stored last, by the clock of {@link System#nanoTime}. */
	private volatile long usedAt = System.nanoTime();

	Database(DatabaseClient client, TransactionalOperator transactions, boolean postgres) {
		this.client = client;
		this.transactions = transactions;
		this.postgres = postgres;
		this.flushing = this.commits.asFlux()
			.onBackpressureLatest()
			.concatMap((commit) -> flushAll(), 0)
			.subscribe((done) -> {
			}, (ex) -> log.error("Commits reach the file only after half a second from here on", ex));
	}

	/** What is committed while this runs shares the next one. */
	private Mono<Void> flushAll() {
		List<Sinks.Empty<Void>> waiting = new ArrayList<>();
		for (Sinks.Empty<Void> one = this.flushes.poll(); one != null; one = this.flushes.poll()) {
			waiting.add(one);
		}
		return this.client.sql("checkpoint")
			.then()
			.timeout(PATIENCE)
			.doOnSuccess((done) -> waiting.forEach(Sinks.Empty::tryEmitEmpty))
			.onErrorResume((ex) -> {
				waiting.forEach((one) -> one.tryEmitError(problem(ex)));
				return Mono.empty();
			});
	}

	/**
	 * Has what was committed handed to the operating system, which the embedded database
	 * by itself does twice a second only: so that killing this process loses nothing of
	 * it.
	 * @return completes when that is done; a problem with the status 503 if it cannot be
	 */
	Mono<Void> flush() {
		if (this.postgres) {
			return Mono.empty();
		}
		return Mono.defer(() -> {
			this.usedAt = System.nanoTime();
			Sinks.Empty<Void> flushed = Sinks.empty();
			this.flushes.add(flushed);
			this.commits.emitNext(true, Sinks.EmitFailureHandler.busyLooping(BUSY));
			return flushed.asMono();
		}).publishOn(Schedulers.parallel());
	}

	@Override
	public void close() {
		this.flushing.dispose();
	}

	/**
	 * For how long nothing was stored that a visitor waited for.
	 * @return the time since then
	 */
	Duration idle() {
		return Duration.ofNanos(System.nanoTime() - this.usedAt);
	}

	/**
	 * Does something that leaves the database to nobody else, who then waits.
	 * @param work to be done
	 * @return completes when it is done
	 */
	Mono<Void> paused(Mono<Void> work) {
		return Mono.using(() -> {
			this.paused = true;
			return work;
		}, Function.identity(), (done) -> this.paused = false);
	}

	boolean isPaused() {
		return this.paused;
	}

	boolean isPostgres() {
		return this.postgres;
	}

	/**
	 * Reads or changes something in one transaction. A transaction that loses a lock to
	 * another one is rolled back and tried again.
	 * @param <T> what comes of it
	 * @param work to be done, perhaps more than once; a problem of its own rolls
	 * everything back
	 * @return the result; a problem with the status 503 if the database cannot be reached
	 */
	<T> Mono<T> once(Function<DatabaseClient, Mono<T>> work) {
		return unguarded(work).onErrorMap(Database::problem);
	}

	/**
	 * The same, with the database's own errors.
	 * @param <T> what comes of it
	 * @param work to be done
	 * @return the result
	 */
	<T> Mono<T> unguarded(Function<DatabaseClient, Mono<T>> work) {
		return this.transactions.transactional(Mono.defer(() -> work.apply(this.client)))
			.retryWhen(Retry.backoff(CONFLICTS, CONFLICT_BACKOFF)
				.filter(Database::isConflict)
				.onRetryExhaustedThrow((retry, last) -> last.failure()))
			.timeout(PATIENCE)
			.publishOn(Schedulers.parallel());
	}

	/**
	 * Reads something without a transaction. All of it is taken from the database before
	 * the first is given on, so that a slow reader keeps no connection: ask for pages.
	 * @param <T> what comes of it
	 * @param read the query
	 * @return the results; a problem with the status 503 if the database cannot be
	 * reached
	 */
	<T> Flux<T> read(Function<DatabaseClient, Flux<T>> read) {
		return Flux.defer(() -> read.apply(this.client))
			.collectList()
			.timeout(PATIENCE)
			.onErrorMap(Database::problem)
			.publishOn(Schedulers.parallel())
			.flatMapIterable(Function.identity());
	}

	/** Deadlocks, and locks that another transaction held for too long. */
	private static boolean isConflict(Throwable ex) {
		Throwable cause = (ex instanceof DataAccessException && ex.getCause() != null) ? ex.getCause() : ex;
		return cause instanceof R2dbcException refused && (refused.getErrorCode() == LOCK_TIMEOUT
				|| String.valueOf(refused.getSqlState()).startsWith(ROLLED_BACK));
	}

	/**
	 * Whether it is in vain to try again: the database refuses what it was given and
	 * always will, or this program is wrong. In contrast to a database that is not there,
	 * has no room, or is busy.
	 * @param ex an error
	 * @return true if so
	 */
	static boolean isFinal(Throwable ex) {
		boolean refused = ex instanceof DataIntegrityViolationException || ex instanceof BadSqlGrammarException
				|| ex instanceof R2dbcDataIntegrityViolationException || ex instanceof R2dbcBadGrammarException;
		boolean wrong = ex instanceof IllegalArgumentException || ex instanceof NullPointerException
				|| ex instanceof ClassCastException || ex instanceof IndexOutOfBoundsException;
		return refused || wrong || (ex.getCause() instanceof R2dbcException cause
				&& String.valueOf(cause.getSqlState()).startsWith(DATA_EXCEPTION));
	}

	private static Throwable problem(Throwable ex) {
		if (ex instanceof ProblemException) {
			return ex;
		}
		FatalErrors.report(ex);
		if (isFinal(ex)) {
			return ex;
		}
		log.warn("The database cannot be used: {}", String.valueOf(ex.getMessage()).lines().findFirst().orElse(""));
		log.debug("The database cannot be used", ex);
		return unavailable();
	}

	/**
	 * What a visitor is told while the database cannot be used.
	 * @return a problem with the status 503
	 */
	static ProblemException unavailable() {
		return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, ErrorCode.INTERNAL.code(),
				"Conversations cannot be stored or read at the moment. Try again in a few seconds.", List.of(),
				RETRY_AFTER);
	}

}
