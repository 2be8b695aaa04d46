package dev.runnel.conversation.store;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

import dev.runnel.process.FatalErrors;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Reason;
import io.r2dbc.spi.Connection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Runs work in transactions of one database, and maps its errors.
 * <p>
 * The embedded database works on the thread that calls it. Its connections therefore have
 * threads of their own, and results leave these threads before they reach the caller,
 * unless a method says otherwise. A cancellation leaves the caller's thread, too. So the
 * database never blocks a caller's thread, and a caller never blocks a thread of the
 * database.
 */
public final class Database implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(Database.class);

	private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

	/**
	 * The timeout of a transaction with its retries, of a query and of a checkpoint. A
	 * database that hangs is treated as unavailable.
	 */
	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	/** The number of retries of a transaction that lost a lock to another one. */
	private static final int CONFLICTS = 4;

	private static final Duration CONFLICT_BACKOFF = Duration.ofMillis(10);

	/** The pause after a shared flush, for each commit that it has served. */
	private static final Duration FLUSH_PAUSE = Duration.ofMillis(5);

	private static final NamedStatement CHECKPOINT = new NamedStatement("checkpoint");

	private final DatabaseClient client;

	private final TransactionalOperator transactions;

	private final boolean postgres;

	private final SharedWork<Boolean> flushes;

	private final Scheduler timers;

	private volatile boolean paused;

	/** The time of the last flush, by {@link System#nanoTime}. */
	private volatile long usedAt = System.nanoTime();

	Database(DatabaseClient client, TransactionalOperator transactions, boolean postgres) {
		this(client, transactions, postgres, Schedulers.parallel());
	}

	/** The scheduler decides when a timeout or a pause is over. */
	Database(DatabaseClient client, TransactionalOperator transactions, boolean postgres, Scheduler timers) {
		this.client = client;
		this.transactions = transactions;
		this.postgres = postgres;
		this.flushes = new SharedWork<>((commits) -> flushNow(), FLUSH_PAUSE, timers);
		this.timers = timers;
	}

	/**
	 * Passes committed data to the operating system, so that killing this process loses
	 * none of it. The embedded database alone does this only twice a second.
	 * @return completes when the data is flushed; a problem with the status 503 if that
	 * fails
	 */
	public Mono<Void> flush() {
		return this.postgres ? Mono.empty()
				: nextFlush(this.flushes::add).onErrorMap(Database::problem).publishOn(Schedulers.parallel());
	}

	private Mono<Void> nextFlush(Function<Boolean, Mono<Void>> asked) {
		return Mono.defer(() -> {
			this.usedAt = System.nanoTime();
			return asked.apply(true);
		});
	}

	private Mono<Void> flushNow() {
		return cancelledElsewhere(
				Mono.usingWhen(connection(), (connection) -> CHECKPOINT.run(connection, Map.of()), Database::close))
			.timeout(TIMEOUT, this.timers);
	}

	private Mono<Connection> connection() {
		return Mono.from(this.client.getConnectionFactory().create());
	}

	@Override
	public void close() {
		this.flushes.close();
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
	public <T> Mono<T> inTransaction(Function<DatabaseClient, Mono<T>> work) {
		return inRawTransaction(work).onErrorMap(Database::problem);
	}

	/**
	 * Runs work like {@link #inTransaction} and waits for the {@link #flush} of its
	 * changes. Only the result of both leaves the threads of the database.
	 * @param <T> the type of the result
	 * @param work the work, which may run more than once
	 * @return the result, which survives the end of the process; a problem with the
	 * status 503 if the database cannot be reached
	 */
	<T> Mono<T> inFlushedTransaction(Function<DatabaseClient, Mono<T>> work) {
		return flushed(retried(bySpring(work)));
	}

	/**
	 * Waits for the {@link #flush} of committed changes. A visitor waits for the result,
	 * so this flush begins when the current one is done.
	 * @param <T> the type of the result
	 * @param committed the result of a transaction, on the threads of the database
	 * @return the result, which survives the end of the process and has left these
	 * threads; a problem with the status 503 if the database cannot be reached
	 */
	<T> Mono<T> flushed(Mono<T> committed) {
		return (this.postgres ? committed : committed.delayUntil((done) -> nextFlush(this.flushes::addUrgent)))
			.onErrorMap(Database::problem)
			.publishOn(Schedulers.parallel());
	}

	/**
	 * Runs work like {@link #inTransaction}, but returns the errors of the database
	 * unchanged.
	 * @param <T> the type of the result
	 * @param work the work, which may run more than once
	 * @return the result
	 */
	<T> Mono<T> inRawTransaction(Function<DatabaseClient, Mono<T>> work) {
		return retried(bySpring(work)).publishOn(Schedulers.parallel());
	}

	/**
	 * Runs the statements of a turn like {@link #inRawTransaction}, but without Spring's
	 * transactions and its client, which cost as much as the statements.
	 * @param <T> the type of the result
	 * @param work the work on one connection, which may run more than once
	 * @return the result, on the threads of the database
	 */
	<T> Mono<T> onConnection(Function<Connection, Mono<T>> work) {
		return retried(cancelledElsewhere(Mono.usingWhen(connection(),
				(connection) -> Mono.from(connection.beginTransaction()).then(Mono.defer(() -> work.apply(connection))),
				Database::commit, (connection, ex) -> rollBack(connection), Database::rollBack)));
	}

	private static Mono<Void> commit(Connection connection) {
		return Mono.from(connection.commitTransaction())
			.then(Mono.defer(() -> close(connection)))
			.onErrorResume((ex) -> rollBack(connection).then(Mono.error(ex)));
	}

	private static Mono<Void> rollBack(Connection connection) {
		return Mono.from(connection.rollbackTransaction()).onErrorComplete().then(Mono.defer(() -> close(connection)));
	}

	private static Mono<Void> close(Connection connection) {
		return Mono.from(connection.close()).onErrorComplete();
	}

	private <T> Mono<T> bySpring(Function<DatabaseClient, Mono<T>> work) {
		return cancelledElsewhere(this.transactions.transactional(Mono.defer(() -> work.apply(this.client))));
	}

	/**
	 * Cancels work on another thread than the caller's, which may be an event loop. The
	 * embedded database rolls back only when the statement that runs has ended.
	 */
	private <T> Mono<T> cancelledElsewhere(Mono<T> work) {
		return this.postgres ? work : work.cancelOn(Schedulers.boundedElastic());
	}

	private <T> Mono<T> retried(Mono<T> transaction) {
		return transaction
			.retryWhen(Retry.backoff(CONFLICTS, CONFLICT_BACKOFF)
				.scheduler(this.timers)
				.filter(DatabaseErrors::isConflict)
				.onRetryExhaustedThrow((retry, last) -> last.failure()))
			.timeout(TIMEOUT, this.timers);
	}

	/**
	 * Runs a query without a transaction. All rows are read before the first one is
	 * emitted, so that a slow subscriber holds no connection. Large results must be read
	 * in pages.
	 * @param <T> the type of a row
	 * @param read the query
	 * @return the rows; a problem with the status 503 if the database cannot be reached
	 */
	public <T> Flux<T> read(Function<DatabaseClient, Flux<T>> read) {
		return cancelledElsewhere(Flux.defer(() -> read.apply(this.client)).collectList()).timeout(TIMEOUT, this.timers)
			.onErrorMap(Database::problem)
			.publishOn(Schedulers.parallel())
			.flatMapIterable(Function.identity());
	}

	/**
	 * Turns an error of the database into a problem for a visitor, and logs it.
	 * @param ex the error
	 * @return a problem with the status 503; the same error if trying again cannot help
	 */
	static Throwable problem(Throwable ex) {
		if (ex instanceof ProblemException) {
			return ex;
		}
		FatalErrors.report(ex);
		if (DatabaseErrors.isFinal(ex)) {
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
		return ProblemException.unavailable(Reason.STORE_AWAY, RETRY_AFTER);
	}

}
