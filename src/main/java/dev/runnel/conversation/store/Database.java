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
 * Runs work in transactions of one database, and maps its errors.
 * <p>
 * The embedded database works on the thread that calls it. Its connections therefore have
 * threads of their own, and results leave these threads before they reach the caller. So
 * the database never blocks a caller's thread, and a caller never blocks a thread of the
 * database.
 */
final class Database implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(Database.class);

	/** How long to retry when two threads emit at the same moment. */
	private static final Duration BUSY = Duration.ofSeconds(1);

	private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

	/**
	 * The timeout of a transaction with its retries, of a query and of a checkpoint. A
	 * database that hangs is treated as unavailable.
	 */
	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	/** The number of retries of a transaction that lost a lock to another one. */
	private static final int CONFLICTS = 4;

	private static final Duration CONFLICT_BACKOFF = Duration.ofMillis(10);

	/** The H2 error code for a lock timeout. */
	private static final int LOCK_TIMEOUT = 50200;

	/** The SQLSTATE class for a transaction that must be repeated. */
	private static final String ROLLED_BACK = "40";

	/** The SQLSTATE class for a value that cannot be stored (SQL, table 38). */
	private static final String DATA_EXCEPTION = "22";

	private final DatabaseClient client;

	private final TransactionalOperator transactions;

	private final boolean postgres;

	private final Sinks.Many<Boolean> commits = Sinks.many().multicast().directBestEffort();

	/** The callers that wait for the next flush. */
	private final Queue<Sinks.Empty<Void>> flushes = new ConcurrentLinkedQueue<>();

	private final Disposable flushing;

	private volatile boolean paused;

	/** The time of the last flush, by {@link System#nanoTime}. */
	private volatile long usedAt = System.nanoTime();

	Database(DatabaseClient client, TransactionalOperator transactions, boolean postgres) {
		this.client = client;
		this.transactions = transactions;
		this.postgres = postgres;
		this.flushing = this.commits.asFlux()
			.onBackpressureLatest()
			.concatMap((commit) -> flushAll(), 0)
			.subscribe((done) -> {
			}, (ex) -> log.error("Flushing has stopped: commits reach the file up to half a second late", ex));
	}

	/**
	 * Flushes for all callers that wait now. Commits during a flush share the next one.
	 */
	private Mono<Void> flushAll() {
		List<Sinks.Empty<Void>> waiting = new ArrayList<>();
		for (Sinks.Empty<Void> one = this.flushes.poll(); one != null; one = this.flushes.poll()) {
			waiting.add(one);
		}
		return this.client.sql("checkpoint")
			.then()
			.timeout(TIMEOUT)
			.doOnSuccess((done) -> waiting.forEach(Sinks.Empty::tryEmitEmpty))
			.onErrorResume((ex) -> {
				waiting.forEach((one) -> one.tryEmitError(problem(ex)));
				return Mono.empty();
			});
	}

	/**
	 * Passes committed data to the operating system, so that killing this process loses
	 * none of it. The embedded database alone does this only twice a second.
	 * @return completes when the data is flushed; a problem with the status 503 if that
	 * fails
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
	 * The time since the last flush: since a visitor last waited for something to be
	 * stored.
	 * @return the time since the last flush; for PostgreSQL, since the start
	 */
	Duration idle() {
		return Duration.ofNanos(System.nanoTime() - this.usedAt);
	}

	/**
	 * Marks the database as paused while the work runs. The work keeps all other users
	 * waiting, so their timeouts are no sign of a lost database.
	 * @param work the work, which holds all connections
	 * @return completes when the work is done
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
	 * Runs work in one transaction. A transaction that loses a lock to another one is
	 * rolled back and retried.
	 * @param <T> the type of the result
	 * @param work the work, which may run more than once; its own problem rolls the
	 * transaction back
	 * @return the result; a problem with the status 503 if the database cannot be reached
	 */
	<T> Mono<T> inTransaction(Function<DatabaseClient, Mono<T>> work) {
		return inRawTransaction(work).onErrorMap(Database::problem);
	}

	/**
	 * Runs work like {@link #inTransaction}, but returns the errors of the database
	 * unchanged.
	 * @param <T> the type of the result
	 * @param work the work, which may run more than once
	 * @return the result
	 */
	<T> Mono<T> inRawTransaction(Function<DatabaseClient, Mono<T>> work) {
		return this.transactions.transactional(Mono.defer(() -> work.apply(this.client)))
			.retryWhen(Retry.backoff(CONFLICTS, CONFLICT_BACKOFF)
				.filter(Database::isConflict)
				.onRetryExhaustedThrow((retry, last) -> last.failure()))
			.timeout(TIMEOUT)
			.publishOn(Schedulers.parallel());
	}

	/**
	 * Runs a query without a transaction. All rows are read before the first one is
	 * emitted, so that a slow subscriber holds no connection. Large results must be read
	 * in pages.
	 * @param <T> the type of a row
	 * @param read the query
	 * @return the rows; a problem with the status 503 if the database cannot be reached
	 */
	<T> Flux<T> read(Function<DatabaseClient, Flux<T>> read) {
		return Flux.defer(() -> read.apply(this.client))
			.collectList()
			.timeout(TIMEOUT)
			.onErrorMap(Database::problem)
			.publishOn(Schedulers.parallel())
			.flatMapIterable(Function.identity());
	}

	/** Whether a transaction met a deadlock or a lock timeout. */
	private static boolean isConflict(Throwable ex) {
		Throwable cause = (ex instanceof DataAccessException && ex.getCause() != null) ? ex.getCause() : ex;
		return cause instanceof R2dbcException refused && (refused.getErrorCode() == LOCK_TIMEOUT
				|| String.valueOf(refused.getSqlState()).startsWith(ROLLED_BACK));
	}

	/**
	 * Whether a retry is useless: the database will always reject the input, or this
	 * program has a bug. A database that is unreachable, full or busy is not final.
	 * @param ex the error
	 * @return true if a retry is useless
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
	 * The problem for a visitor while the database cannot be used.
	 * @return a problem with the status 503
	 */
	static ProblemException unavailable() {
		return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, ErrorCode.INTERNAL,
				"Conversations cannot be stored or read at the moment. Try again in a few seconds.", List.of(),
				RETRY_AFTER);
	}

}
